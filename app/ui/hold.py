"""Holding to talk: one press and one release, whatever holds the button, and however it ends."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEventPoint, QKeyEvent, QTouchEvent

REPEAT_MS = 25
"""Milliseconds in which the press follows that makes a release one of a held key; it comes with it."""


class Holder(Enum):
    """What can hold."""

    MOUSE = "mouse"
    SPACE = "space"
    ENTER = "enter"
    """The button itself has the focus and Enter is held."""
    TOUCH = "touch"
    CLICK = "click"
    """Assistive technology can only click: one click holds, the next one lets go."""
    COMMAND = "command"
    """``heron press``, sent by another program."""
    HOTKEY = "hotkey"
    """A key that is held in whatever window."""


_FAR = frozenset({Holder.COMMAND, Holder.HOTKEY})
"""What holds from outside the window."""


class Hold(QObject):
    """Whether anything holds the talk button; the first holder begins it and the last one ends it."""

    began = Signal()
    ended = Signal()
    abandoned = Signal()
    """Just before `ended`, when nobody has seen the holder let go."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._holders: set[Holder] = set()

    @property
    def is_held(self) -> bool:
        """True between `began` and `ended`."""
        return bool(self._holders)

    def is_held_by(self, holder: Holder) -> bool:
        """Return whether `holder` is one of those that hold."""
        return holder in self._holders

    def begin(self, holder: Holder) -> None:
        """`holder` holds from now on; a second call changes nothing."""
        was_held = self.is_held
        self._holders.add(holder)
        if not was_held:
            self.began.emit()

    def end(self, holder: Holder) -> None:
        """`holder` has let go."""
        if holder in self._holders:
            self._holders.discard(holder)
            if not self._holders:
                self.ended.emit()

    def abandon(self, holder: Holder) -> None:
        """`holder` is gone, and nobody has seen it let go."""
        if self._holders == {holder}:
            self.end_all()
        else:
            self._holders.discard(holder)

    def end_near(self) -> None:
        """Let go of what only a window with the keyboard can see let go: it has lost it, or is hidden."""
        if far := self._holders & _FAR:
            self._holders = far
        else:
            self.end_all()

    def end_all(self) -> None:
        """Let go of everything: talking has become impossible."""
        if self._holders:
            self._holders.clear()
            self.abandoned.emit()
            self.ended.emit()


class HeldKey(QObject):
    """Holds with a key, whatever the system makes of a key that stays down.

    X11 repeats a held key as a release and a press of the same time, and Qt marks only some of them as
    repeated. A release therefore counts once no press of its time has followed within `REPEAT_MS`.

    Args:
        hold: What the key holds.
        holder: The key.
        parent: Who owns it.
    """

    def __init__(self, hold: Hold, holder: Holder, parent: QObject) -> None:
        super().__init__(parent)
        self._hold = hold
        self._holder = holder
        self._released_at = 0
        self._release = QTimer(self)
        self._release.setSingleShot(True)
        self._release.setInterval(REPEAT_MS)
        self._release.setTimerType(Qt.TimerType.PreciseTimer)
        self._release.timeout.connect(self._let_go)

    @property
    def is_down(self) -> bool:
        """Whether the key was pressed and its release does not count yet."""
        return self._hold.is_held_by(self._holder)

    def press(self, event: QKeyEvent) -> None:
        """Take a press of the key."""
        if event.isAutoRepeat():
            return
        if self._release.isActive():
            self._release.stop()
            if event.timestamp() == self._released_at:
                return
            self._let_go()
        self._hold.begin(self._holder)

    def release(self, event: QKeyEvent) -> None:
        """Take a release of the key."""
        if not event.isAutoRepeat():
            self._released_at = event.timestamp()
            self._release.start()

    def _let_go(self) -> None:
        self._hold.end(self._holder)


class HeldFinger:
    """Holds with the first finger on the button; other fingers change nothing.

    Args:
        hold: What it holds.
    """

    def __init__(self, hold: Hold) -> None:
        self._hold = hold
        self._finger: int | None = None

    def take(self, event: QTouchEvent) -> None:
        """Take what the fingers do on the button, also once they have slipped off it."""
        event.accept()
        if event.type() is QEvent.Type.TouchCancel:
            self._finger = None
            self._hold.abandon(Holder.TOUCH)
            return
        if event.type() is QEvent.Type.TouchBegin:
            self._finger = None  # no other is there: whatever became of the last one
        for point in event.points():
            if self._finger is None and point.state() is QEventPoint.State.Pressed:
                self._finger = point.id()
                self._hold.begin(Holder.TOUCH)
            elif point.id() == self._finger and point.state() is QEventPoint.State.Released:
                self._finger = None
                self._hold.end(Holder.TOUCH)


class SpaceUse(Enum):
    """What Space does."""

    TALK = "talk"
    NOTHING = "nothing"
    """It would talk, but cannot for now: no widget gets it either."""
    LETTER = "letter"
    """The focused widget gets it."""


class SpaceKey(QObject):
    """Watches a native window for Space and holds with it.

    The keys are met before any widget gets them, so that it does not matter which one has the focus.

    Args:
        hold: What Space holds.
        use: Asked at each first press what the key does until it is let go.
        parent: Who owns the watcher.
    """

    def __init__(self, hold: Hold, use: Callable[[], SpaceUse], parent: QObject) -> None:
        super().__init__(parent)
        self._key = HeldKey(hold, Holder.SPACE, self)
        self._ask_use = use
        self._use = SpaceUse.LETTER

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take presses and releases of Space that mean talking."""
        if event.type() not in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return False
        if not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Space:
            return False
        if event.type() is QEvent.Type.KeyRelease:
            self._key.release(event)
        elif not event.isAutoRepeat() and not self._key.is_down:
            is_plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
            self._use = self._ask_use() if is_plain else SpaceUse.LETTER
        if self._use is SpaceUse.TALK and event.type() is QEvent.Type.KeyPress:
            self._key.press(event)
        return self._use is not SpaceUse.LETTER
