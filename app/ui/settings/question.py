"""Asks in its place on a page before something is gone for good."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.flow import Flow
from app.ui.pill_button import PillButton
from app.ui.settings.style import paint_text
from app.ui.theme import GAP_L, GAP_M, GAP_S, TextSize


class Question(QWidget):
    """Two buttons below what is asked; the harmless answer has the keyboard.

    Its owner connects `answered` and `refused` and hides it.
    """

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self._appearance = appearance
        self.words = QLabel()
        """What is asked."""
        self.words.setWordWrap(True)
        self.answered = PillButton(appearance, self.tr("Delete"))
        """Yes."""
        self.refused = PillButton(appearance, self.tr("Keep"))
        """No."""
        column = QVBoxLayout(self)
        column.setContentsMargins(GAP_L, GAP_M, GAP_L, GAP_M)
        column.setSpacing(GAP_S)
        column.addWidget(self.words)
        column.addLayout(Flow(self.refused, self.answered))
        appearance.changed.connect(self._redress)
        self._redress()
        self.hide()

    def ask(self, words: str) -> None:
        """Ask, instead of whatever was asked before."""
        self.words.setText(words)
        self.answered.describe(words)
        self.show()
        self.refused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _redress(self) -> None:
        tone = self._appearance.theme.error_notice
        self.words.setFont(self._appearance.font(TextSize.SMALL))
        paint_text(self.words, self._appearance.theme.text)
        self.answered.set_colors(tone.text, tone.ground)
