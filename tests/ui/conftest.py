"""What the tests of the window need from the application."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from itertools import count

import pytest
from PySide6.QtWidgets import QApplication

_TESTS = count()
_COLLECTED_EACH = 20
"""Tests between two collections: one takes as long as some tests do."""


@pytest.fixture(autouse=True)
def nothing_is_collected_by_a_thread(qapp: QApplication) -> Iterator[None]:
    """Collect garbage in the main thread only.

    Tests leave windows to the collector, which runs in whichever thread makes the next object; a QObject
    freed in another thread than its own brings the process down. The program ends its windows itself.
    """
    gc.disable()
    yield
    gc.disable()  # the program's start switches it on
    if next(_TESTS) % _COLLECTED_EACH == 0:
        gc.collect()


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
