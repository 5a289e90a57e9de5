"""What a setting is changed with: one kind of widget for each kind of setting."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from app.core.settings import Value


class Editor(QWidget):
    """Base of the editors.

    Signals:
        edited: The person has chosen another value, which the signal brings.
    """

    edited = Signal(object)

    is_beside = False
    """Whether it stands beside the setting's name rather than below it."""

    @property
    def focused(self) -> QWidget:
        """The widget that takes the keyboard."""
        raise NotImplementedError

    def show_value(self, value: Value) -> None:
        """Show a value; `edited` is not emitted."""
        raise NotImplementedError

    def describe(self, name: str, help_text: str) -> None:
        """Name it for assistive technology."""
        self.focused.setAccessibleName(name)
        self.focused.setAccessibleDescription(help_text)
