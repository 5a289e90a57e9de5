"""A report that is kept instead of printed."""

from __future__ import annotations

import asyncio
from typing import Any, Final

PATIENCE_S: Final = 5.0


class Notes:
    """Keeps everything it is told, in order: the event's name, its file and the rest."""

    def __init__(self) -> None:
        self.all: list[tuple[str, str | None, tuple[Any, ...]]] = []
        self._news = asyncio.Event()

    def session(self, file: str | None, session_id: str, character_id: str) -> None:
        self._note(("session", file, (session_id, character_id)))

    def heard(self, file: str | None, text: str, *, is_final: bool) -> None:
        self._note(("stt", file, (text, is_final)))

    def reply(self, file: str | None, text: str, message_id: str, *, is_final: bool) -> None:
        self._note(("reply", file, (text, message_id, is_final)))

    def voice(self, file: str | None, message_id: str, seconds: float) -> None:
        self._note(("voice", file, (message_id, round(seconds, 3))))

    def timing(self, file: str | None, first_audio_ms: float) -> None:
        self._note(("timing", file, (first_audio_ms,)))

    def error(self, file: str | None, sentence: str) -> None:
        self._note(("error", file, (sentence,)))

    def of(self, name: str) -> list[tuple[Any, ...]]:
        """Return what was told under one name."""
        return [rest for told, _, rest in self.all if told == name]

    async def until(self, name: str, count: int = 1) -> None:
        """Wait until something has been told ``count`` times."""
        async with asyncio.timeout(PATIENCE_S):
            while len(self.of(name)) < count:
                self._news.clear()
                await self._news.wait()

    def _note(self, told: tuple[str, str | None, tuple[Any, ...]]) -> None:
        self.all.append(told)
        self._news.set()
