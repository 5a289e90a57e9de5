"""The row that leads through the first steps once more."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.flow import Flow
from app.ui.pill_button import PillButton
from app.ui.settings.style import paint_text
from app.ui.theme import GAP_L, GAP_M, GAP_S, TextSize


class FirstStepsRow(QWidget):
    """A sentence and a button.

    Signals:
        asked: The person wants to see them.
    """

    asked = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._sentence = QLabel(self.tr("Where to talk, the microphone, the talk key: one after the other."))
        self._sentence.setWordWrap(True)
        self.show_again = PillButton(appearance, self.tr("Show the first steps again"))
        self._column = QVBoxLayout(self)
        self._column.addWidget(self._sentence)
        self._column.addLayout(Flow(self.show_again))
        self.show_again.clicked.connect(self.asked)
        appearance.changed.connect(self._redress)
        self._redress()

    def _redress(self) -> None:
        gap = self._appearance.gap
        self._column.setContentsMargins(GAP_L, gap(GAP_M), GAP_L, gap(GAP_M))
        self._column.setSpacing(gap(GAP_S))
        self._sentence.setFont(self._appearance.font(TextSize.SMALL))
        paint_text(self._sentence, self._appearance.theme.quiet)
