"""A reply that is spoken through a real speaker, on a virtual sound card."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from app.conversation.account import Account
from app.conversation.backend import RemoteBackend
from app.conversation.conversation import Conversation
from app.conversation.line import Line
from app.conversation.state import State
from tests.estuary.peer_server import KEY, PeerServer

RATE = 16_000
WORDS = "Once upon a time there was a grey heron at the edge of a quiet lake."
PATIENCE_S = 20.0


@asynccontextmanager
async def speaking(seconds: float) -> AsyncIterator[tuple[PeerServer, Conversation, list[Line]]]:
    """Have a reply said with so much voice; note each form its line takes."""
    seen: list[Line] = []

    def note(state: State) -> None:
        if state.lines and (not seen or seen[-1] is not state.lines[-1]):
            seen.append(state.lines[-1])

    async with PeerServer() as server:
        conversation = Conversation(RemoteBackend(Account(server.url, KEY)))
        conversation.subscribe(note)
        try:
            await conversation.start()
            await server.emit("bot_response", {"text": WORDS, "is_final": True, "message_id": "m1"})
            pcm = base64.b64encode(bytes(round(seconds * RATE) * 2)).decode()
            await server.emit("bot_voice", {"audio": pcm, "sample_rate": RATE, "message_id": "m1"})
            await server.emit("bot_voice", {"audio": "", "message_id": "m1", "is_final": True})
            yield server, conversation, seen
        finally:
            await conversation.stop()


async def shown(conversation: Conversation, wanted: Callable[[State], bool]) -> State:
    """Return the state as soon as it is as wanted."""
    found: asyncio.Future[State] = asyncio.get_running_loop().create_future()

    def look(state: State) -> None:
        if not found.done() and wanted(state):
            found.set_result(state)

    unsubscribe = conversation.subscribe(look)
    look(conversation.state)
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await found
    finally:
        unsubscribe()


async def until(conversation: Conversation, wanted: Callable[[Line], bool]) -> Line:
    """Return the last line as soon as it is as wanted."""
    state = await shown(conversation, lambda state: bool(state.lines) and wanted(state.lines[-1]))
    return state.lines[-1]
