"""What the REST interface can be asked: the characters, what was said to them, and what is possible here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final, Protocol

from app.server.capabilities import LANGUAGES, capabilities
from app.server.characters.body import BodyReader, Invalid
from app.server.engines import Engines
from app.server.rest.exchange import MOST_ON_A_PAGE, Call, Refusal, Reply, unprocessable

_MOST: Final = 10**9
"""Largest number of an item or a page: whoever counts that far finds nothing."""

_WRITE_CHARACTERS: Final = "characters:write"
_READ_PLAYERS: Final = "players:read"
_WRITE_PLAYERS: Final = "players:write"

_Doing = Callable[[Call], Awaitable[Reply]]


class House(Protocol):
    """Who talks to the characters, and keeps what was said."""

    async def forget(self, character_id: str, player_id: str) -> None:
        """Delete for good what one player has said to a character."""
        ...

    async def bury(self, character_id: str) -> None:
        """Delete for good what anybody has said to a character that is no more, and end its sessions."""
        ...


class CharacterCalls:
    """Answers the calls of the REST interface.

    Args:
        engines: The cast, and what it is used with.
        house: Knows who talks to it.
    """

    def __init__(self, engines: Engines, house: House) -> None:
        self._engines = engines
        self._house = house

    async def answer(self, call: Call) -> Reply:
        """Do what is asked for.

        Raises:
            Refusal: It is refused.
            UserError: It cannot be done; the message says why.
        """
        match call.path:
            case ("capabilities",):
                doings: dict[str, _Doing] = {"GET": self._capabilities}
            case ("characters",):
                doings = {"GET": self._list, "POST": self._create}
            case ("characters", _):
                doings = {"GET": self._get, "PUT": self._update, "DELETE": self._delete}
            case ("characters", _, "players", _):
                doings = {"DELETE": self._forget}
            case ("characters", _, "players", _, "messages"):
                doings = {"GET": self._messages}
            case _:
                raise Refusal(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
        if "GET" in doings:
            doings["HEAD"] = doings["GET"]
        if call.method not in doings:
            allowed = {"Allow": ", ".join(doings)}
            raise Refusal(
                HTTPStatus.METHOD_NOT_ALLOWED, f"{call.method} cannot be done with this address.", allowed
            )
        return await doings[call.method](call)

    async def _capabilities(self, _call: Call) -> Reply:
        return Reply(content=capabilities(self._engines.voice.choices))

    async def _list(self, call: Call) -> Reply:
        limit = call.whole("limit", 20, 1, MOST_ON_A_PAGE)
        offset = call.whole("offset", 0, 0, _MOST)
        page, total = await self._engines.cast.page(limit, offset)
        return Reply(
            content={
                "characters": [each.told() for each in page],
                "total": total,
                "limit": limit,
                "offset": offset,
            }
        )

    async def _get(self, call: Call) -> Reply:
        return Reply(content=(await self._engines.cast.get(call.path[1])).told())

    async def _create(self, call: Call) -> Reply:
        call.needs_key(_WRITE_CHARACTERS)
        try:
            fields = self._reader().created(call.json())
        except Invalid as error:
            raise _refusal(error) from error
        return Reply(HTTPStatus.CREATED, (await self._engines.cast.create(fields)).told())

    async def _update(self, call: Call) -> Reply:
        call.needs_key(_WRITE_CHARACTERS)
        try:
            changes = self._reader().changed(call.json())
        except Invalid as error:
            raise _refusal(error) from error
        return Reply(content=(await self._engines.cast.update(call.path[1], changes)).told())

    async def _delete(self, call: Call) -> Reply:
        call.needs_key(_WRITE_CHARACTERS)
        await self._engines.cast.delete(call.path[1])
        await self._house.bury(call.path[1])
        return Reply(HTTPStatus.NO_CONTENT)

    async def _forget(self, call: Call) -> Reply:
        _, character_id, _, player_id = call.path
        call.needs_player(player_id, _WRITE_PLAYERS)
        await self._engines.cast.get(character_id)
        await self._house.forget(character_id, player_id)
        return Reply(HTTPStatus.NO_CONTENT)

    async def _messages(self, call: Call) -> Reply:
        """Tell what was said: nothing, for this server keeps facts, and no words."""
        _, character_id, _, player_id, _ = call.path
        call.needs_player(player_id, _READ_PLAYERS)
        await self._engines.cast.get(character_id)
        limit, page = call.whole("limit", 100, 1, 1_000), call.whole("page", 1, 1, _MOST)
        pagination = {"page": page, "limit": limit, "total": 0, "hasMore": False}
        return Reply(content={"messages": [], "pagination": pagination})

    def _reader(self) -> BodyReader:
        return BodyReader(
            [voice.id for voice in self._engines.voice.choices], [each.id for each in LANGUAGES]
        )


def _refusal(error: Invalid) -> Refusal:
    return unprocessable([(fault.place, fault.sentence) for fault in error.faults])
