"""The second step: the microphone, with a level that moves and a word when the person is heard."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

import asyncio

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.conversation.microphone_check import MicrophoneCheck
from app.conversation.state import Notice, Severity
from app.core.errors import AudioError
from app.core.settings import Settings
from app.ui.appearance import Appearance
from app.ui.chat.announcer import announce
from app.ui.first_run.step import Step
from app.ui.settings.binding import bound
from app.ui.settings.card import Card
from app.ui.settings.desk import Desk
from app.ui.settings.level_meter import LevelMeter
from app.ui.settings.setting_row import SettingRow
from app.ui.settings.style import paint_text
from app.ui.theme import GAP_L, GAP_M


class MicrophoneStep(Step):
    """Opens the microphone while it can be seen, and says by itself when it hears somebody, or what is wrong.

    Args:
        appearance: Where colours and sizes come from.
        desk: Says which microphone; runs what takes time.
        parent: Where it lives.
    """

    def __init__(self, appearance: Appearance, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._severity: Severity | None = None
        self.finding = QLabel()
        self._desk = desk
        self._work: asyncio.Task[None] | None = None
        self._opened_with = _of_microphone(desk.settings)
        self.is_heard = False
        self.meter = LevelMeter(appearance)
        self.device = SettingRow(appearance, bound(desk, "sound.microphone"), can_reset=False)
        self.device.help.hide()
        self._check = MicrophoneCheck(self._on_open, self.meter.hear, self._on_finding)
        self._arrange()
        desk.changed.connect(self._follow)
        self._redress()

    @property
    def next_words(self) -> str:
        """What the button says that goes on: it is always possible."""
        return self.tr("Go on")

    def enter(self) -> None:
        """Begin anew."""
        self.say(
            self.tr("Can Heron hear you?"),
            self.tr("Say a few words and watch the bar. Nothing of this is sent or kept."),
        )
        self.is_heard = False

    def leave(self) -> None:
        """Close it."""
        if self._work is not None:
            self._work.cancel()

    def showEvent(self, event: QShowEvent) -> None:
        """Open the microphone."""
        self._open()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Close it: a microphone is never open out of sight."""
        self.leave()
        super().hideEvent(event)

    def _arrange(self) -> None:
        self.finding.setWordWrap(True)
        self.finding.setTextFormat(Qt.TextFormat.PlainText)
        level = QWidget()
        column = QVBoxLayout(level)
        column.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_L)
        column.setSpacing(GAP_M)
        column.addWidget(self.meter)
        column.addWidget(self.finding)
        heard, devices = Card(self.appearance), Card(self.appearance)
        heard.add(level)
        devices.add(self.device)
        self.column.addWidget(heard)
        self.column.addWidget(devices)
        self.column.addStretch(1)

    def _open(self) -> None:
        self._opened_with = _of_microphone(self._desk.settings)
        self._tell(self.tr("Opening the microphone…"), None)
        self._work = self._desk.do(self._listened(self._work), "microphone check")

    async def _listened(self, before: asyncio.Task[None] | None) -> None:
        if before is not None:
            await asyncio.wait([before])  # one microphone is closed before the next one is opened
        try:
            await self._check.run(self._desk.settings)
        except AudioError as error:
            self.meter.rest()
            self._tell(str(error), Severity.ERROR)

    def _on_open(self, name: str) -> None:
        words = self.tr("{microphone} is open. Say a few words.") if name else self.tr("Say a few words.")
        self._tell(words.format(microphone=name), None)

    def _on_finding(self, finding: Notice) -> None:
        self.is_heard = finding.severity is Severity.INFO
        self._tell(finding.text, finding.severity)
        announce(self.finding, finding.text)

    def _tell(self, sentence: str, severity: Severity | None) -> None:
        self._severity = severity
        self.finding.setText(sentence)
        self.finding.setAccessibleName(sentence)
        self._redress()

    def _follow(self, settings: Settings) -> None:
        self.device.refresh()
        if self._work is not None and self.isVisible() and _of_microphone(settings) != self._opened_with:
            self._work.cancel()
            self._open()

    def _redress(self) -> None:
        super()._redress()
        theme, severity = self.appearance.theme, self._severity
        inks = {None: theme.quiet, Severity.INFO: theme.accent, Severity.WARNING: theme.caution}
        self.finding.setFont(self.appearance.font(bold=severity is Severity.INFO))
        paint_text(self.finding, inks.get(severity, theme.danger))


def _of_microphone(settings: Settings) -> tuple[object, ...]:
    """Return what says which microphone is used."""
    return settings.sound.microphone, settings.sound.avoid_bluetooth_microphone
