"""A question below the lines, instead of a box in front of them: is this to be deleted?"""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.ui.appearance import Appearance
from app.ui.chat.escape import EscapeBar
from app.ui.pill_button import PillButton
from app.ui.theme import GAP_L, GAP_S

_LONGEST_QUOTE = 60
"""Characters of a line that the question repeats."""


class ConfirmBar(EscapeBar):
    """Asks whether a line is to be deleted, or all of its conversation.

    Signals:
        confirmed: The line is; its number.
        conversation_confirmed: All of its conversation is; the line's number.
        dismissed: No, or it was answered.
    """

    confirmed = Signal(object)
    conversation_confirmed = Signal(object)
    dismissed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._number = 0
        self._is_about_all = False
        self._question = QLabel(self)
        self._question.setWordWrap(True)
        self._question.setTextFormat(Qt.TextFormat.PlainText)
        self._delete = PillButton(appearance, self.tr("Delete"), self)
        self._keep = PillButton(appearance, self.tr("Keep"), self)
        self._keep.describe(self.tr("Delete nothing (Esc)"))
        grid = QGridLayout(self)
        grid.setContentsMargins(GAP_L, GAP_S, GAP_L, GAP_S)
        grid.setSpacing(GAP_S)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._question, 0, 0, 1, 3)
        grid.addWidget(self._delete, 1, 1)
        grid.addWidget(self._keep, 1, 2)
        self._delete.clicked.connect(self._confirm)
        self._keep.clicked.connect(self.dismiss)
        appearance.changed.connect(self._redress)
        self._redress()
        self.hide()

    def ask(self, number: int, words: str) -> None:
        """Ask about a line.

        Args:
            number: The line's.
            words: What it says; the question repeats the beginning.
        """
        quote = " ".join(words.split())
        if len(quote) > _LONGEST_QUOTE:
            quote = f"{quote[: _LONGEST_QUOTE - 1].rstrip()}…"
        self._ask(number, self.tr("Delete “{quote}” for good?").format(quote=quote), is_about_all=False)

    def ask_about_conversation(self, number: int) -> None:
        """Ask about the conversation that a line belongs to."""
        self._ask(number, self.tr("Delete all of this conversation for good?"), is_about_all=True)

    def _ask(self, number: int, sentence: str, *, is_about_all: bool) -> None:
        self._number, self._is_about_all = number, is_about_all
        self._delete.describe(self.tr("{question} (Enter)").format(question=sentence))
        self._question.setText(sentence)
        self.setAccessibleName(sentence)
        self.show()
        self._delete.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def question(self) -> str:
        """What is asked."""
        return self._question.text()

    def dismiss(self) -> None:
        """Ask no more."""
        if self.isVisible():
            self.hide()
            self.dismissed.emit()

    def escape(self) -> None:
        """Esc keeps the line."""
        self.dismiss()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), self._appearance.theme.error_notice.ground)

    def _confirm(self) -> None:
        (self.conversation_confirmed if self._is_about_all else self.confirmed).emit(self._number)
        self.dismiss()

    def _redress(self) -> None:
        tone = self._appearance.theme.error_notice
        palette = self._question.palette()
        palette.setColor(self._question.foregroundRole(), tone.text)
        self._question.setPalette(palette)
        self._delete.set_colors(tone.ground, tone.text)
        self._keep.set_colors(tone.text, tone.ground)
        self.update()
