"""A line of text."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.core.settings import Text, Value
from app.core.settings.kinds import LONGEST_TEXT
from app.ui.appearance import Appearance
from app.ui.settings.editor import Editor
from app.ui.settings.style import field_style, translated


class TextField(Editor):
    """The editor of a setting that is a line of text; it counts when the line is left or Enter is pressed."""

    def __init__(self, appearance: Appearance, kind: Text, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.line = QLineEdit(self)
        self.line.setMaxLength(LONGEST_TEXT)
        self.line.setPlaceholderText(translated(kind.empty))
        self.line.setToolTip(self.line.placeholderText())
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.addWidget(self.line, 1)
        self.line.editingFinished.connect(lambda: self.edited.emit(self.line.text().strip()))
        appearance.changed.connect(self._redress)
        self._redress()

    @property
    def focused(self) -> QWidget:
        """The line."""
        return self.line

    def show_value(self, value: Value) -> None:
        """Show a text, unless the person is writing another one."""
        if not (self.line.hasFocus() and self.line.isModified()):
            self.line.setText(str(value))
            self.line.setCursorPosition(0)

    def _redress(self) -> None:
        self.line.setFont(self._appearance.font())
        self.line.setStyleSheet(field_style(self._appearance.theme))
