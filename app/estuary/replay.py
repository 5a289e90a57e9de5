"""A reply that was heard before, heard again."""

from __future__ import annotations

import asyncio
import uuid
from collections import deque
from collections.abc import Callable, Iterable
from typing import Final

import msgspec

from app.core.audio_format import AudioFormat
from app.estuary.callback import call_safely
from app.estuary.events import BotVoice
from app.estuary.player import AudioPlayer, PlaybackEvent

AHEAD_S: Final = 2.0
"""Seconds that are given to the speaker in advance: a long reply at once would hold up the event loop."""

STEP_S: Final = 1.0
"""Seconds that still wait in the speaker when more is given to it."""


class Replay:
    """Plays a reply's voice again through the speaker that has played it.

    For the speaker it is a message of its own, so that everything that ends a reply ends it too. The server
    hears nothing of it: for it the character is silent.

    Args:
        player: The speaker.
        make_way: Stops whatever else is heard.
        on_event: Gets each `PlaybackEvent` of it, with the id under which the speaker plays it.
    """

    def __init__(
        self,
        player: AudioPlayer,
        make_way: Callable[[], None],
        on_event: Callable[[PlaybackEvent, str], None],
    ) -> None:
        self._player = player
        self._make_way = make_way
        self._on_event = on_event
        self.on_change: Callable[[str | None], object] | None = None
        """Gets the id of the reply that is played again; None when that has ended."""
        self._message_id: str | None = None
        self._played_as = ""
        self._waiting: deque[BotVoice] = deque()
        self._given_until = 0.0
        self._timer: asyncio.TimerHandle | None = None

    @property
    def message_id(self) -> str | None:
        """The reply that is played again; None while none is."""
        return self._message_id

    def start(self, message_id: str, voice: Iterable[BotVoice]) -> bool:
        """Play a reply from its beginning. Whatever else is heard is stopped, an earlier replay too.

        It ends with its last sample, when the person speaks over it or presses to talk, with the next reply,
        and with `stop`.

        Args:
            message_id: The reply's id.
            voice: The pieces of its voice, in order.

        Returns:
            False when there is no speaker that could play it, or nothing to play; then nothing changes.
        """
        waiting = deque(piece for piece in voice if piece.pcm)
        if not (waiting and self._player.is_open):
            return False
        self.stop()
        self._make_way()
        self._message_id, self._waiting = message_id, waiting
        self._played_as = f"replay {uuid.uuid4()}"  # late pieces of an interrupted one must not be dropped
        self._given_until = asyncio.get_running_loop().time()
        self._tell()
        self._give()
        return True

    def stop(self) -> bool:
        """Stop it; return whether there was one."""
        if self._message_id is None:
            return False
        self._player.interrupt(self._played_as)
        self._end()
        return True

    def played(self, event: PlaybackEvent, played_as: str) -> bool:
        """Take note of what the speaker did with a message; return whether that is the one played again."""
        if self._message_id is None or played_as != self._played_as:
            return False
        if event is not PlaybackEvent.STARTED:
            self._end()
        self._on_event(event, played_as)
        return True

    def _give(self) -> None:
        """Give the speaker what it needs for a while."""
        loop = asyncio.get_running_loop()
        now = loop.time()
        self._timer = None
        while self._waiting and self._given_until < now + AHEAD_S:
            piece = self._waiting.popleft()
            self._given_until += AudioFormat(piece.sample_rate).seconds_of(len(piece.pcm))
            is_last = not self._waiting
            self._player.enqueue(msgspec.structs.replace(piece, message_id=self._played_as, is_final=is_last))
        if self._waiting:
            self._timer = loop.call_at(self._given_until - STEP_S, self._give)

    def _end(self) -> None:
        if self._message_id is None:
            return
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._message_id = None
        self._waiting.clear()
        self._tell()

    def _tell(self) -> None:
        if self.on_change is not None:
            call_safely(self.on_change, self._message_id)
