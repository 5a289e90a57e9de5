"""The check of a microphone: it is opened as a conversation opens it, and what arrives is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Final, NoReturn

from app.audio.capture.recording import Level
from app.audio.devices.device_news import DeviceFound, DeviceHint, DeviceLost, DeviceMoved, DeviceNews
from app.audio.frame import Frame, Speech
from app.conversation.hearing import Hearing
from app.conversation.sound_options import voice_options
from app.conversation.state import Notice, Severity
from app.core.audio_format import DEFAULT_RATE

if TYPE_CHECKING:
    from app.audio.capture.microphone import Microphone
    from app.core.settings import Settings

PATIENCE_S: Final = 3.0
"""Seconds without a frame after which nothing arrives."""


class MicrophoneCheck:
    """Listens to the microphone that the settings name, and sends nothing of it anywhere.

    Everything is called on the event loop.

    Args:
        on_open: Gets what the person calls the microphone, once it is open, and when it is another one.
        on_level: Gets the level of each 20 ms.
        on_finding: Gets what is to be said of it, when that changes: an INFO once the person is heard.
    """

    def __init__(
        self,
        on_open: Callable[[str], None],
        on_level: Callable[[Level], None],
        on_finding: Callable[[Notice], None],
    ) -> None:
        self._on_open = on_open
        self._on_level = on_level
        self._on_finding = on_finding
        self._said: Notice | None = None
        self._is_lost = False

    async def run(self, settings: Settings) -> NoReturn:
        """Listen until it is cancelled; the microphone is closed in the end, come what may.

        Raises:
            AudioError: There is no microphone, or none opens. The text says what to do.
        """
        from app.audio.capture.microphone import Microphone
        from app.audio.speech.processed_source import ProcessedSource
        from app.audio.speech.voice_chain import VoiceChain

        options, loop = voice_options(settings), asyncio.get_running_loop()
        microphone = Microphone(DEFAULT_RATE, options.microphone)
        source = ProcessedSource(microphone, VoiceChain(options.processing))
        arrived: asyncio.Queue[Frame | DeviceNews] = asyncio.Queue()

        def frame_came(frame: Frame) -> None:
            with suppress(RuntimeError):  # the loop was closed under a microphone nobody stopped
                loop.call_soon_threadsafe(arrived.put_nowait, frame)

        try:
            await source.start(frame_came, arrived.put_nowait)
            hearing = self._opened(microphone)
            while True:
                try:
                    async with asyncio.timeout(PATIENCE_S):
                        item = await arrived.get()
                except TimeoutError:
                    if not self._is_lost:
                        self._say(hearing.miss())
                    continue
                if isinstance(item, Frame):
                    self._take(item, hearing)
                elif self._is_other(item):
                    hearing = self._opened(microphone)
        finally:
            await source.stop()

    def _opened(self, microphone: Microphone) -> Hearing:
        device = microphone.device
        self._said, self._is_lost = None, False
        self._on_open("" if device is None else device.description)
        return Hearing()

    def _take(self, frame: Frame, hearing: Hearing) -> None:
        level = Level.of(frame.pcm)
        self._on_level(level)
        self._say(hearing.take(level, is_speech=frame.speech is Speech.SPEECH))

    def _is_other(self, news: DeviceNews) -> bool:
        """Tell what became of the device, and return whether it is another one now."""
        match news:
            case DeviceLost(sentence):
                self._is_lost = True
                self._say(Notice(sentence, Severity.ERROR))
            case DeviceHint(sentence):
                self._say(Notice(sentence, Severity.WARNING))
            case DeviceMoved() | DeviceFound():
                return True
        return False

    def _say(self, finding: Notice | None) -> None:
        if finding is not None and finding != self._said:
            self._said = finding
            self._on_finding(finding)
