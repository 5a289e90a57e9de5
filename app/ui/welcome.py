"""What the conversation shows before anything was said."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.conversation.state import Link, State
from app.estuary.voice_mode import VoiceMode
from app.ui.appearance import Appearance
from app.ui.face import Face
from app.ui.header import Portrait
from app.ui.pill_button import PillButton
from app.ui.theme import GAP_L, GAP_M, GAP_S, TextSize

_SPACES = 2 * GAP_M + GAP_S + GAP_L
"""What lies above, between and below, even if nothing but words is shown, in logical pixels."""


class Welcome(QWidget):
    """A greeting, how to begin, and three questions to begin with.

    Signals:
        asked: The person has chosen a question.
    """

    asked = Signal(str)

    def __init__(self, appearance: Appearance, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._portrait = Portrait(appearance, face, self, height=4)
        self._greeting = _centered(appearance, TextSize.DISPLAY, bold=True)
        self._hint = _centered(appearance, TextSize.BODY, bold=False)
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_M, GAP_L, GAP_M)
        column.setSpacing(GAP_S)
        column.addStretch(2)
        column.addWidget(self._portrait, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addSpacing(GAP_S)
        column.addWidget(self._greeting)
        column.addWidget(self._hint)
        column.addSpacing(GAP_L)
        self._chips = [self._chip(question) for question in self._questions()]
        for chip in self._chips:
            column.addWidget(chip, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        appearance.changed.connect(self._redress)
        self._redress()
        self.show_state(State())

    def show_state(self, state: State) -> None:
        """Say how to begin now."""
        self._portrait.show_name(state.character_name)
        self._greeting.setText(self.tr("Say hello to {name}").format(name=state.character_name))
        self._hint.setText(self._how_to_begin(state))
        self._leave_out()

    def minimumSizeHint(self) -> QSize:
        """Return room for how to begin: everything else gives way to it."""
        width = max(label.minimumSizeHint().width() for label in (self._greeting, self._hint))
        return QSize(width + 2 * GAP_L, self._height_of(self._hint) + _SPACES)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what would squeeze the words."""
        super().resizeEvent(event)
        self._leave_out()
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _leave_out(self) -> None:
        """Show as much as there is room for: first the greeting, then the questions, then the picture."""
        room = self.height() - self._height_of(self._hint) - _SPACES - self._height_of(self._greeting) - GAP_S
        self._greeting.setVisible(room >= 0)
        room -= sum(GAP_S + chip.sizeHint().height() for chip in self._chips)
        widest = max(chip.sizeHint().width() for chip in self._chips)
        for chip in self._chips:
            chip.setVisible(room >= 0 and widest <= self.width() - 2 * GAP_L)
        room -= self._portrait.height() + GAP_S
        self._portrait.setVisible(room >= 0)

    def _height_of(self, label: QLabel) -> int:
        return label.heightForWidth(self.width() - 2 * GAP_L)

    def _how_to_begin(self, state: State) -> str:
        if state.link is Link.FAILED:
            return self.tr("Not connected. What you type is sent later.")
        if state.link in {Link.CONNECTING, Link.RECONNECTING}:
            return self.tr("Connecting… You can type already.")
        if state.link is not Link.READY:
            return self.tr("Waking up… You can type already.")
        if not state.has_microphone:
            return self.tr("No microphone was found. You can type instead.")
        if state.mode is VoiceMode.CONTINUOUS:
            return self.tr("Just speak, or type below.")
        return self.tr("Hold Space or the button and speak.")

    def _questions(self) -> tuple[str, ...]:
        return (
            self.tr("What time is it?"),
            self.tr("Set a timer for ten minutes"),
            self.tr("How many miles are ten kilometers?"),
        )

    def _chip(self, question: str) -> PillButton:
        button = PillButton(self._appearance, question, self)
        button.setToolTip(self.tr("Ask this (Enter)"))
        button.clicked.connect(lambda: self.asked.emit(question))
        return button

    def _redress(self) -> None:
        palette = self._hint.palette()
        palette.setColor(self._hint.foregroundRole(), self._appearance.theme.quiet)
        self._hint.setPalette(palette)


def _centered(appearance: Appearance, size: TextSize, *, bold: bool) -> QLabel:
    label = QLabel()
    label.setFont(appearance.font(size, bold=bold))
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label
