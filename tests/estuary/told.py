"""What a client told its listeners, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, Final

from app.estuary import EstuaryClient, EventName

PATIENCE_S: Final = 5.0


class Told:
    """Listens to every event of a client."""

    def __init__(self, client: EstuaryClient) -> None:
        self.events: list[tuple[Any, ...]] = []
        self._news = asyncio.Event()
        for name in EventName:
            client.on(name, self._listener(name))

    def names(self, *only: str) -> list[str]:
        """Return the names of the events, or of those that are asked for, in order."""
        return [event[0] for event in self.events if not only or event[0] in only]

    def of(self, name: str) -> list[Any]:
        """Return what came with each event of that name."""
        return [event[1] if len(event) > 1 else None for event in self.events if event[0] == name]

    async def until(self, name: str, count: int = 1, patience_s: float = PATIENCE_S) -> Any:
        """Return what came with the ``count``-th event of that name, when it has come."""
        try:
            async with asyncio.timeout(patience_s):
                while len(self.of(name)) < count:
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            raise AssertionError(f"waited in vain for {name} x {count}; told {self.names()}") from None
        return self.of(name)[count - 1]

    def _listener(self, name: str) -> Callable[..., None]:
        def listen(*arguments: object) -> None:
            self.events.append((name, *arguments))
            self._news.set()

        return listen
