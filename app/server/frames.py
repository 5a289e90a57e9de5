"""Keeps from Engine.IO the frames it would fall over: a client's mistake must not cost its connection."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, Final

Scope = dict[str, Any]
Receive = Callable[[], Awaitable[dict[str, Any]]]
Send = Callable[[dict[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]
"""An ASGI application."""

_LONGEST_SIGNAL: Final = 16
"""Characters of a frame that is no message: a digit, and what a ping or pong carries."""


class FrameGuard:
    """An ASGI application that passes on what is a frame of Engine.IO, and drops any other.

    Args:
        application: Speaks Engine.IO.
    """

    def __init__(self, application: Application) -> None:
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection."""

        async def receive_frame() -> dict[str, Any]:
            while not _is_sound(message := await receive()):
                pass
            return message

        await self._application(scope, receive_frame, send)


def _is_sound(message: dict[str, Any]) -> bool:
    text: str | None = message.get("text")
    if message["type"] != "websocket.receive" or text is None:
        return True
    if text.startswith("4"):
        return text[1:2].isdecimal()  # the digit of Socket.IO
    return text[:1] in "12356" and 0 < len(text) <= _LONGEST_SIGNAL
