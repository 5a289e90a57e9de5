"""The row that deletes all conversations, once the person has said so twice."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.flow import Flow
from app.ui.pill_button import PillButton
from app.ui.settings.question import Question
from app.ui.settings.style import paint_text
from app.ui.theme import GAP_L, GAP_M, GAP_S, TextSize


class EraseRow(QWidget):
    """A button with a sentence, and the question that takes their place.

    Signals:
        confirmed: Everything is to be deleted.
    """

    confirmed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._offer = QWidget(self)
        self._sentence = QLabel(self.tr("Delete all conversations of this profile, here and at its server."))
        self._sentence.setWordWrap(True)
        self.ask = PillButton(appearance, self.tr("Delete all conversations…"))
        self.question = Question(appearance)
        offer = QVBoxLayout(self._offer)
        offer.setContentsMargins(GAP_L, GAP_M, GAP_L, GAP_M)
        offer.setSpacing(GAP_S)
        offer.addWidget(self._sentence)
        offer.addLayout(Flow(self.ask))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._offer)
        column.addWidget(self.question)
        self.ask.clicked.connect(self._ask)
        self.question.refused.clicked.connect(self._keep)
        self.question.answered.clicked.connect(self._confirm)
        appearance.changed.connect(self._redress)
        self._redress()

    def _ask(self) -> None:
        self._offer.hide()
        self.question.ask(
            self.tr("Delete all that was said in this profile, here and at its server? It cannot be undone.")
        )

    def _keep(self) -> None:
        self.question.hide()
        self._offer.show()
        self.ask.setFocus(Qt.FocusReason.OtherFocusReason)

    def _confirm(self) -> None:
        self._keep()
        self.confirmed.emit()

    def _redress(self) -> None:
        self._sentence.setFont(self._appearance.font(TextSize.SMALL))
        paint_text(self._sentence, self._appearance.theme.quiet)
