from __future__ import annotations

import msgspec

from app.estuary.rest import (
    CoreFact,
    CoreFactsResponse,
    MemoryDeleteResponse,
    MemoryListResponse,
    MemorySearchResponse,
    MemorySearchResult,
    MemoryStats,
    MemoryTimeline,
    TimelineEntry,
)
from app.protocol.memory import Memory


def test_a_page_of_memories_is_read() -> None:
    wire = {"memories": [{"id": "m", "memoryType": "fact"}], "total": 9, "limit": 1, "offset": 8}
    memory = Memory(id="m", memory_type="fact")
    assert msgspec.convert(wire, MemoryListResponse) == MemoryListResponse(
        memories=(memory,), total=9, limit=1, offset=8
    )


def test_a_search_is_read() -> None:
    wire = {"results": [{"memoryId": "m", "similarity": 1, "content": "tea"}], "query": "q", "total": 1}
    found = MemorySearchResult(memory_id="m", similarity=1.0, content="tea")
    assert msgspec.convert(wire, MemorySearchResponse) == MemorySearchResponse(
        results=(found,), query="q", total=1
    )


def test_facts_are_read() -> None:
    wire = {
        "id": "f",
        "userId": "u",
        "agentId": "a",
        "playerId": "p",
        "factKey": "name",
        "factValue": "Ada",
        "sourceMemoryId": "m",
        "createdAt": "then",
        "updatedAt": "now",
    }
    fact = CoreFact(
        id="f",
        user_id="u",
        agent_id="a",
        player_id="p",
        fact_key="name",
        fact_value="Ada",
        source_memory_id="m",
        created_at="then",
        updated_at="now",
    )
    assert msgspec.convert({"coreFacts": [wire]}, CoreFactsResponse).core_facts == (fact,)


def test_numbers_are_read() -> None:
    wire = {
        "totalActive": 1,
        "totalSuperseded": 2,
        "totalDecayed": 3,
        "byType": {"fact": 1, "brand new": 0},
        "coreFacts": 4,
    }
    assert msgspec.convert(wire, MemoryStats) == MemoryStats(
        total_active=1,
        total_superseded=2,
        total_decayed=3,
        by_type={"fact": 1, "brand new": 0},
        core_facts=4,
    )


def test_a_timeline_is_read() -> None:
    wire = {
        "timeline": [{"date": "2025-01-01", "memories": [{"id": "m"}]}],
        "totalMemories": 1,
        "groupBy": "week",
    }
    entry = TimelineEntry(date="2025-01-01", memories=(Memory(id="m"),))
    assert msgspec.convert(wire, MemoryTimeline) == MemoryTimeline(
        timeline=(entry,), total_memories=1, group_by="week"
    )


def test_a_deletion_is_read() -> None:
    assert msgspec.convert({"deletedCount": 3, "message": "gone"}, MemoryDeleteResponse) == (
        MemoryDeleteResponse(deleted_count=3, message="gone")
    )


def test_everything_may_be_left_out() -> None:
    for kind in (CoreFactsResponse, MemoryListResponse, MemorySearchResponse, MemoryStats, MemoryTimeline):
        assert msgspec.convert({}, kind) == kind()
