"""The cast: every character as it is now, kept by one thread and at hand on the event loop."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, TypeVar

from app.server.characters.character import DEFAULT_ID, HERON, Character
from app.server.characters.character_store import CharacterError, CharacterStore

_Result = TypeVar("_Result")


class Cast:
    """Who can be talked to. `load` it first, `close` it at the end.

    What the event loop asks is answered from memory, where a character has no picture; what goes to the file
    runs in a thread of its own.

    Args:
        folder: Where the characters are kept.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._store: CharacterStore | None = None
        self._characters: dict[str, Character] = {DEFAULT_ID: HERON}
        self._version = 0
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="characters")

    def __contains__(self, character_id: object) -> bool:
        return character_id in self._characters

    def current(self, character_id: str) -> Character:
        """Return a character as it is now, without its picture; one that was deleted is `HERON`."""
        return self._characters.get(character_id, HERON)

    async def load(self) -> None:
        """Open the file.

        Raises:
            CharacterError: It cannot be used.
        """

        def load() -> None:
            self._store = self._store or CharacterStore(self._folder)

        await asyncio.get_running_loop().run_in_executor(self._thread, load)
        await self.refresh()

    async def refresh(self) -> None:
        """Notice what another program has changed in the file.

        Raises:
            CharacterError: It cannot be read.
        """
        await self._done(lambda _store: None)

    async def page(self, limit: int, offset: int) -> tuple[list[Character], int]:
        """Return ``limit`` characters behind the first ``offset``, and how many there are in all.

        Raises:
            CharacterError: They cannot be read.
        """
        return await self._done(lambda store: store.page(limit, offset))

    async def get(self, character_id: str) -> Character:
        """Return one character, with its picture.

        Raises:
            CharacterError: It cannot be read; `NotThere` when there is none.
        """
        return await self._done(lambda store: store.get(character_id))

    async def create(self, fields: Mapping[str, Any]) -> Character:
        """Make a character and return it.

        Raises:
            CharacterError: It cannot be kept; `NotPossible` when there are too many.
        """
        return await self._done(lambda store: store.create(str(uuid.uuid4()), fields), is_change=True)

    async def update(self, character_id: str, changes: Mapping[str, Any]) -> Character:
        """Change a character and return it; its next words are said as it is then.

        Raises:
            CharacterError: It cannot be kept; `NotThere` when there is none.
        """
        return await self._done(lambda store: store.update(character_id, changes), is_change=True)

    async def delete(self, character_id: str) -> None:
        """Delete a character for good.

        Raises:
            CharacterError: It cannot be; `NotThere` when there is none, `NotPossible` for the default.
        """
        await self._done(lambda store: store.delete(character_id), is_change=True)

    def close(self) -> None:
        """Close the file and end the thread."""

        def close() -> None:
            if self._store is not None:
                self._store.close()
                self._store = None

        self._thread.submit(close)
        self._thread.shutdown()

    async def _done(self, work: Callable[[CharacterStore], _Result], *, is_change: bool = False) -> _Result:
        """Do some work on the file, and bring up to date what is at hand."""

        def run() -> tuple[_Result, int, list[Character] | None]:
            if self._store is None:
                raise CharacterError("The characters are not loaded.")
            result = work(self._store)
            version = self._store.version()
            is_stale = is_change or version != self._version
            return result, version, self._store.all() if is_stale else None

        loop = asyncio.get_running_loop()
        result, version, characters = await loop.run_in_executor(self._thread, run)
        if characters is not None:
            self._version = version
            self._characters = {each.id: each for each in characters}
        return result
