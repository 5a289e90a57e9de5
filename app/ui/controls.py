"""The bottom of the window: sound, the talk button and its neighbours, the text box."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.conversation.state import State
from app.ui.appearance import Appearance
from app.ui.hold import Hold
from app.ui.icon_button import IconButton
from app.ui.icons import Icon
from app.ui.mode_switch import ModeSwitch
from app.ui.mute_button import MuteButton
from app.ui.status import is_replying
from app.ui.talk_button import TalkButton
from app.ui.text_box import TextBox
from app.ui.theme import COLUMN_WIDTH, GAP_L, GAP_M, GAP_S, TOUCH, TextSize
from app.ui.volume import VolumeButton
from app.ui.waveform import Waveform


class Controls(QWidget):
    """Everything the person acts with."""

    def __init__(self, appearance: Appearance, hold: Hold, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.waveform = Waveform(appearance)
        self.mute = MuteButton(appearance, height=2.6)
        self.talk = TalkButton(appearance, hold)
        self.stop = IconButton(appearance, Icon.STOP, height=2.6, least=TOUCH)
        self.stop.describe(self.tr("Stop speaking"), self.tr("Esc"))
        self.mode = ModeSwitch(appearance)
        self.text = TextBox(appearance)
        self.volume = VolumeButton(appearance)
        self.volume.hide()  # until somebody follows it
        self._hint = _Hint(appearance)
        self._state = State()
        self._arrange()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        appearance.changed.connect(self._redress)
        self.show_state(self._state)

    def show_state(self, state: State) -> None:
        """Show what can be done now."""
        self._state = state
        self.waveform.show_state(state)
        self.talk.show_state(state)
        self.mode.show_state(state)
        self.text.show_state(state)
        self.mute.show_state(state)
        is_busy = is_replying(state)
        self.stop.setEnabled(is_busy)
        self._hint.show_text(self._key_that_helps(is_busy=is_busy))
        self._redress()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and a hairline above."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.surface)
        painter.fillRect(0, 0, self.width(), 1, theme.border)

    def _arrange(self) -> None:
        column = QWidget()
        column.setMaximumWidth(COLUMN_WIDTH)
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self.waveform)
        rows.addLayout(_row(self.mute, self.talk, self.stop, stretched=self.talk))
        rows.addWidget(self.text)
        rows.addLayout(_row(self.mode, self._hint, self.volume, stretched=self._hint))
        self._rows = rows
        frame = self._frame = QHBoxLayout(self)
        frame.addStretch(1)
        frame.addWidget(column, 10_000)
        frame.addStretch(1)

    def _redress(self) -> None:
        theme = self._appearance.theme
        self.stop.set_tone(theme.soft)
        gap = self._appearance.gap
        self._rows.setSpacing(gap(GAP_S))
        self._frame.setContentsMargins(GAP_L, gap(GAP_M), GAP_L, gap(GAP_M))
        self.update()

    def _key_that_helps(self, *, is_busy: bool) -> str:
        if is_busy:
            return self.tr("Esc to stop")
        return self.tr("Space to talk") if self.talk.can_talk else ""


class _Hint(QWidget):
    """A few words that give way when there is no room for them."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self._text = ""

    def show_text(self, text: str) -> None:
        self._text = text
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        font = self._appearance.font(TextSize.SMALL)
        if QFontMetricsF(font).horizontalAdvance(self._text) + GAP_S > self.width():
            return
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(self._appearance.theme.quiet)
        sides = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect().adjusted(0, 0, -GAP_S, 0), sides, self._text)


def _row(*widgets: QWidget, stretched: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(GAP_M)
    for widget in widgets:
        row.addWidget(widget, 1 if widget is stretched else 0)
    return row
