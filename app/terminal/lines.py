"""Lines typed on standard input, without blocking the event loop."""

from __future__ import annotations

import asyncio
import sys
import threading


class TypedLines:
    """Reads standard input in the background.

    A thread reads, because not every system can wait for its standard input in the event loop. It is a
    daemon: nothing can interrupt a read, and it must not keep the process alive.
    """

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        threading.Thread(target=self._read, name="typed lines", daemon=True).start()

    async def next(self) -> str | None:
        """Return the next line without its end, None at the end of input."""
        return await self._lines.get()

    def _read(self) -> None:
        try:
            for line in sys.stdin:
                if not self._hand_over(line.rstrip("\r\n")):
                    return
        except (OSError, ValueError):
            pass
        self._hand_over(None)

    def _hand_over(self, line: str | None) -> bool:
        try:
            self._loop.call_soon_threadsafe(self._lines.put_nowait, line)
        except RuntimeError:
            return False  # the loop is closed: nobody waits any more
        return True
