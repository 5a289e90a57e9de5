"""A bare PySide6 window: what Heron's first picture is measured against.

``python -m benchmarks.window_parts.bare_window`` prints ``{"painted": TIME}`` (``time.monotonic()``), once
its first picture is on the screen, and ends.
"""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

import sys
import time

from PySide6.QtCore import QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget


class BareWindow(QWidget):
    """An empty window of the size of Heron's."""

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle("Bare")
        self.resize(460, 720)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell, once what is painted here has been put on the screen."""
        super().paintEvent(event)
        QTimer.singleShot(0, self._tell)

    def _tell(self) -> None:
        print(f'{{"painted": {time.monotonic()}}}', flush=True)
        self.close()


def main() -> None:
    """Show the window until it was painted."""
    app = QApplication(sys.argv[:1])
    window = BareWindow()
    window.show()
    app.exec()


if __name__ == "__main__":
    main()
