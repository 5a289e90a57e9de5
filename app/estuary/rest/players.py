"""The players of one character."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

from app.estuary.rest.pages import AllPages, whole
from app.estuary.rest.player import (
    PlayerConversation,
    PlayerConversationList,
    PlayerMessage,
    PlayerMessageList,
    PlayerStats,
)
from app.estuary.rest.request import Request, path_of
from app.estuary.rest.rest_client import RestClient


class PlayersClient:
    """Reads and deletes the conversations of players with one character.

    Every call raises `EstuaryError` with REST_ERROR, or with AUTH_FAILED when the credentials are refused.

    Args:
        rest: Whom to ask.
        character_id: Whom the players talk to.

    Raises:
        ValueError: The id is empty, or would lead elsewhere.
    """

    def __init__(self, rest: RestClient, character_id: str) -> None:
        self._rest = rest
        self._whose = ("characters", character_id, "players")
        self._path = path_of(*self._whose)

    async def get_stats(self) -> PlayerStats:
        """Return how much all players together talk to the character."""
        return await self._rest.fetch(Request("GET", f"{self._path}/stats"), PlayerStats)

    async def list(
        self,
        limit: int = 50,
        offset: int = 0,
        sort_by: str = "last_activity",
        sort_order: str = "desc",
        player_search: str | None = None,
        min_messages: int | None = None,
    ) -> PlayerConversationList:
        """Return a page of the conversations, one for each player.

        Args:
            limit: How many at most.
            offset: How many to leave out first.
            sort_by: What to sort by, in the server's words.
            sort_order: ``asc`` or ``desc``.
            player_search: Only of players whose id holds this.
            min_messages: Only those in which that much was said.

        Raises:
            ValueError: ``limit`` is below 1, or ``offset`` below 0.
        """
        query: dict[str, str | int | None] = {
            "limit": whole("limit", limit, 1),
            "offset": whole("offset", offset, 0),
            "sortBy": sort_by,
            "sortOrder": sort_order,
            "playerSearch": player_search,
            "minMessages": min_messages,
        }
        return await self._rest.fetch(Request("GET", self._path, query), PlayerConversationList)

    async def get(self, player_id: str) -> PlayerConversation:
        """Return one player's conversation."""
        return await self._rest.fetch(Request("GET", path_of(*self._whose, player_id)), PlayerConversation)

    async def get_messages(self, player_id: str, limit: int = 100, page: int = 1) -> PlayerMessageList:
        """Return a page of what was said with one player.

        Args:
            player_id: The player.
            limit: How many messages at most.
            page: The number of the page, from 1.

        Raises:
            ValueError: ``limit`` or ``page`` is below 1.
        """
        query = {"limit": whole("limit", limit, 1), "page": whole("page", page, 1)}
        request = Request("GET", path_of(*self._whose, player_id, "messages"), query)
        return await self._rest.fetch(request, PlayerMessageList)

    def all_messages(self, player_id: str, page_size: int = 100) -> AsyncIterator[PlayerMessage]:
        """Return all that was said with one player, for ``async for``.

        It is fetched in pages, each when it is needed.

        Args:
            player_id: The player.
            page_size: How many messages to fetch at once.
        """

        async def page_at(number: int, _offset: int) -> tuple[Sequence[PlayerMessage], bool]:
            page = await self.get_messages(player_id, page_size, number + 1)
            return page.messages, page.pagination.has_more

        return AllPages(page_at)

    async def delete(self, player_id: str) -> None:
        """Delete one player's conversation and what belongs to it, for good."""
        await self._rest.ask(Request("DELETE", path_of(*self._whose, player_id)))
