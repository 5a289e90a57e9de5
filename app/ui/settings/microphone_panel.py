"""Try the microphone: see its level, speak for three seconds, hear it again."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.audio.capture.recording import Level, Recording, Verdict
from app.audio.devices.device_choice import DeviceChoice
from app.audio.devices.device_news import DeviceLost, DeviceNews
from app.conversation.audio_tap import AudioTap
from app.conversation.state import Severity
from app.core.audio_format import DEFAULT_RATE
from app.core.errors import AudioError
from app.ui.appearance import Appearance
from app.ui.pill_button import PillButton
from app.ui.settings.desk import Desk
from app.ui.settings.level_meter import LevelMeter
from app.ui.settings.trial import Trial
from app.ui.theme import GAP_S

if TYPE_CHECKING:
    from app.audio.capture.microphone import Microphone
    from app.audio.frame import Frame
    from app.audio.playback.speaker import Speaker

_UNHEARD = (Verdict.NOTHING, Verdict.SILENCE)


class MicrophonePanel(QWidget):
    """The level of the microphone, which is opened by a button only, and the test of it.

    Args:
        appearance: Where colours and sizes come from.
        desk: Says which microphone and speaker; runs what takes time.
        parent: Where it lives.
    """

    def __init__(self, appearance: Appearance, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._work: asyncio.Task[None] | None = None
        self.meter = LevelMeter(appearance)
        self.trial = Trial(appearance, self.tr("Test the microphone"), self)
        self.live = PillButton(appearance, self.tr("Show the level"), self)
        self.trial.buttons.addWidget(self.live)
        self.trial.column.insertWidget(0, self.meter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, GAP_S, 0, 0)
        column.addWidget(self.trial)
        self.trial.button.clicked.connect(self._clicked)
        self.live.clicked.connect(lambda: self._begin(self._listened, self.tr("Opening the microphone.")))
        desk.bridge.frame_arrived.connect(self._frame_arrived)
        self._rest()

    def leave(self) -> None:
        """Close what was opened."""
        if self._work is not None:
            self._work.cancel()

    def hideEvent(self, event: QHideEvent) -> None:
        """Close what was opened: a microphone is never open out of sight."""
        self.leave()
        super().hideEvent(event)

    def _clicked(self) -> None:
        if self._work is not None:
            self._work.cancel()
        else:
            self._begin(self._tested, self.tr("Opening the microphone."))

    def _begin(self, work: Callable[[], Coroutine[Any, Any, None]], sentence: str) -> None:
        if self._work is not None:
            return
        self.live.hide()
        self.trial.begin(sentence)
        self._work = self._desk.do(self._guarded(work), "microphone", self._ended)

    async def _guarded(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        try:
            await work()
        except AudioError as error:
            self._rest(str(error), Severity.ERROR)

    def _ended(self) -> None:
        self._work = None
        self.live.show()
        if self.trial.is_busy:
            self._rest()

    async def _listened(self) -> None:
        """Show the level until it is broken off."""
        microphone = self._microphone()
        loop = asyncio.get_running_loop()
        lost: asyncio.Future[str] = loop.create_future()

        def frame_came(frame: Frame) -> None:
            with suppress(RuntimeError):  # the loop was closed under a microphone nobody stopped
                loop.call_soon_threadsafe(self._hear, frame.pcm)

        def news_came(news: DeviceNews) -> None:
            if isinstance(news, DeviceLost) and not lost.done():
                lost.set_result(news.sentence)
            else:
                self.trial.tell(news.sentence, Severity.INFO)

        try:
            await microphone.start(frame_came, news_came)
            device = microphone.device
            name = "" if device is None else device.description
            self.trial.tell(self.tr("%1 is open. Speak, and watch the level.").replace("%1", name), None)
            raise AudioError(await lost)
        finally:
            await microphone.stop()

    async def _tested(self) -> None:
        from app.audio.capture.microphone_test import TEST_S, play_back, record

        def ready() -> None:
            self.trial.tell(self.tr("Speak now, for %1 seconds.").replace("%1", f"{TEST_S:.0f}"), None)

        def told(news: DeviceNews) -> None:
            self.trial.tell(news.sentence, None)

        recording = await record(self._microphone(), on_ready=ready, on_level=self.meter.hear, on_news=told)
        verdict = recording.verdict
        if verdict not in _UNHEARD:
            self.trial.tell(self.tr("Playing it back."), None)
            await play_back(recording, self._speaker())
        self._rest(_said(recording), Severity.INFO if verdict is Verdict.GOOD else Severity.WARNING)

    def _rest(self, sentence: str = "", severity: Severity | None = None) -> None:
        self.trial.end(sentence, severity)
        self.meter.rest()

    def _hear(self, pcm: bytes) -> None:
        if self._work is not None:
            self.meter.hear(Level.of(pcm))

    def _frame_arrived(self, tap: AudioTap, frame: bytes) -> None:
        """Show the level of a conversation that goes on meanwhile, too."""
        if tap is AudioTap.MICROPHONE and self._work is None and self.isVisible():
            self.meter.hear(Level.of(frame))

    def _microphone(self) -> Microphone:
        from app.audio.capture.microphone import Microphone

        sound = self._desk.settings.sound
        choice = DeviceChoice(sound.microphone, avoids_bluetooth=sound.avoid_bluetooth_microphone)
        return Microphone(DEFAULT_RATE, choice)

    def _speaker(self) -> Speaker:
        from app.audio.playback.speaker import Speaker

        sound = self._desk.settings.sound
        speaker = Speaker(DEFAULT_RATE, DeviceChoice(sound.speaker))
        speaker.volume = sound.volume
        return speaker


def _said(recording: Recording) -> str:
    return f"{recording.verdict.sentence} ({recording.speech_db:.0f} dB)"
