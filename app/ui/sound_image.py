"""Turns two envelopes into one picture: bars for the microphone, a solid outline for the character.

The picture is 8 bit with a colour table, written by numpy in one go: a fraction of a millisecond where
drawing every bar takes several.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtGui import QColor, QImage

from app.ui.theme import blend

if TYPE_CHECKING:
    from numpy.typing import NDArray

BAR_PITCH = 6
"""Columns (logical pixels) from one bar to the next."""

_STEPS = 128
"""Shades of each of the two colours."""

_SMOOTHING = np.full(5, 0.2, np.float32)
_FLOOR = 0.001
"""The character's voice is drawn above this level only: its silence is no line."""


@dataclass(frozen=True, slots=True)
class Picture:
    """How sound is drawn.

    Attributes:
        width: Of the picture in device pixels.
        height: Of the picture in device pixels.
        ratio: Device pixels in a logical pixel.
        bar_width: Of a microphone bar in logical pixels.
    """

    width: int
    height: int
    ratio: float = 1.0
    bar_width: float = 2.0


def color_table(ground: QColor, microphone: QColor, character: QColor) -> list[int]:
    """Return 256 colours: `_STEPS` from the ground to the microphone's, then as many to the character's."""
    shades = [step / (_STEPS - 1) for step in range(_STEPS)]
    return [blend(ink, ground, shade).rgb() for ink in (microphone, character) for shade in shades]


def sound_image(
    picture: Picture,
    microphone: NDArray[np.float32],
    character: NDArray[np.float32],
    scrolled: int,
    table: list[int],
) -> QImage:
    """Draw the newest columns of both envelopes, the newest at the right edge.

    Args:
        picture: Size and shape.
        microphone: (2, columns) as in `Envelope.columns`.
        character: The same of the character's voice.
        scrolled: Columns that have ever scrolled in: keeps bars whole while they move.
        table: See `color_table`.
    """
    shades = shades_of(picture, microphone, character, scrolled)
    image = QImage(picture.width, picture.height, QImage.Format.Format_Indexed8)
    image.setColorTable(table)
    rows = np.frombuffer(image.bits(), np.uint8).reshape(picture.height, image.bytesPerLine())
    rows[:, : picture.width] = shades
    image.setDevicePixelRatio(picture.ratio)
    return image


def shades_of(
    picture: Picture, microphone: NDArray[np.float32], character: NDArray[np.float32], scrolled: int
) -> NDArray[np.uint8]:
    """Return the picture as indices into the colour table, shape (height, width)."""
    bars = _bars(picture, microphone, scrolled)
    if not character.any():
        return (bars * (_STEPS - 1)).astype(np.uint8)
    voice = _covered(picture, _outline(picture, character))
    is_bar = bars > voice
    steps = np.where(is_bar, bars, voice) * (_STEPS - 1)
    return np.where(is_bar, steps, steps + _STEPS).astype(np.uint8)


def _covered(picture: Picture, extent: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return how much of each pixel lies between the lower and upper edge of its column, 0 to 1."""
    middle = (picture.height - 1) / 2
    offset = middle - np.arange(picture.height, dtype=np.float32)[:, None]
    edge = np.where(offset > 0, extent[1], extent[0])
    covered: NDArray[np.float32] = np.clip(edge - np.abs(offset) + 0.5, 0, 1)
    return covered


def _bars(picture: Picture, columns: NDArray[np.float32], scrolled: int) -> NDArray[np.float32]:
    """Return how much of each pixel a bar covers; bars have round ends, silence leaves dots."""
    shift = scrolled % BAR_PITCH
    absolute = _places(picture, columns) + shift
    bar = np.floor(absolute / BAR_PITCH).astype(int)
    first = bar.min()
    louds = _per_bar(columns, first * BAR_PITCH - shift, bar.max() - first + 1)
    radius = picture.bar_width * picture.ratio / 2
    straight = np.maximum(_height(picture, louds)[:, bar - first] - radius, 0)
    across = np.abs(absolute - (bar + 0.5) * BAR_PITCH) * picture.ratio
    extent = straight + np.sqrt(np.clip(radius**2 - across**2, 0, None))
    covered: NDArray[np.float32] = _covered(picture, extent) * np.clip(radius - across + 0.5, 0, 1)
    return covered


def _per_bar(columns: NDArray[np.float32], start: int, count: int) -> NDArray[np.float32]:
    """Return the loudest (lower, upper) of each bar's columns; what lies outside is silent."""
    padded = np.zeros((2, count * BAR_PITCH), np.float32)
    low, high = max(start, 0), min(start + count * BAR_PITCH, columns.shape[1])
    padded[:, low - start : high - start] = columns[:, low:high]
    grouped: NDArray[np.float32] = np.abs(padded).reshape(2, count, BAR_PITCH).max(axis=2)
    return grouped


def _outline(picture: Picture, columns: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the smoothed half heights of a solid outline; silence leaves none."""
    smooth = [np.convolve(row, _SMOOTHING, "same") for row in np.abs(columns)]
    centers = np.arange(columns.shape[1]) + 0.5
    places = _places(picture, columns)
    levels = np.stack([np.interp(places, centers, row) for row in smooth])
    heights: NDArray[np.float32] = np.where(levels > _FLOOR, _height(picture, levels), -1)
    return heights


def _places(picture: Picture, columns: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return where in the columns the middle of each device pixel lies; the right edge is the newest end."""
    from_right = picture.width - 0.5 - np.arange(picture.width)
    places: NDArray[np.float64] = columns.shape[1] - from_right / picture.ratio
    return places


def _height(picture: Picture, level: NDArray[Any]) -> NDArray[np.float32]:
    """Map a level (0 to 1) to a half height; the square root lifts quiet speech into sight."""
    heights: NDArray[np.float32] = np.sqrt(np.clip(level, 0, 1)) * (picture.height / 2 - 1)
    return heights
