"""Where the window stands: made anew when it is to speak another language, while the conversation goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from app.ui.bridge import Bridge
from app.ui.window import Window


class Stage(QObject):
    """Holds one window at a time.

    Args:
        make: Makes a window, which is not shown yet.
        bridge: Tells a new one how everything stands.

    Signals:
        painted: A window can be seen for the first time.
        closed: The person has closed it.
    """

    painted = Signal()
    closed = Signal()

    def __init__(self, make: Callable[[], Window], bridge: Bridge) -> None:
        super().__init__()
        self._make = make
        self._bridge = bridge
        self._window = self._made()

    @property
    def window(self) -> Window:
        """The one that is there now."""
        return self._window

    def show(self) -> None:
        """Show it."""
        self._window.show()

    def close(self) -> None:
        """Close it."""
        self._window.close()

    def renew(self) -> None:
        """Put a new one in its place, which looks the same, with all its words written anew."""
        before = self._window
        before.painted.disconnect(self.painted)
        before.closed.disconnect(self.closed)
        self._window = self._made()
        self._bridge.repeat()
        self._window.take_over(before)
        before.retire()
        before.deleteLater()

    def clear(self) -> None:
        """Be done with it."""
        self._window.deleteLater()

    def _made(self) -> Window:
        window = self._make()
        window.painted.connect(self.painted)
        window.closed.connect(self.closed)
        return window
