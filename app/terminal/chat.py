"""The conversation where there is no display: type a line, get the answer and the path of its voice."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from app.audio.wav import write_wav
from app.conversation.backend import Backend
from app.conversation.connected import connected
from app.core import paths
from app.core.errors import UserError
from app.estuary import EstuaryClient
from app.estuary import events as estuary
from app.terminal.exchange import Exchange
from app.terminal.lines import TypedLines
from app.terminal.report import SilentReport

_T = TypeVar("_T")

_GOODBYES: Final = ("exit", "quit")
"""Lines that end the conversation, as they do in other programs of the terminal."""


def run(backend: Backend) -> int:
    """Hold the conversation until the input ends; return the exit code.

    Raises:
        UserError: The server cannot be reached or was lost.
    """
    asyncio.run(_chat(backend))
    return 0


async def _chat(backend: Backend) -> None:
    async with connected(backend) as client:
        print("Type what you want to say. The end of input (Ctrl+D) ends.", file=sys.stderr, flush=True)
        replies = _Replies(client, paths.replies())
        lines = TypedLines()
        _prompt()
        while (line := await replies.unless_lost(lines.next())) is not None:
            if line.strip().lower() in _GOODBYES:
                return
            if line.strip():
                with Exchange(client, SilentReport(), None, is_typed=True) as exchange:
                    await client.send_text(line)
                    await exchange.answered()
            _prompt()


def _prompt() -> None:
    if sys.stdin.isatty():
        print("> ", end="", file=sys.stderr, flush=True)


class _Replies:
    """Prints every reply, asked for or not, and writes its voice into a file of its own."""

    def __init__(self, client: EstuaryClient, folder: Path) -> None:
        self._folder = folder
        self._voices: dict[str, bytearray] = {}
        self._lost: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        client.on("bot_response", self._said)
        client.on("bot_voice", self._voiced)
        client.on("error", self._erred)
        client.on("disconnected", self._disconnected)

    async def unless_lost(self, waiting: Coroutine[None, None, _T]) -> _T:
        """Return what is waited for.

        Raises:
            UserError: The connection was lost first.
        """
        task: asyncio.Future[_T] = asyncio.ensure_future(waiting)
        either: tuple[asyncio.Future[Any], ...] = (task, self._lost)
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
            if self._lost.done():
                self._lost.result()
                raise UserError("The server closed the connection. Start Heron again to go on.")
            return task.result()
        finally:
            task.cancel()

    def _said(self, said: estuary.BotResponse) -> None:
        if not said.is_final:
            return
        if said.is_interjection and sys.stdin.isatty():
            print("\a", file=sys.stderr)  # away from what the person is typing
        self._print(f"Heron: {said.text}")

    def _voiced(self, voice: estuary.BotVoice) -> None:
        pcm = self._voices.setdefault(voice.message_id, bytearray())
        pcm += voice.pcm
        if voice.is_final:
            del self._voices[voice.message_id]
            path = self._folder / f"{datetime.now().astimezone():%Y-%m-%d_%H-%M-%S_%f}.wav"
            write_wav(path, bytes(pcm), voice.sample_rate)
            self._print(f"Voice: {path}")
            if voice.is_interjection:
                _prompt()

    def _print(self, line: str) -> None:
        try:
            print(line, flush=True)
        except BrokenPipeError as error:
            if not self._lost.done():
                self._lost.set_exception(error)

    def _erred(self, error: Exception) -> None:
        print(f"heron: {error}", file=sys.stderr, flush=True)

    def _disconnected(self, _reason: str) -> None:
        if not self._lost.done():
            self._lost.set_result(None)
