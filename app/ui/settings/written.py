"""What is being written counts before something is done with it: a click leaves the keyboard in its line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit


def count_what_is_written() -> None:
    """Have the line that has the keyboard tell its text, as if it had been left; it keeps the keyboard."""
    line = QApplication.focusWidget()
    if isinstance(line, QLineEdit):
        line.clearFocus()
        line.setFocus(Qt.FocusReason.OtherFocusReason)
