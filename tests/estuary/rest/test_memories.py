from __future__ import annotations

import pytest

from app.estuary.errors import EstuaryError
from app.estuary.rest import (
    CoreFact,
    GraphNode,
    MemoryClient,
    MemoryDeleteResponse,
    MemorySearchResult,
    RestClient,
)
from tests.estuary.rest.peer_rest import Call, PeerMemories, asked_by_both, peer_client
from tests.estuary.rest.rest_server import RestServer

BASE = "/api/v1/characters/character-1/players/player-1/memories"


@pytest.fixture
def memories(rest: RestClient) -> MemoryClient:
    return MemoryClient(rest, "character-1", "player-1")


def test_ids_that_lead_elsewhere_are_refused(rest: RestClient) -> None:
    with pytest.raises(ValueError, match="is no id"):
        MemoryClient(rest, "..", "p")
    with pytest.raises(ValueError, match="is no id"):
        MemoryClient(rest, "c", "")


@pytest.mark.asyncio
async def test_a_page_is_read(server: RestServer, memories: MemoryClient) -> None:
    server.says({"memories": [{"id": "m", "agentId": "a", "confidence": None}], "total": 1})
    page = await memories.get_memories("fact", "active", 5, 10)
    query = {"limit": "5", "offset": "10", "memoryType": "fact", "status": "active"}
    assert server.last.call == ("GET", BASE, query, None)
    assert (page.memories[0].agent_id, page.memories[0].confidence) == ("a", None)


@pytest.mark.asyncio
async def test_memories_are_searched(server: RestServer, memories: MemoryClient) -> None:
    server.says({"results": [{"memoryId": "m", "similarity": 0.9, "content": "likes tea"}], "query": "drink"})
    found = await memories.search("drink", limit=50)
    assert server.last.call == ("POST", f"{BASE}/search", {}, {"query": "drink", "limit": 50})
    assert found.results == (MemorySearchResult(memory_id="m", similarity=0.9, content="likes tea"),)


@pytest.mark.parametrize("limit", [0, 51, -1, True])
@pytest.mark.asyncio
async def test_a_search_has_its_limits(server: RestServer, memories: MemoryClient, limit: int) -> None:
    with pytest.raises(ValueError, match=r"limit is .*: give a whole number, 1 to 50"):
        await memories.search("drink", limit=limit)
    assert server.asked == []


@pytest.mark.asyncio
async def test_a_search_that_failed_is_not_made_again(server: RestServer, memories: MemoryClient) -> None:
    server.says({}, status=503)
    with pytest.raises(EstuaryError, match="HTTP 503"):
        await memories.search("drink")
    assert len(server.asked) == 1


@pytest.mark.asyncio
async def test_facts_are_read(server: RestServer, memories: MemoryClient) -> None:
    server.says({"coreFacts": [{"factKey": "name", "factValue": "Ada"}]})
    assert (await memories.get_core_facts()).core_facts == (CoreFact(fact_key="name", fact_value="Ada"),)
    assert server.last.call == ("GET", f"{BASE}/core-facts", {}, None)


@pytest.mark.asyncio
async def test_numbers_are_read(server: RestServer, memories: MemoryClient) -> None:
    server.says({"totalActive": 3, "byType": None})
    stats = await memories.get_stats()
    assert (stats.total_active, stats.by_type) == (3, {})
    assert server.last.call == ("GET", f"{BASE}/stats", {}, None)


@pytest.mark.asyncio
async def test_a_timeline_is_read(server: RestServer, memories: MemoryClient) -> None:
    server.says({"timeline": [{"date": "2025-01-01", "memories": [{"id": "m"}]}]})
    timeline = await memories.get_timeline("2025-01-01", "2025-12-31", "month")
    assert timeline.timeline[0].memories[0].id == "m"
    query = {"startDate": "2025-01-01", "endDate": "2025-12-31", "groupBy": "month"}
    assert server.last.call == ("GET", f"{BASE}/timeline", query, None)


