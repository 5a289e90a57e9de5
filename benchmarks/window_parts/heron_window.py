"""Heron's window as a person starts it, with probes in it that tell what was painted when.

``python -m benchmarks.window_parts.heron_window`` prints JSON objects, one a line; times are
``time.monotonic()``:

``{"painted": TIME}``              the first picture that has header, conversation, sound and controls in it
``{"status": WORDS, "at": TIME}``  each status as it was painted

A line on standard input is a command:

``{"beats": true}``     begins to measure how late the loop is
``{"beats": false}``    is answered by ``{"waits_ms": [...]}``; see `benchmarks.window_parts.beats`
``{"pictures": true}``  is answered by ``{"pictures": N}``: how often sound has been drawn so far

The end of standard input closes the window.
"""

from __future__ import annotations

import json
import os
import sys
import time
from typing import TYPE_CHECKING, Any

# In the order in which the command line imports them: what is imported after Qt takes longer.
import app.__main__
import app.core.settings
import app.desktop.display
import app.desktop.instance
import app.desktop.key_ring

if TYPE_CHECKING:
    from PySide6.QtCore import QSocketNotifier
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from benchmarks.window_parts.beats import Beats


class Probes:
    """Looks at what is painted, and tells it."""

    def __init__(self) -> None:
        self._awaited: set[type[QWidget]] = set()
        self._status = ""
        self._pictures = 0
        self._commands: QSocketNotifier | None = None
        self._beats: Beats | None = None

    def set(self) -> None:
        """Look at the widgets from now on. Imports the window."""
        from app.ui import application  # noqa: F401 - as the command line does, before anything else of it
        from app.ui.header import Header
        from app.ui.pill_button import PillButton
        from app.ui.talk_button import TalkButton
        from app.ui.waveform import Waveform

        for kind in (Header, PillButton, TalkButton, Waveform):
            self._awaited.add(kind)
            self._watch(kind)

    def _watch(self, kind: type[QWidget]) -> None:
        paint = kind.paintEvent

        def painted(widget: QWidget, event: QPaintEvent) -> None:
            paint(widget, event)
            self._painted(kind, widget)

        kind.paintEvent = painted  # type: ignore[method-assign]

    def _painted(self, kind: type[QWidget], widget: QWidget) -> None:
        if self._awaited:
            self._awaited.discard(kind)
            if not self._awaited:
                from PySide6.QtCore import QTimer

                QTimer.singleShot(0, self._begin)  # once it has been put on the screen
        status: str | None = getattr(widget, "status_text", None)
        if status is None:
            self._pictures += kind.__name__ == "Waveform"
        elif status != self._status:
            self._status = status
            _tell(status=status, at=time.monotonic())

    def _begin(self) -> None:
        """Tell of the first picture, and take commands."""
        _tell(painted=time.monotonic())
        from PySide6.QtCore import QSocketNotifier

        self._commands = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read)
        self._commands.activated.connect(self._obey)

    def _obey(self) -> None:
        assert self._commands is not None
        lines = os.read(sys.stdin.fileno(), 1 << 16)
        if not lines:
            self._commands.setEnabled(False)
            _close()
        for line in lines.splitlines():
            match json.loads(line):
                case {"beats": True}:
                    from benchmarks.window_parts.beats import Beats

                    self._beats = Beats()
                    self._beats.start()
                case {"beats": False}:
                    _tell(waits_ms=[] if self._beats is None else self._beats.stop())
                case {"pictures": _}:
                    _tell(pictures=self._pictures)


def _tell(**event: Any) -> None:
    print(json.dumps(event), flush=True)


def _close() -> None:
    from PySide6.QtWidgets import QApplication

    from app.ui.window import Window

    for window in QApplication.topLevelWidgets():
        if isinstance(window, Window):
            window.close()


if __name__ == "__main__":
    Probes().set()
    sys.exit(app.__main__.main([]))
