"""What one character remembers of one player."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from app.estuary.rest.memory_answers import (
    CoreFactsResponse,
    MemoryDeleteResponse,
    MemoryListResponse,
    MemorySearchResponse,
    MemoryStats,
    MemoryTimeline,
)
from app.estuary.rest.memory_graph import MemoryGraph
from app.estuary.rest.pages import AllPages, whole
from app.estuary.rest.request import Request, path_of
from app.estuary.rest.rest_client import RestClient
from app.protocol.memory import Memory

MOST_FOUND = 50
"""The most memories that a search returns."""


class MemoryClient:
    """Reads, searches and deletes memories.

    Every call raises `EstuaryError` with REST_ERROR, or with AUTH_FAILED when the credentials are refused.

    Args:
        rest: Whom to ask.
        character_id: Who remembers.
        player_id: Whom it is about.

    Raises:
        ValueError: An id is empty, or would lead elsewhere.
    """

    def __init__(self, rest: RestClient, character_id: str, player_id: str) -> None:
        self._rest = rest
        self._path = path_of("characters", character_id, "players", player_id, "memories")

    async def get_memories(
        self, memory_type: str | None = None, status: str | None = None, limit: int = 50, offset: int = 0
    ) -> MemoryListResponse:
        """Return a page of the memories.

        Args:
            memory_type: Only those of this kind.
            status: Only those of this status, such as ``active``.
            limit: How many at most.
            offset: How many to leave out first.

        Raises:
            ValueError: ``limit`` is below 1, or ``offset`` below 0.
        """
        query = {
            "limit": whole("limit", limit, 1),
            "offset": whole("offset", offset, 0),
            "memoryType": memory_type,
            "status": status,
        }
        return await self._rest.fetch(Request("GET", self._path, query), MemoryListResponse)

    def all_memories(
        self, memory_type: str | None = None, status: str | None = None, page_size: int = 50
    ) -> AsyncIterator[Memory]:
        """Return all memories, for ``async for``.

        They are fetched in pages, each when it is needed.

        Args:
            memory_type: Only those of this kind.
            status: Only those of this status.
            page_size: How many to fetch at once.
        """

        async def page_at(_number: int, offset: int) -> tuple[Sequence[Memory], bool]:
            page = await self.get_memories(memory_type, status, page_size, offset)
            end = offset + len(page.memories)
            # A server that does not count has more as long as its pages are full.
            return page.memories, end < page.total if page.total else len(page.memories) >= page_size

        return AllPages(page_at)

    async def search(self, query: str, limit: int | None = None) -> MemorySearchResponse:
        """Return the memories that have to do with ``query``, the nearest first.

        Args:
            query: What to look for, in words.
            limit: How many at most, 1 to 50; the server decides by default.

        Raises:
            ValueError: ``limit`` is outside.
        """
        body: dict[str, object] = {"query": query}
        if limit is not None:
            body["limit"] = whole("limit", limit, 1, MOST_FOUND)
        return await self._rest.fetch(
            Request("POST", f"{self._path}/search", body=body), MemorySearchResponse
        )

    async def get_core_facts(self) -> CoreFactsResponse:
        """Return what the character takes for certain about the player."""
        return await self._rest.fetch(Request("GET", f"{self._path}/core-facts"), CoreFactsResponse)

    async def get_stats(self) -> MemoryStats:
        """Return how many memories there are."""
        return await self._rest.fetch(Request("GET", f"{self._path}/stats"), MemoryStats)

    async def get_timeline(
        self, start_date: str | None = None, end_date: str | None = None, group_by: str | None = None
    ) -> MemoryTimeline:
        """Return the memories by the time they were stored.

        Args:
            start_date: The first day, ISO date.
            end_date: The last day, ISO date.
            group_by: What to group by, such as ``day``.
        """
        query = {"startDate": start_date, "endDate": end_date, "groupBy": group_by}
        return await self._rest.fetch(Request("GET", f"{self._path}/timeline", query), MemoryTimeline)

    async def get_graph(
        self, include_entities: bool | None = None, include_character_memories: bool | None = None
    ) -> MemoryGraph:
        """Return the memories and what they are about as a graph.

        Args:
            include_entities: With the things that memories are about; the server decides by default.
            include_character_memories: With what the character remembers of itself.
        """
        query = {"includeEntities": include_entities, "includeCharacterMemories": include_character_memories}
        return await self._rest.fetch(Request("GET", f"{self._path}/graph", query), MemoryGraph)

    async def delete_all(self, confirm: bool = False) -> MemoryDeleteResponse:
        """Delete everything the character remembers of the player, for good.

        Args:
            confirm: Must be True, so that nobody does this by mistake.

        Raises:
            ValueError: ``confirm`` is not True.
        """
        if confirm is not True:
            raise ValueError("delete_all deletes every memory: pass confirm=True if that is meant.")
        request = Request("DELETE", self._path, {"confirm": True})
        answer = await self._rest.ask(request)
        return answer.decoded(request, MemoryDeleteResponse) if answer.body else MemoryDeleteResponse()
