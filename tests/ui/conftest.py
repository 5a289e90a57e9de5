"""What the tests of the window need from the application."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtWidgets import QApplication


@pytest.fixture(autouse=True)
def windows_close_without_ending_the_loop(qapp: QApplication) -> None:
    """Let the last window close as it does in the program: Qt must not end the loop the test runs on."""
    qapp.setQuitOnLastWindowClosed(False)


@pytest.fixture
def no_widgets_left_over(qapp: QApplication) -> None:
    """Free the windows of earlier tests in the main thread, before a thread of the program collects them.

    A QObject freed in another thread leaves its timers behind, which fire into nothing.
    """
    gc.collect()
