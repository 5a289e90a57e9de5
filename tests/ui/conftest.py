"""What the tests of the window need from the application."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def windows_close_without_ending_the_loop(qapp: QApplication) -> None:
    """Let the last window close as it does in the program: Qt must not end the loop the test runs on."""
    qapp.setQuitOnLastWindowClosed(False)
