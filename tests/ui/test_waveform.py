"""The waveform moves while there is something to see, and only then."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.conversation.audio_tap import AudioTap
from app.conversation.state import Link, State
from app.core.settings import Looks
from app.estuary.voice_mode import VoiceState
from app.ui.appearance import Appearance
from app.ui.waveform import CALM_MS, Waveform
from tests.ui.open_window import settle, until

LOUD = np.where(np.arange(320) % 2, 20_000, -20_000).astype("<i2").tobytes()
SHAPES = [
    State(),
    State(link=Link.CONNECTING),
    State(link=Link.FAILED),
    State(link=Link.READY),
    State(link=Link.READY, is_muted=True, voice=VoiceState.MUTED),
    State(link=Link.READY, voice=VoiceState.LISTENING),
    State(link=Link.READY, voice=VoiceState.THINKING),
]


@pytest.fixture
def waveform(qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Waveform:
    monkeypatch.setenv("HERON_THEME", "light")
    waveform = Waveform(Appearance(qapp))
    qtbot.addWidget(waveform)
    waveform.resize(90, 48)
    waveform.show_state(State(link=Link.READY))
    waveform.show()
    return waveform


def colors(waveform: Waveform) -> set[str]:
    image = waveform.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.mark.asyncio
async def test_sound_moves_it_and_silence_stops_it(qtbot: QtBot, waveform: Waveform) -> None:
    moving = [waveform.is_moving]
    for _ in range(5):
        waveform.hear(AudioTap.MICROPHONE, LOUD)
    moving.append(waveform.is_moving)
    assert moving == [False, True]
    await until(lambda: len(colors(waveform)) > 3)
    await until(lambda: not waveform.is_moving)


@pytest.mark.asyncio
async def test_microphone_and_character_differ_in_colour(qtbot: QtBot, waveform: Waveform) -> None:
    theme = Appearance(QApplication.instance()).theme  # type: ignore[arg-type]
    waveform.show_state(State(link=Link.READY, voice=VoiceState.HEARING))
    waveform.hear(AudioTap.MICROPHONE, LOUD * 5)
    await until(lambda: theme.accent.name() in colors(waveform))
    assert theme.beak.name() not in colors(waveform)
    waveform.hear(AudioTap.CHARACTER, LOUD * 5)
    await until(lambda: theme.beak.name() in colors(waveform))


@pytest.mark.asyncio
async def test_hidden_it_rests(qtbot: QtBot, waveform: Waveform) -> None:
    moving = []
    changes: list[Callable[[], None]] = [lambda: None, waveform.hide, lambda: None, waveform.show]
    for change in changes:
        change()
        waveform.hear(AudioTap.MICROPHONE, LOUD)
        moving.append(waveform.is_moving)
    assert moving == [True, False, False, True]


@pytest.mark.asyncio
async def test_thinking_moves_by_itself_and_ends(qtbot: QtBot, waveform: Waveform) -> None:
    waveform.show_state(State(link=Link.READY, voice=VoiceState.THINKING))
    assert waveform.is_moving
    await asyncio.sleep(0.1)
    assert waveform.is_moving
    waveform.show_state(State(link=Link.READY))
    await until(lambda: not waveform.is_moving)


def test_every_activity_looks_different_even_without_colour(waveform: Waveform) -> None:
    pictures = []
    for state in SHAPES:
        waveform.show_state(state)
        image = waveform.grab().toImage()
        ground = image.pixelColor(0, 0)
        drawn = [
            image.pixelColor(x, y) != ground for y in range(image.height()) for x in range(image.width())
        ]
        pictures.append(tuple(drawn))
    idle, offline, listening = pictures[3], pictures[0], pictures[5]
    assert idle == offline == listening  # a row of dots at rest, in the colours of the activity
    assert len(set(pictures)) == len(SHAPES) - 2


@pytest.mark.asyncio
async def test_nothing_is_painted_while_idle(qtbot: QtBot, waveform: Waveform) -> None:
    await settle()
    count = 0
    paint = waveform.paintEvent

    def counted(event: object) -> None:
        nonlocal count
        count += 1
        paint(event)  # type: ignore[arg-type]

    waveform.paintEvent = counted  # type: ignore[method-assign, assignment]
    await asyncio.sleep(0.15)
    assert count == 0


@pytest.mark.asyncio
async def test_where_motion_is_not_wanted_a_bar_says_how_loud_it_is(
    qtbot: QtBot, waveform: Waveform, qapp: QApplication
) -> None:
    waveform._appearance.wear(Looks(motion="reduced"))
    theme = waveform._appearance.theme
    waveform.show_state(State(link=Link.READY, voice=VoiceState.HEARING))
    resting = waveform.grab().toImage()
    waveform.hear(AudioTap.MICROPHONE, LOUD * 10)
    assert waveform._timer.interval() == CALM_MS
    await until(lambda: _width_of_bar(waveform) > 0)
    middle = waveform.height() / 2
    assert all(abs(y - middle) < middle / 2 for _, y in loud_places(waveform, resting)), (
        "a flat bar, no picture"
    )
    widths = set()
    for _ in range(6):
        waveform.hear(AudioTap.MICROPHONE, LOUD * 5)
        await asyncio.sleep(0.05)
        widths.add(_width_of_bar(waveform))
    assert len(widths) <= 4, "it grows in few steps and does not move from side to side"
    waveform.hear(AudioTap.CHARACTER, LOUD * 10)
    await until(lambda: theme.beak.name() in colors(waveform))
    waveform.show_state(State(link=Link.READY))
    await until(lambda: not waveform.is_moving)
    assert theme.beak.name() not in colors(waveform)


@pytest.mark.asyncio
async def test_where_motion_is_not_wanted_thinking_stands_still(qtbot: QtBot, waveform: Waveform) -> None:
    thinking = State(link=Link.READY, voice=VoiceState.THINKING)
    waveform.show_state(thinking)
    assert waveform.is_moving
    waveform._appearance.wear(Looks(motion="reduced"))
    await until(lambda: not waveform.is_moving)
    still = waveform.grab().toImage()
    await asyncio.sleep(0.1)
    assert waveform.grab().toImage() == still
    assert len(colors(waveform)) > 1
    waveform._appearance.wear(Looks(motion="full"))
    assert waveform.is_moving


def loud_places(waveform: Waveform, resting: QImage) -> list[tuple[int, int]]:
    """Return where there is something that was not there at rest."""
    image = waveform.grab().toImage()
    places = [(x, y) for x in range(image.width()) for y in range(image.height())]
    return [at for at in places if image.pixelColor(*at) != resting.pixelColor(*at)]


def _width_of_bar(waveform: Waveform) -> int:
    image = waveform.grab().toImage()
    accent, middle = waveform._appearance.theme.accent, image.height() // 2 + 2
    return sum(image.pixelColor(x, middle) == accent for x in range(image.width()))
