"""Push-to-talk in one voice session: a press begins a turn, a release ends it a little later."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from app.audio.playback.earcon import Earcon
from app.estuary.capture import Capture
from app.estuary.client import EstuaryClient
from app.estuary.cues import PATIENCE_S, Cues
from app.estuary.errors import not_connected
from app.estuary.playback import Playback
from app.estuary.tail import Tail
from app.estuary.turn_taking import TurnTaking
from app.estuary.voice_mode import VoiceMode
from app.estuary.voice_options import VoiceOptions
from app.estuary.voice_progress import Device, DeviceFound, Happening, Pressed, Released

ABANDONED_TAIL_S: Final = 0.1
"""Longest tail of a turn whose release nobody saw: the microphone is to be closed soon."""


class PushToTalk:
    """The turns that a button begins and ends.

    Args:
        client: Sends them.
        capture: The microphone.
        playback: The character, who falls silent at a press.
        turn_taking: What is made of the person's speech.
        cues: Say that a turn has ended.
        note: Takes note of what happens.
        turn: Held while a turn is begun or ended.
    """

    def __init__(
        self,
        client: EstuaryClient,
        capture: Capture,
        playback: Playback,
        turn_taking: TurnTaking,
        cues: Cues,
        note: Callable[[Happening], None],
        turn: asyncio.Lock,
    ) -> None:
        self.options = VoiceOptions()
        self._client = client
        self._capture = capture
        self._playback = playback
        self._turn_taking = turn_taking
        self._cues = cues
        self._note = note
        self._turn = turn
        self._tail = Tail()

    async def press(self, require: Callable[[], None]) -> None:
        """Begin a turn, or go on with the one whose tail is being recorded; the character falls silent.

        Args:
            require: Raises when no turn may begin, such as when the session has been stopped meanwhile.

        Raises:
            EstuaryError: VOICE_START_FAILED, NOT_CONNECTED.
            AudioError: There is no microphone, or it does not open.
        """
        if self._tail.cancel():
            return
        async with self._turn:
            require()
            if not self._client.is_connected:
                raise not_connected()
            if self._capture.is_open:
                return
            if self._playback.is_busy:
                self._playback.interrupt()
            if self._client.voice_mode is None:  # the server had ended voice, such as after a long silence
                await self._client.start_voice(VoiceMode.PUSH_TO_TALK)
            self._cues.await_microphone(PATIENCE_S)
            await self._capture.open()
            self._note(DeviceFound(Device.MICROPHONE))
            self._note(Pressed())
            self._capture.flow()
        try:
            await self._client.start_recording()
        except BaseException:
            await self._capture.shut()
            self._note(Released(is_void=True))
            raise

    async def release(self, *, is_abandoned: bool) -> None:
        """End the turn after its tail, unless it is pressed again meanwhile.

        Args:
            is_abandoned: Nobody saw the release: the tail is short, and the microphone is closed after it.
        """
        if self._tail.is_running:
            return
        async with self._turn:
            if not self._capture.is_open:
                return
            tail_s = self.options.tail_s
            if not await self._tail.wait(min(tail_s, ABANDONED_TAIL_S) if is_abandoned else tail_s):
                return
            await self._capture.close(0.0 if is_abandoned else self.options.warm_s)
            self._turn_taking.reset()
            self._note(Released())
            self._cues.play(Earcon.LISTENING_OFF)
            if self._client.is_recording:
                await self._client.stop_recording()
