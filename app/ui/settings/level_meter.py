"""How loud the microphone is, as a bar that moves."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.audio.capture.recording import CLIPPED_DB, FLOOR_DB, QUIET_DB, Level
from app.ui.appearance import Appearance

_LEAST_DB = -60.0
"""Peak at which the bar is empty."""

_FRAME_MS = 33
"""Milliseconds between two pictures while something moves."""

_CALM_MS = 250
"""The same where motion is not wanted."""

_FALL_DB = 1.6
"""Decibels that the bar falls in `_FRAME_MS`."""

_PEAK_FALL_DB = 0.35
"""The same of the mark of the loudest moment."""


class LevelMeter(QWidget):
    """Rises at once and falls slowly; nothing is drawn while nothing moves."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._level_db = self._peak_db = self._shown_db = FLOOR_DB
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._move)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Microphone level"))
        appearance.changed.connect(self._redress)
        self._redress()

    @property
    def shown_db(self) -> float:
        """What the bar shows, in dB of full scale."""
        return self._shown_db

    @property
    def is_moving(self) -> bool:
        """Whether pictures are being drawn."""
        return self._clock.isActive()

    def hear(self, level: Level) -> None:
        """Show the level of 20 ms."""
        self._level_db = max(self._level_db, level.peak_db)
        if not self._clock.isActive() and self.isVisible() and self._level_db > _LEAST_DB:
            self._clock.start()

    def rest(self) -> None:
        """Show nothing any more."""
        self._level_db = self._peak_db = self._shown_db = FLOOR_DB
        self._clock.stop()
        self.update()

    def sizeHint(self) -> QSize:
        """Return a flat bar."""
        return QSize(self._appearance.em(10), self._appearance.em(0.7))

    def hideEvent(self, event: QHideEvent) -> None:
        """Draw nothing out of sight."""
        self.rest()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the groove, the level in it, and the mark of the loudest moment."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        box = QRectF(self.rect())
        groove = QPainterPath()
        groove.addRoundedRect(box, box.height() / 2, box.height() / 2)
        painter.setClipPath(groove)
        painter.fillRect(box, theme.border)
        is_clipped = self._peak_db >= CLIPPED_DB
        is_quiet = self._peak_db < QUIET_DB
        ink = theme.danger if is_clipped else theme.quiet if is_quiet else theme.accent
        painter.fillRect(QRectF(0, 0, box.width() * _share(self._shown_db), box.height()), ink)
        if (peak := _share(self._peak_db)) > 0:
            painter.fillRect(QRectF(box.width() * peak - 3, 0, 3, box.height()), theme.text)

    def _redress(self) -> None:
        self._clock.setInterval(_CALM_MS if self._appearance.is_still else _FRAME_MS)
        self.updateGeometry()

    def _move(self) -> None:
        pictures = self._clock.interval() / _FRAME_MS
        self._shown_db = max(self._level_db, self._shown_db - _FALL_DB * pictures)
        self._peak_db = max(self._shown_db, self._peak_db - _PEAK_FALL_DB * pictures)
        self._level_db = FLOOR_DB
        if self._peak_db <= _LEAST_DB:
            self._clock.stop()
        self.update()


def _share(level_db: float) -> float:
    """Return how much of the bar a level fills, in 0..1."""
    return min(1.0, max(0.0, 1 - level_db / _LEAST_DB))
