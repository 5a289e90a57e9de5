"""Fingers on a touch screen that is none: Qt gets what it gets from a real one."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtGui import QPointingDevice, QTouchEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


@cache
def touch_screen() -> QPointingDevice:
    """Return the touch screen, plugged in when it is first used."""
    return QTest.createTouchDevice()


class Fingers:
    """Fingers that begin on a widget, in its own coordinates; each has a number."""

    def __init__(self, widget: QWidget) -> None:
        self._widget = widget
        self._down: dict[int, QPoint] = {}
        self._touches = QTest.touchEvent(widget, touch_screen(), False)

    def press(self, place: QPoint, finger: int = 0) -> None:
        """Put a finger down."""
        self._touches.press(finger, place, self._widget)
        self._send(finger)
        self._down[finger] = place

    def move(self, place: QPoint, finger: int = 0) -> None:
        """Move it."""
        self._touches.move(finger, place, self._widget)
        self._send(finger)
        self._down[finger] = place

    def release(self, place: QPoint, finger: int = 0) -> None:
        """Lift it."""
        self._touches.release(finger, place, self._widget)
        self._send(finger)
        del self._down[finger]

    def tap(self, place: QPoint) -> None:
        """Put a finger down and lift it."""
        self.press(place)
        self.release(place)

    def cancel(self) -> None:
        """Take all fingers away as a system does that has a use of its own for them."""
        QCoreApplication.sendEvent(self._widget, QTouchEvent(QEvent.Type.TouchCancel, touch_screen()))
        for finger, place in list(self._down.items()):  # the screen itself knows nothing of it
            self.release(place, finger)

    def _send(self, finger: int) -> None:
        # One that rests is sent as moved to where it is: what Qt makes of `stationary` here is a new press.
        for other in self._down.keys() - {finger}:
            self._touches.move(other, self._down[other], self._widget)
        self._touches.commit(False)
