"""A finger on the conversation: it moves the rows, flicks them, taps, and stays for the menu."""

from __future__ import annotations

import math
import time
from collections import deque

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QTimer, Signal
from PySide6.QtGui import QEventPoint, QGuiApplication, QTouchEvent
from PySide6.QtWidgets import QAbstractScrollArea

from app.ui.appearance import Appearance

_FRAME_MS = 16
_MOVES = 6
"""The last moves, from which the speed of a flick is told."""

_RECENT_S = 0.12
"""Seconds after which a move says nothing of the speed any more: a finger that rests does not flick."""

_SLOWING_S = 0.33
"""Seconds in which rows that glide lose all but a third of their speed."""

_LEAST_SPEED = 30.0
"""Logical pixels a second below which rows stand still."""


class Finger(QObject):
    """Takes what touches the rows, so that Qt makes no mouse of it that would select their words.

    Only the first finger counts. Its distance moves the rows, whatever is put in above or below meanwhile.

    Args:
        area: What is scrolled.
        appearance: Says whether rows may glide on.

    Signals:
        tapped: A short touch; its place in the viewport.
        held: A long one, still going on.
    """

    tapped = Signal(QPoint)
    held = Signal(QPoint)

    def __init__(self, area: QAbstractScrollArea, appearance: Appearance) -> None:
        super().__init__(area)
        self._area = area
        self._appearance = appearance
        self._finger: int | None = None
        self._began = QPointF()
        self._at = 0.0
        self._is_tap = False
        self._is_scrolling = False
        self._speed = 0.0
        self._rest = 0.0
        self._moved_at = 0.0
        self._moves: deque[tuple[float, float]] = deque(maxlen=_MOVES)
        self._hold = QTimer(self)
        self._hold.setSingleShot(True)
        self._hold.timeout.connect(self._stay)
        self._glide = QTimer(self)
        self._glide.setInterval(_FRAME_MS)
        self._glide.timeout.connect(self._go_on)

    @property
    def is_gliding(self) -> bool:
        """Whether rows move on after a flick."""
        return self._glide.isActive()

    def take(self, event: QTouchEvent) -> None:
        """Take what the fingers do."""
        event.accept()
        if event.type() is QEvent.Type.TouchCancel:
            self._leave()
            return
        if event.type() is QEvent.Type.TouchBegin:
            self._leave()  # no other finger is there: whatever became of the last one
        for point in event.points():
            if self._finger is None and point.state() is QEventPoint.State.Pressed:
                self._press(point)
            elif point.id() == self._finger:
                if point.state() is QEventPoint.State.Released:
                    self._release(point.position())
                else:
                    self._move(point.position())

    def _press(self, point: QEventPoint) -> None:
        hints = QGuiApplication.styleHints()
        self._finger, self._began, self._at = point.id(), point.position(), point.position().y()
        self._is_tap = not self.is_gliding  # a touch that stops the rows means nothing else
        self._glide.stop()
        self._is_scrolling = False
        self._moves.clear()
        self._hold.start(hints.mousePressAndHoldInterval())

    def _move(self, place: QPointF) -> None:
        if not self._is_scrolling:
            least = QGuiApplication.styleHints().startDragDistance()
            if (place - self._began).manhattanLength() < least:
                return
            self._hold.stop()
            self._is_scrolling, self._is_tap = True, False
            self._at, self._rest = place.y(), 0.0
            self._moves.append((time.monotonic(), place.y()))
            return
        self._moves.append((time.monotonic(), place.y()))
        self._scroll(self._at - place.y())
        self._at = place.y()

    def _release(self, place: QPointF) -> None:
        is_tap, was_scrolling = self._is_tap, self._is_scrolling
        self._finger = None
        self._hold.stop()
        self._is_scrolling = False
        if is_tap:
            self.tapped.emit(place.toPoint())
        elif was_scrolling and not self._appearance.is_still:
            self._speed = self._speed_of_flick()
            if abs(self._speed) >= _LEAST_SPEED:
                self._moved_at = time.monotonic()
                self._glide.start()

    def _leave(self) -> None:
        self._finger = None
        self._hold.stop()
        self._is_scrolling = False

    def _stay(self) -> None:
        self._is_tap = False
        self.held.emit(self._began.toPoint())

    def _speed_of_flick(self) -> float:
        """Return how fast the rows go, in logical pixels a second."""
        now = time.monotonic()
        recent = [(at, y) for at, y in self._moves if now - at < _RECENT_S]
        if len(recent) < 2:
            return 0.0
        (first, start), (last, end) = recent[0], recent[-1]
        return (start - end) / max(last - first, _FRAME_MS / 1000)

    def _go_on(self) -> None:
        now = time.monotonic()
        passed, self._moved_at = now - self._moved_at, now
        self._scroll(self._speed * passed)
        self._speed *= math.exp(-passed / _SLOWING_S)
        bar = self._area.verticalScrollBar()
        is_at_end = bar.value() == (bar.maximum() if self._speed > 0 else bar.minimum())
        if is_at_end or abs(self._speed) < _LEAST_SPEED:
            self._glide.stop()

    def _scroll(self, distance: float) -> None:
        bar = self._area.verticalScrollBar()
        whole = round(distance + self._rest)
        self._rest += distance - whole
        bar.setValue(bar.value() + whole)
