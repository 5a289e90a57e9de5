"""One of the first steps: what it is about, what to do, and whatever does it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.conversation.state import State
from app.ui.appearance import Appearance
from app.ui.settings.style import paint_text
from app.ui.theme import COLUMN_WIDTH, GAP_L, GAP_S, GAP_XL, TextSize


class Step(QWidget):
    """Base of the steps.

    Args:
        appearance: Where colours and sizes come from.
        parent: Where it lives.

    Signals:
        passed: The person goes on.
        changed: `next_words` are others now.
    """

    passed = Signal()
    changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self.title = QLabel(self)
        self.words = QLabel(self)
        for label in (self.title, self.words):
            label.setWordWrap(True)
        holder = QWidget(self)
        holder.setMaximumWidth(COLUMN_WIDTH)
        self.column = QVBoxLayout(holder)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.addWidget(self.title)
        self.column.addWidget(self.words)
        self.column.addSpacing(GAP_S)
        self._frame = QHBoxLayout(self)
        self._frame.addStretch(1)
        self._frame.addWidget(holder, 10_000)
        self._frame.addStretch(1)
        appearance.changed.connect(self._redress)
        Step._redress(self)

    def say(self, title: str, words: str) -> None:
        """Write what it is about and what to do."""
        self.title.setText(title)
        self.words.setText(words)

    @property
    def next_words(self) -> str:
        """What the button says that goes on; empty where there is none, or not yet."""
        return ""

    def enter(self) -> None:
        """Begin: it can be seen, and has the keyboard."""

    def leave(self) -> None:
        """Stop what only makes sense while it can be seen."""

    def show_state(self, state: State) -> None:
        """Follow the conversation."""

    def _redress(self) -> None:
        theme, gap = self.appearance.theme, self.appearance.gap
        self.title.setFont(self.appearance.font(TextSize.DISPLAY, bold=True))
        self.words.setFont(self.appearance.font())
        paint_text(self.title, theme.text)
        paint_text(self.words, theme.quiet)
        self.column.setSpacing(gap(GAP_S + 2))
        self._frame.setContentsMargins(GAP_L, gap(GAP_XL), GAP_L, gap(GAP_L))
