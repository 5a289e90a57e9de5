"""Tells a test in another process what a window's widgets show."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.ui.window import Window

_EVERY_MS = 30


class WidgetReader:
    """Prints a line of JSON whenever what is read has changed.

    Args:
        read: Reads a window.
    """

    def __init__(self, read: Callable[[Window], dict[str, Any]]) -> None:
        self._read = read
        self._shown = ""
        self._timer: QTimer | None = None

    def start(self) -> None:
        """Read from now on; there is an event loop."""
        self._timer = QTimer()
        self._timer.timeout.connect(self._look)
        self._timer.start(_EVERY_MS)

    def _look(self) -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, Window):
                seen = json.dumps(self._read(window))
                if seen != self._shown:
                    self._shown = seen
                    print(seen, flush=True)
