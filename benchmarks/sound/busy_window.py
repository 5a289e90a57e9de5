"""A window's process whose GUI thread is busy: 100 ms of Python work twice a second, beside a voice session.

``python -m benchmarks.sound.busy_window`` is a `benchmarks.sound.subject` on Qt's event loop.
"""

from __future__ import annotations

import json
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from benchmarks.sound.subject import Subject

EVERY_MS: Final = 500
BUSY_S: Final = 0.1


def main() -> None:
    """Run until standard input ends."""
    told = json.loads(sys.stdin.readline())
    app = QApplication(sys.argv[:1])
    timer = QTimer()
    timer.timeout.connect(_work)
    timer.start(EVERY_MS)
    loop = QEventLoop(app)
    loop.set_default_executor(ThreadPoolExecutor(max_workers=4, thread_name_prefix="heron"))
    with loop:
        subject = Subject(told["url"], told["api_key"], told["mode"], Path(told["folder"]))
        loop.run_until_complete(subject.run())


def _work() -> None:
    """Keep the interpreter busy, as the work of a window does."""
    until = time.monotonic() + BUSY_S
    while time.monotonic() < until:
        sum(range(50))


if __name__ == "__main__":
    main()
