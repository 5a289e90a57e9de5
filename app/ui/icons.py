"""Heron's icons: strokes on a grid of 24 units, sharp at every size and in any colour."""

from __future__ import annotations

import math
from collections.abc import Callable
from enum import Enum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen

_GRID = 24.0
_STROKE = 1.9
_TEETH = 8
_SLASH = QPointF(4, 3.5), QPointF(20, 20.5)


class Icon(Enum):
    """What an icon says."""

    MIC = "mic"
    MIC_OFF = "mic-off"
    SEND = "send"
    STOP = "stop"
    CLOSE = "close"
    RETRY = "retry"
    DOWN = "down"
    UP = "up"
    PLAY = "play"
    INFO = "info"
    WARNING = "warning"
    WAVES = "waves"
    EXPAND = "expand"
    SHRINK = "shrink"
    SETTINGS = "settings"
    SPEAKER = "speaker"
    SPEAKER_OFF = "speaker-off"
    COMPUTER = "computer"
    CLOUD = "cloud"


def paint_icon(painter: QPainter, icon: Icon, box: QRectF, color: QColor) -> None:
    """Draw `icon` into the square `box` in one colour."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(box.topLeft())
    painter.scale(box.width() / _GRID, box.height() / _GRID)
    pen = QPen(color, _STROKE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    strokes = _STROKES[icon]()
    if icon in _CROSSED_OUT:
        painter.drawLine(*_SLASH)
        painter.setClipPath(_beside_slash())
    painter.drawPath(strokes)
    if icon is Icon.STOP:
        painter.fillPath(strokes, color)
    painter.restore()


def _lines(path: QPainterPath, *points: tuple[float, float]) -> None:
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)


def _mic() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(9, 3, 6, 11), 3, 3)
    path.arcMoveTo(QRectF(5.5, 5, 13, 13), 180)
    path.arcTo(QRectF(5.5, 5, 13, 13), 180, 180)
    _lines(path, (12, 18), (12, 21))
    return path


def _beside_slash() -> QPainterPath:
    """Return all of the grid but a band to the right of the slash, so that the slash stands out."""
    along = (_SLASH[1] - _SLASH[0]) / 4
    aside = QPointF(along.y(), -along.x()) * 0.55
    start, end = _SLASH[0] - along, _SLASH[1] + along
    band = QPainterPath(start)
    for corner in (end, end + aside, start + aside):
        band.lineTo(corner)
    band.closeSubpath()
    grid = QPainterPath()
    grid.addRect(QRectF(0, 0, _GRID, _GRID))
    return grid.subtracted(band)


def _stop() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(7, 7, 10, 10), 2, 2)
    return path


def _close() -> QPainterPath:
    path = QPainterPath()
    _lines(path, (6.5, 6.5), (17.5, 17.5))
    _lines(path, (17.5, 6.5), (6.5, 17.5))
    return path


def _retry() -> QPainterPath:
    path = QPainterPath()
    box = QRectF(5, 5, 14, 14)
    path.arcMoveTo(box, 60)
    path.arcTo(box, 60, 295)
    _lines(path, (19.5, 4.5), (19, 9.2), (14.4, 8.6))
    return path


def _down() -> QPainterPath:
    path = QPainterPath()
    _lines(path, (12, 4.5), (12, 19))
    _lines(path, (5.5, 13), (12, 19.5), (18.5, 13))
    return path


def _up() -> QPainterPath:
    path = QPainterPath()
    _lines(path, (12, 19.5), (12, 5))
    _lines(path, (5.5, 11), (12, 4.5), (18.5, 11))
    return path


def _play() -> QPainterPath:
    path = QPainterPath()
    _lines(path, (7.5, 4.5), (19, 12), (7.5, 19.5))
    path.closeSubpath()
    return path


def _info() -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(QPointF(12, 12), 9, 9)
    _lines(path, (12, 11.2), (12, 16.5))
    _lines(path, (12, 7.6), (12, 7.7))
    return path


def _warning() -> QPainterPath:
    path = QPainterPath()
    _lines(path, (12, 3.5), (21.5, 20), (2.5, 20))
    path.closeSubpath()
    _lines(path, (12, 9.8), (12, 14.2))
    _lines(path, (12, 17), (12, 17.1))
    return path


def _waves() -> QPainterPath:
    path = QPainterPath()
    for x, half in ((4, 2.0), (8, 5.5), (12, 8.5), (16, 5.0), (20, 2.0)):
        _lines(path, (x, 12 - half), (x, 12 + half))
    return path


def _expand() -> QPainterPath:
    path = QPainterPath()
    _lines(path, (14, 4.5), (19.5, 4.5), (19.5, 10))
    _lines(path, (19.5, 4.5), (13.5, 10.5))
    _lines(path, (10, 19.5), (4.5, 19.5), (4.5, 14))
    _lines(path, (4.5, 19.5), (10.5, 13.5))
    return path


def _shrink() -> QPainterPath:
    path = QPainterPath()
    _lines(path, (13.5, 5), (13.5, 10.5), (19, 10.5))
    _lines(path, (13.5, 10.5), (19.5, 4.5))
    _lines(path, (10.5, 19), (10.5, 13.5), (5, 13.5))
    _lines(path, (10.5, 13.5), (4.5, 19.5))
    return path


def _speaker() -> QPainterPath:
    path = QPainterPath()
    _lines(path, (3.5, 9.5), (7, 9.5), (11.5, 5.5), (11.5, 18.5), (7, 14.5), (3.5, 14.5))
    path.closeSubpath()
    for radius in (3.5, 7.5):
        box = QRectF(12 - radius, 12 - radius, 2 * radius, 2 * radius).translated(2, 0)
        path.arcMoveTo(box, -42)
        path.arcTo(box, -42, 84)
    return path


def _settings() -> QPainterPath:
    """Return a cog: teeth around a hole."""
    path = QPainterPath()
    corners = []
    for tooth in range(_TEETH):
        for at, radius in ((-0.34, 7.0), (-0.2, 9.3), (0.2, 9.3), (0.34, 7.0)):
            angle = (tooth + at) * math.tau / _TEETH
            corners.append((12 + radius * math.sin(angle), 12 - radius * math.cos(angle)))
    _lines(path, *corners)
    path.closeSubpath()
    path.addEllipse(QPointF(12, 12), 3.1, 3.1)
    return path


def _computer() -> QPainterPath:
    path = QPainterPath()
    path.addRoundedRect(QRectF(2.5, 4, 19, 13), 2, 2)
    _lines(path, (12, 17), (12, 20.5))
    _lines(path, (8, 20.5), (16, 20.5))
    return path


def _cloud() -> QPainterPath:
    path = QPainterPath(QPointF(7, 18.5))
    path.cubicTo(4.2, 18.5, 2.5, 16.6, 2.5, 14.3)
    path.cubicTo(2.5, 12.1, 4.2, 10.4, 6.3, 10.2)
    path.cubicTo(6.8, 7.2, 9.2, 5.5, 12, 5.5)
    path.cubicTo(15.2, 5.5, 17.6, 7.8, 17.9, 10.6)
    path.cubicTo(20, 10.8, 21.5, 12.4, 21.5, 14.5)
    path.cubicTo(21.5, 16.7, 19.8, 18.5, 17.5, 18.5)
    path.closeSubpath()
    return path


_STROKES: dict[Icon, Callable[[], QPainterPath]] = {
    Icon.MIC: _mic,
    Icon.MIC_OFF: _mic,
    Icon.SEND: _up,
    Icon.STOP: _stop,
    Icon.CLOSE: _close,
    Icon.RETRY: _retry,
    Icon.DOWN: _down,
    Icon.UP: _up,
    Icon.PLAY: _play,
    Icon.INFO: _info,
    Icon.WARNING: _warning,
    Icon.WAVES: _waves,
    Icon.EXPAND: _expand,
    Icon.SHRINK: _shrink,
    Icon.SETTINGS: _settings,
    Icon.SPEAKER: _speaker,
    Icon.SPEAKER_OFF: _speaker,
    Icon.COMPUTER: _computer,
    Icon.CLOUD: _cloud,
}

_CROSSED_OUT = frozenset({Icon.MIC_OFF, Icon.SPEAKER_OFF})
