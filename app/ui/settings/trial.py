"""A trial: a button that begins something that takes time, what it is doing, and how it went."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.conversation.state import Severity
from app.ui.appearance import Appearance
from app.ui.flow import Flow
from app.ui.pill_button import PillButton
from app.ui.settings.spinner import Spinner
from app.ui.settings.style import paint_text
from app.ui.theme import GAP_L, GAP_M, GAP_S, TextSize


class Trial(QWidget):
    """The button, and beside it the sentence. While something is being done the button breaks it off.

    Args:
        appearance: Where colours and sizes come from.
        words: What the button says.
        parent: Where it lives.
    """

    def __init__(self, appearance: Appearance, words: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._words = words
        self._severity: Severity | None = None
        self.button = PillButton(appearance, words, self)
        self.spinner = Spinner(appearance, self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setTextFormat(Qt.TextFormat.PlainText)
        self.sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.sentence.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.buttons = Flow(self.button, self.spinner)
        self.column = QVBoxLayout(self)
        self.column.addLayout(self.buttons)
        self.column.addWidget(self.sentence)
        appearance.changed.connect(self._redress)
        self.spinner.hide()
        self.tell("", None)
        self._redress()

    @property
    def is_busy(self) -> bool:
        """Whether something is being done."""
        return self.spinner.isVisibleTo(self)

    def begin(self, sentence: str) -> None:
        """Show that something is being done."""
        self._set_busy(is_busy=True)
        self.tell(sentence, None)

    def end(self, sentence: str, severity: Severity | None) -> None:
        """Show how it went."""
        self._set_busy(is_busy=False)
        self.tell(sentence, severity)

    def tell(self, sentence: str, severity: Severity | None) -> None:
        """Show a sentence, and say it to whoever does not see it."""
        self._severity = severity
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.sentence.setAccessibleName(sentence)
        self._redress()
        if sentence and QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self.sentence, sentence))

    def _set_busy(self, *, is_busy: bool) -> None:
        words = self.tr("Cancel") if is_busy else self._words
        self.button.setText(words)
        self.button.describe(words)
        self.button.updateGeometry()
        self.spinner.setVisible(is_busy)

    def _redress(self) -> None:
        theme, gap = self._appearance.theme, self._appearance.gap
        self.column.setContentsMargins(GAP_L, gap(GAP_M), GAP_L, gap(GAP_M))
        self.column.setSpacing(gap(GAP_S))
        self.sentence.setFont(self._appearance.font(TextSize.SMALL))
        inks = {None: theme.quiet, Severity.INFO: theme.text, Severity.WARNING: theme.caution}
        paint_text(self.sentence, inks.get(self._severity, theme.danger))
