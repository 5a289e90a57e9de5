"""The row that deletes all conversations, once the person has said so twice."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.ui.appearance import Appearance
from app.ui.pill_button import PillButton
from app.ui.settings.style import paint_text
from app.ui.theme import GAP_L, GAP_M, GAP_S, TextSize


class EraseRow(QWidget):
    """A button, and the question it leads to in the same place.

    Signals:
        confirmed: Everything is to be deleted.
    """

    confirmed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._sentence = QLabel(self)
        self._sentence.setWordWrap(True)
        self.ask = PillButton(appearance, self.tr("Delete all conversations…"), self)
        self.erase = PillButton(appearance, self.tr("Delete everything"), self)
        self.keep = PillButton(appearance, self.tr("Keep"), self)
        grid = QGridLayout(self)
        grid.setContentsMargins(GAP_L, GAP_M, GAP_L, GAP_M)
        grid.setSpacing(GAP_S)
        grid.setColumnStretch(3, 1)
        grid.addWidget(self._sentence, 0, 0, 1, 4)
        for column, button in enumerate((self.ask, self.erase, self.keep)):
            grid.addWidget(button, 1, column)
        self.ask.clicked.connect(lambda: self._show(is_asking=True))
        self.keep.clicked.connect(lambda: self._show(is_asking=False))
        self.erase.clicked.connect(self._confirm)
        appearance.changed.connect(self._redress)
        self._redress()
        self._show(is_asking=False)

    def _confirm(self) -> None:
        self._show(is_asking=False)
        self.confirmed.emit()

    def _show(self, *, is_asking: bool) -> None:
        if is_asking:
            words = self.tr(
                "Delete all that was said in this profile, here and at its server? This cannot be undone."
            )
        else:
            words = self.tr(
                "Delete what was kept of all conversations of this profile, here and at its server."
            )
        self._sentence.setText(words)
        self.ask.setVisible(not is_asking)
        self.erase.setVisible(is_asking)
        self.keep.setVisible(is_asking)
        if is_asking:
            self.keep.setFocus()  # whoever just presses Enter again loses nothing

    def _redress(self) -> None:
        theme = self._appearance.theme
        self._sentence.setFont(self._appearance.font(TextSize.SMALL))
        paint_text(self._sentence, theme.quiet)
        self.erase.set_colors(theme.error_notice.text, theme.error_notice.ground)
