"""SIGINT, SIGTERM and SIGHUP as wishes to close: they never raise in the middle of Qt's work or the loop's.

A KeyboardInterrupt while PySide6 is imported, or in a method Qt calls, is swallowed or leaves classes half
made. One in a callback of qasync's loop skips the line that ends the callback's timer: the timer fires again
without a callback, a KeyError each time until the loop is closed.
"""

from __future__ import annotations

import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import FrameType

_SIGNALS = tuple(
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)
)
"""Ctrl+C, the end of the system, of the session or its terminal; the last is how Windows says that."""


class Interrupts:
    """The signals that came while they were held back."""

    def __init__(self) -> None:
        self.noted: list[int] = []

    @contextmanager
    def closing(self, close: Callable[[], object]) -> Iterator[None]:
        """Call `close` on Qt's loop at each signal from now on, and at once if one has come already."""
        # Not at the top: importing Qt is one of the things a signal must not interrupt.
        from PySide6.QtCore import QSocketNotifier

        # Python runs a handler only between two steps of its own, and Qt waits outside Python: the bytes
        # that come with a signal wake it.
        woken, wake = socket.socketpair()
        with woken, wake:
            woken.setblocking(False)
            wake.setblocking(False)

            def on_bytes() -> None:
                if set(woken.recv(64)).intersection(_SIGNALS):
                    close()

            notifier = QSocketNotifier(woken.fileno(), QSocketNotifier.Type.Read)
            notifier.activated.connect(on_bytes)
            before = signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
            try:
                if self.noted:
                    close()
                yield
            finally:
                signal.set_wakeup_fd(before)
                notifier.setEnabled(False)
                notifier.activated.disconnect(on_bytes)

    def note(self, number: int, _frame: FrameType | None) -> None:
        """Take a signal."""
        self.noted.append(number)


@contextmanager
def held_back() -> Iterator[Interrupts]:
    """Note the signals instead of having them end what is going on; only the main thread can.

    A hang-up that is ignored stays so: that is what ``nohup`` is for.
    """
    interrupts = Interrupts()
    with ExitStack() as undo:
        if threading.current_thread() is threading.main_thread():
            for number in _SIGNALS:
                if number != signal.SIGINT and signal.getsignal(number) is signal.SIG_IGN:
                    continue
                undo.callback(signal.signal, number, signal.signal(number, interrupts.note))
        yield interrupts


@contextmanager
def postponed() -> Iterator[None]:
    """Have the signals do what they do once this is over."""
    with held_back() as interrupts:
        yield
    for number in interrupts.noted:
        signal.raise_signal(number)
