"""The characters of an account."""

from __future__ import annotations

from typing import Unpack

from app.estuary.errors import EstuaryError
from app.estuary.rest.capabilities import Capabilities
from app.estuary.rest.character import Character, CharacterListResponse
from app.estuary.rest.character_fields import CharacterChanges, CharacterFields, body_of
from app.estuary.rest.pages import whole
from app.estuary.rest.request import Request, path_of
from app.estuary.rest.rest_client import RestClient


class CharactersClient:
    """Makes, lists, changes and deletes characters.

    Every call raises `EstuaryError` with REST_ERROR, or with AUTH_FAILED when the credentials are refused.

    Args:
        rest: Whom to ask.
        player_id: For whom characters are listed.
    """

    def __init__(self, rest: RestClient, player_id: str) -> None:
        self._rest = rest
        self._player_id = player_id

    async def list(self, limit: int = 20, offset: int = 0) -> CharacterListResponse:
        """Return a page of the characters that the player can talk to.

        Args:
            limit: How many at most.
            offset: How many to leave out first.

        Raises:
            ValueError: ``limit`` is below 1, or ``offset`` below 0.
        """
        query = {"limit": whole("limit", limit, 1), "offset": whole("offset", offset, 0)}
        headers = {"X-Player-Id": _one_line(self._player_id)}
        request = Request("GET", path_of("characters"), query, headers=headers)
        return await self._rest.fetch(request, CharacterListResponse)

    async def get(self, character_id: str) -> Character:
        """Return one character."""
        return await self._rest.fetch(Request("GET", path_of("characters", character_id)), Character)

    async def create(self, name: str, **fields: Unpack[CharacterFields]) -> Character:
        """Make a character, and return it as the server keeps it.

        It is not made again when the connection fails in between: list the characters to see whether it was.

        Args:
            name: What it is called.
            fields: What it is like; the server decides about what is None or left out. Without ``is_public``
                nobody else may talk to it.

        Raises:
            TypeError: There is no field of that name.
            ValueError: A number is not finite.
        """
        told = {key: value for key, value in fields.items() if value is not None}
        body = body_of("create", {"name": name, "verbose": False, "is_public": False} | told)
        return await self._rest.fetch(Request("POST", path_of("characters"), body=body), Character)

    async def update(self, character_id: str, **changes: Unpack[CharacterChanges]) -> Character:
        """Change a character, and return it as it is then. What is not named stays; None empties a field.

        Raises:
            TypeError: There is no field of that name.
            ValueError: A number is not finite.
        """
        body = body_of("update", changes)
        request = Request("PUT", path_of("characters", character_id), body=body)
        return await self._rest.fetch(request, Character)

    async def delete(self, character_id: str) -> None:
        """Delete a character for good."""
        await self._rest.ask(Request("DELETE", path_of("characters", character_id)))

    async def capabilities(self) -> Capabilities | None:
        """Return what the server makes of a character; None when it does not tell, as Estuary's cloud."""
        try:
            return await self._rest.fetch(Request("GET", path_of("capabilities")), Capabilities)
        except EstuaryError as error:
            if error.details.get("status") == 404:
                return None
            raise


def _one_line(player_id: str) -> str:
    if any(letter in player_id for letter in "\r\n\0"):
        raise ValueError("player_id holds a line break: give another one.")
    return player_id
