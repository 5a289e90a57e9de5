"""What a server answers about the memories of one character and one player."""

from __future__ import annotations

import msgspec

from app.protocol.memory import Memory


class MemoryListResponse(msgspec.Struct, frozen=True, kw_only=True):
    """A page of memories.

    Attributes:
        memories: Those of this page.
        total: How many there are on all pages.
        limit: How many a page has at most.
        offset: How many come before this page.
    """

    memories: tuple[Memory, ...] = ()
    total: int = 0
    limit: int = 0
    offset: int = 0


class MemorySearchResult(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A memory that has to do with what was searched for.

    Attributes:
        memory_id: Names the memory.
        similarity: How much it has to do with it, in 0..1.
        content: The memory in words.
    """

    memory_id: str = ""
    similarity: float = 0.0
    content: str = ""


class MemorySearchResponse(msgspec.Struct, frozen=True, kw_only=True):
    """What a search found, the nearest first.

    Attributes:
        results: The memories.
        query: What was searched for.
        total: How many were found.
    """

    results: tuple[MemorySearchResult, ...] = ()
    query: str = ""
    total: int = 0


class CoreFact(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Something the character takes for certain about the player.

    Attributes:
        id: Names the fact.
        user_id: Whose account it belongs to.
        agent_id: Which character knows it.
        player_id: Whom it is about.
        fact_key: What it is about, such as ``name``.
        fact_value: What is known.
        source_memory_id: The memory it comes from.
        created_at: When it was stored, ISO time.
        updated_at: When it was last changed, ISO time.
    """

    id: str = ""
    user_id: str | None = None
    agent_id: str | None = None
    player_id: str | None = None
    fact_key: str = ""
    fact_value: str = ""
    source_memory_id: str | None = None
    created_at: str | None = None
    updated_at: str | None = None


class CoreFactsResponse(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Everything the character takes for certain.

    Attributes:
        core_facts: The facts.
    """

    core_facts: tuple[CoreFact, ...] = ()


class MemoryStats(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How many memories there are.

    Attributes:
        total_active: Those that hold.
        total_superseded: Those that newer ones replaced.
        total_decayed: Those that faded.
        by_type: How many there are of each kind.
        core_facts: How many facts there are.
    """

    total_active: int = 0
    total_superseded: int = 0
    total_decayed: int = 0
    by_type: dict[str, int] = msgspec.field(default_factory=dict)
    core_facts: int = 0


class TimelineEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The memories of one day, week or month.

    Attributes:
        date: Its first day, ISO date.
        memories: What was stored then.
    """

    date: str = ""
    memories: tuple[Memory, ...] = ()


class MemoryTimeline(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Memories by the time they were stored.

    Attributes:
        timeline: The entries.
        total_memories: How many memories they hold together.
        group_by: What an entry stands for, such as ``day``.
    """

    timeline: tuple[TimelineEntry, ...] = ()
    total_memories: int = 0
    group_by: str = "day"


class MemoryDeleteResponse(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """What became of a deletion.

    Attributes:
        deleted_count: How many memories are gone; 0 also when the server did not count.
        message: What the server says of it.
    """

    deleted_count: int = 0
    message: str = ""
