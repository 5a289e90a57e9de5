"""The picture of known sounds, pixel by pixel."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.ui.sound_image import BAR_PITCH, Picture, color_table, shades_of, sound_image

SILENCE = np.zeros((2, 120), np.float32)
PICTURE = Picture(width=120, height=41)


def loud(level: float, count: int) -> NDArray[np.float32]:
    columns = SILENCE.copy()
    columns[0, -count:], columns[1, -count:] = -level, level
    return columns


def heights(shades: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Return how many pixels of each column are drawn."""
    is_drawn = np.where(shades >= 128, shades - 128, shades) > 64
    counts: NDArray[np.int64] = is_drawn.sum(axis=0)
    return counts


def test_a_loud_microphone_is_a_row_of_full_bars_at_the_right() -> None:
    drawn = heights(shades_of(PICTURE, loud(1.0, 30), SILENCE, 0))
    bars = drawn.reshape(-1, BAR_PITCH).max(axis=1)
    assert (bars[-5:] >= 37).all()
    assert (bars[:-6] <= 3).all()
    assert (drawn.reshape(-1, BAR_PITCH).min(axis=1) == 0).all()


def test_the_character_is_one_solid_outline() -> None:
    shades = shades_of(PICTURE, SILENCE, loud(1.0, 30), 0)
    drawn = heights(shades)
    assert (drawn[-25:-3] >= 37).all()
    assert (shades[20, -25:] >= 128).all()


def test_louder_is_higher() -> None:
    peaks = [heights(shades_of(PICTURE, loud(level, 40), SILENCE, 0)).max() for level in (0, 0.05, 0.3, 1)]
    assert peaks == sorted(set(peaks))


def test_bars_move_as_a_whole() -> None:
    """A column more to the left, and what stood there stands one pixel further left."""
    rng = np.random.default_rng(1)
    sound = rng.random((2, 400), np.float32)
    before = shades_of(PICTURE, sound[:, 100:300], SILENCE[:, :1].repeat(200, 1), 300)
    after = shades_of(PICTURE, sound[:, 101:301], SILENCE[:, :1].repeat(200, 1), 301)
    assert np.array_equal(before[:, 7:-6], after[:, 6:-7])


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0, 3.0])
def test_it_fills_any_screen(qtbot: QtBot, ratio: float) -> None:
    picture = Picture(round(101 * ratio), round(33 * ratio), ratio)
    table = color_table(QColor("white"), QColor("blue"), QColor("orange"))
    image = sound_image(picture, loud(0.5, 60), loud(0.2, 20), 7, table)
    assert (image.width(), image.height()) == (picture.width, picture.height)
    assert image.devicePixelRatio() == ratio
    colors = {image.pixelColor(x, image.height() // 2).name() for x in range(image.width())}
    assert {"#ffffff", "#0000ff"} <= colors


def test_a_picture_wider_than_the_memory_is_silent_there() -> None:
    drawn = heights(shades_of(Picture(500, 41), loud(1.0, 120), SILENCE, 0))
    assert drawn[:370].max() <= 3