@pytest.mark.asyncio
async def test_a_graph_is_read(server: RestServer, memories: MemoryClient) -> None:
    server.says({"nodes": [{"id": "u", "type": "user"}], "stats": None})
    graph = await memories.get_graph(include_entities=True, include_character_memories=False)
    assert graph.nodes == (GraphNode(id="u", type="user"),)
    query = {"includeEntities": "true", "includeCharacterMemories": "false"}
    assert server.last.call == ("GET", f"{BASE}/graph", query, None)


@pytest.mark.asyncio
async def test_everything_is_deleted_only_when_that_is_meant(
    server: RestServer, memories: MemoryClient
) -> None:
    with pytest.raises(ValueError, match="pass confirm=True"):
        await memories.delete_all()
    with pytest.raises(ValueError, match="pass confirm=True"):
        await memories.delete_all(1)  # type: ignore[arg-type]
    assert server.asked == []
    server.says({"deletedCount": 12})
    assert (await memories.delete_all(confirm=True)).deleted_count == 12
    assert server.last.call == ("DELETE", BASE, {"confirm": "true"}, None)


@pytest.mark.asyncio
async def test_a_deletion_need_not_be_counted(server: RestServer, memories: MemoryClient) -> None:
    server.says(status=204)
    assert await memories.delete_all(confirm=True) == MemoryDeleteResponse()


def page(*ids: str, total: int | None) -> dict[str, object]:
    return {"memories": [{"id": identifier} for identifier in ids], "total": total}


@pytest.mark.asyncio
async def test_all_are_read_page_by_page(server: RestServer, memories: MemoryClient) -> None:
    server.says(page("1", "2", total=5)).says(page("3", "4", total=5)).says(page("5", total=5))
    assert [each.id async for each in memories.all_memories("fact", page_size=2)] == ["1", "2", "3", "4", "5"]
    assert [asked.query["offset"] for asked in server.asked] == ["0", "2", "4"]
    assert {asked.query["memoryType"] for asked in server.asked} == {"fact"}
    assert {asked.query["limit"] for asked in server.asked} == {"2"}


@pytest.mark.asyncio
async def test_a_server_that_gives_less_than_it_was_asked_for_is_read_to_the_end(
    server: RestServer, memories: MemoryClient
) -> None:
    server.says(page("1", "2", total=3)).says(page("3", total=3))
    assert [each.id async for each in memories.all_memories(page_size=100)] == ["1", "2", "3"]
    assert server.last.query["offset"] == "2"


@pytest.mark.asyncio
async def test_a_server_that_does_not_count_is_read_while_its_pages_are_full(
    server: RestServer, memories: MemoryClient
) -> None:
    server.says(page("1", "2", total=None)).says(page("3", total=None))
    assert [each.id async for each in memories.all_memories(page_size=2)] == ["1", "2", "3"]
    assert len(server.asked) == 2


@pytest.mark.asyncio
async def test_to_stop_in_the_middle_asks_for_nothing_more(
    server: RestServer, memories: MemoryClient
) -> None:
    server.says(page("1", "2", total=99))
    async for memory in memories.all_memories(page_size=2):
        if memory.id == "2":
            break
    assert len(server.asked) == 1


CALLS: dict[str, Call] = {
    "memories": lambda client: client.get_memories(),
    "some memories": lambda client: client.get_memories("fact", "active", 5, 10),
    "memories by name": lambda client: client.get_memories(memory_type="a b&c", limit=7),
    "timeline": lambda client: client.get_timeline(),
    "timeline by week": lambda client: client.get_timeline("2025-01-01", "2025-02-01", "week"),
    "stats": lambda client: client.get_stats(),
    "facts": lambda client: client.get_core_facts(),
    "graph": lambda client: client.get_graph(),
    "graph with all": lambda client: client.get_graph(True, False),
    "search": lambda client: client.search("tea or coffee?"),
    "search some": lambda client: client.search("tea", 5),
    "delete": lambda client: client.delete_all(confirm=True),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.asyncio
async def test_estuary_sdk_asks_the_same(server: RestServer, memories: MemoryClient, name: str) -> None:
    async with peer_client(server) as peer:
        theirs = PeerMemories(peer, "character-1", "player-1")
        mine, other = await asked_by_both(server, CALLS[name], memories, theirs)
    assert mine == other
    assert mine.headers["X-API-Key"] == other.headers["X-API-Key"]
