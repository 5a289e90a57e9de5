"""A hold by something outside the window: nobody sees it let go, so that it ends by itself in the end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer

from app.ui.hold import Hold, Holder


class FarHold(QObject):
    """Begins and ends a hold from outside. It lasts while the window is hidden or has no focus.

    Args:
        hold: Returns what it holds: the one of the window that is there now.
        holder: What it is.
        longest_s: Returns how many seconds it lasts at most.
        parent: Who owns it.
    """

    def __init__(
        self,
        hold: Callable[[], Hold],
        holder: Holder,
        longest_s: Callable[[], float],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._hold = hold
        self._holder = holder
        self._longest_s = longest_s
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.setTimerType(Qt.TimerType.PreciseTimer)
        self._limit.timeout.connect(self.give_up)

    @property
    def is_on(self) -> bool:
        """Whether it holds now."""
        return self._hold().is_held_by(self._holder)

    def begin(self) -> None:
        """Hold from now on. A second call changes nothing: a key that repeats must not hold for ever."""
        if not self.is_on:
            self._limit.start(round(self._longest_s() * 1000))
            self._hold().begin(self._holder)

    def end(self) -> None:
        """Let go; without a hold nothing happens."""
        self._limit.stop()
        self._hold().end(self._holder)

    def give_up(self) -> None:
        """Let go although nobody has seen the holder do so; without a hold nothing happens."""
        self._limit.stop()
        if self.is_on:
            self._hold().abandon(self._holder)
