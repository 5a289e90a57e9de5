from __future__ import annotations

from collections import deque
from typing import Any

import pytest

from app.server.frames import FrameGuard, Receive, Send


async def passed(*messages: dict[str, Any]) -> list[dict[str, Any]]:
    """Return what an application behind the guard receives."""
    waiting = deque([*messages, {"type": "websocket.disconnect"}])
    got: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return waiting.popleft()

    async def send(message: dict[str, Any]) -> None:
        raise AssertionError(message)

    async def application(scope: dict[str, Any], receive: Receive, send: Send) -> None:
        assert scope == {"type": "websocket"}
        while (message := await receive())["type"] != "websocket.disconnect":
            got.append(message)

    await FrameGuard(application)({"type": "websocket"}, receive, send)
    return got


def text(frame: str) -> dict[str, Any]:
    return {"type": "websocket.receive", "text": frame}


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "message",
    [
        {"type": "websocket.connect"},
        {"type": "http.request", "body": b""},
        {"type": "websocket.receive", "bytes": b"x", "text": None},
        text('42/sdk,["text",{}]'),
        text("40/sdk,{}"),
        text("40"),
        text("3"),
        text("3probe"),
        text("1"),
        text("2"),
    ],
    ids=repr,
)
async def test_frames_pass(message: dict[str, Any]) -> None:
    assert await passed(message) == [message]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "frame", ["", "x", "b", "b42", "4", "4x", "4[" * 3, "9", "7", "²", "4²", "3" + "[" * 100_000, "[1]"]
)
async def test_what_is_no_frame_does_not(frame: str) -> None:
    assert await passed(text(frame), text("3")) == [text("3")]
