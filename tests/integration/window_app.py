"""Heron's window as it is, run with a reader that tells what its widgets show.

``python -m tests.integration.window_app`` prints a JSON object per change: ``lines``, ``status``, ``notice``.
"""

from __future__ import annotations

import json
import sys

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from app.conversation.backend import backend
from app.conversation.conversation import Conversation
from app.core.settings import SettingsStore
from app.ui import application
from app.ui.window import Window

_EVERY_MS = 30


def main() -> int:
    """Run the window; return its exit code."""
    shown: list[str] = []
    timer: list[QTimer] = []

    def read() -> None:
        for window in QApplication.topLevelWidgets():
            if isinstance(window, Window):
                seen = json.dumps(
                    {
                        "lines": window.chat.list.texts(),
                        "status": window.header.status_text,
                        "notice": window.notice_bar.text,
                    }
                )
                if not shown or shown[-1] != seen:
                    shown.append(seen)
                    print(seen, flush=True)

    def conversation() -> Conversation:
        timer.append(QTimer())
        timer[0].timeout.connect(read)
        timer[0].start(_EVERY_MS)
        return Conversation(backend(None), settings=SettingsStore())

    return application.run(conversation)


if __name__ == "__main__":
    sys.exit(main())
