"""Where the characters are that the page shows: an account's, or those of the local server."""

from __future__ import annotations

from typing import Protocol, Unpack

from app.estuary.rest import (
    Capabilities,
    Character,
    CharacterChanges,
    CharacterFields,
    CharacterListResponse,
)


class CharacterBook(Protocol):
    """What the page asks for; `CharactersClient` of a client of the same run does it.

    Every call raises `EstuaryError` when it fails.
    """

    async def list(self, limit: int = ..., offset: int = ...) -> CharacterListResponse:
        """Return a page of the characters."""
        ...

    async def get(self, character_id: str) -> Character:
        """Return one character."""
        ...

    async def create(self, name: str, **fields: Unpack[CharacterFields]) -> Character:
        """Make a character and return it."""
        ...

    async def update(self, character_id: str, **changes: Unpack[CharacterChanges]) -> Character:
        """Change a character and return it as it is then."""
        ...

    async def delete(self, character_id: str) -> None:
        """Delete a character for good."""
        ...

    async def capabilities(self) -> Capabilities | None:
        """Return what the server makes of a character; None when everything is possible."""
        ...
