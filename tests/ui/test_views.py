"""Every view in both themes: it is drawn, nothing in it is cut or covered, and its picture is kept.

The pictures go to the folder that ``HERON_PICTURES`` names, or to the test's own. Those of the README are
made by ``python -m tests.pictures``, with the whole program.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.conversation.line import Author
from app.conversation.state import Link, Notice, Severity
from app.core.settings import Looks
from app.estuary.voice_mode import VoiceMode, VoiceState
from app.ui.appearance import Appearance
from app.ui.application import _icon
from app.ui.diagnostics.diagnostics_window import DiagnosticsWindow
from app.ui.settings.pages import page_kinds
from app.ui.settings.settings_window import SettingsWindow
from app.ui.strip import Strip
from app.ui.window import Window
from tests.conversation.test_diagnosis import FULL
from tests.integration.sound_card import SoundCard
from tests.ui.legible import troubles
from tests.ui.open_window import settle, until
from tests.ui.settings.at_desk import AtDesk, at_desk, gone

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("no_widgets_left_over")]

THEMES = pytest.mark.parametrize("theme", ["light", "dark"])

COLORS = 24
"""Colours that a picture with words in it has at least, edges of letters included."""

GROUND = 0.97
"""Largest part of a picture that one colour may take."""

REPLY = (
    "Here is **what I found**:\n\n- a list with [a link](https://example.org/)\n- and `some.code()`\n\n"
    "```\nfor line in lines:\n    print(line)\n```"
)


@dataclass
class Album:
    """Takes pictures, and notes what is wrong with them."""

    folder: Path
    said: list[str]

    async def take(self, name: str, window: QWidget, *, floating: tuple[QWidget, ...] = ()) -> None:
        """Keep the picture of a window as it is now."""
        await settle()
        path = self.folder / f"{name}.png"
        image = window.grab().toImage()
        assert image.save(str(path))
        self.said += [f"{name}: {trouble}" for trouble in (*troubles(window, floating), *blank(image))]


@pytest.fixture
def album(theme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Album:
    monkeypatch.delenv("HERON_THEME", raising=False)
    kept = os.environ.get("HERON_PICTURES")
    folder = (Path(kept) if kept else tmp_path) / theme
    folder.mkdir(parents=True, exist_ok=True)
    return Album(folder, [])


@THEMES
async def test_the_window(qtbot: QtBot, qapp: QApplication, theme: str, album: Album) -> None:
    async with at_desk() as it:
        window = Window(Appearance(qapp, looks=Looks(theme=theme)), it.desk.bridge, _icon(), it.desk)
        window.show_state(it.conversation.state)
        window.show()
        for name, change in states(it).items():
            change()
            await album.take(f"window-{name}", window, floating=(window.chat._latest,))
        window.chat.open_search()
        QTest.keyClicks(window.chat.search_bar.line, "line")
        await until(lambda: bool(window.chat.search_bar.count_text))
        await album.take("search", window, floating=(window.chat._latest,))
        window.chat.search_bar.close_search()
        window.chat.confirm_bar.ask(1, "What did you find?")
        await album.take("question", window, floating=(window.chat._latest,))
        await gone(window)
    assert album.said == []


@THEMES
async def test_the_first_steps(qtbot: QtBot, qapp: QApplication, theme: str, album: Album) -> None:
    with SoundCard() as card, card.applied():
        async with at_desk() as it:
            window = Window(Appearance(qapp, looks=Looks(theme=theme)), it.desk.bridge, _icon(), it.desk)
            window.show_state(it.conversation.state)
            window.show()
            window.show_first_steps()
            await until(lambda: window._first_run is not None, 10)
            steps = window._first_run
            assert steps is not None
            for number in (1, 2, 3):
                await album.take(f"first-step-{number}", window)
                if number < 3:
                    steps.next.click()
            steps.end()
            await gone(window)
    assert album.said == []


@THEMES
async def test_the_other_windows(qtbot: QtBot, qapp: QApplication, theme: str, album: Album) -> None:
    with SoundCard() as card, card.applied():
        async with at_desk() as it:
            appearance = Appearance(qapp, looks=Looks(theme=theme))
            it.conversation.say(Author.PERSON, "How many miles are twenty kilometers?")
            it.conversation.found = FULL
            main = Window(appearance, it.desk.bridge, _icon(), it.desk)
            settings = SettingsWindow(appearance, it.desk)
            settings.show()
            for kind in page_kinds():
                settings.show_page(kind.name)
                await album.take(f"settings-{kind.name}", settings)
            settings.hide()
            diagnostics = DiagnosticsWindow(appearance, it.desk.bridge.diagnose)
            strip = Strip(appearance, it.desk.bridge, main.hold)
            strip.place()
            others: dict[str, QWidget] = {"diagnostics": diagnostics, "strip": strip}
            for name, other in others.items():
                other.show()
                await album.take(name, other)
                other.hide()
            for window in (strip, diagnostics, settings, main):
                await gone(window)
    assert album.said == []


async def test_an_empty_picture_is_noticed(qtbot: QtBot) -> None:
    image = QImage(200, 100, QImage.Format.Format_RGB32)
    image.fill(0xFFF2F5F6)
    assert blank(image) == ["it has 1 colours", "100 % of it are one colour"]


def states(it: AtDesk) -> dict[str, Callable[[], None]]:
    """Return what the window shows, in the order in which it comes to that."""
    conversation = it.conversation

    def lines() -> None:
        conversation.change(notice=None, voice=VoiceState.HEARING, is_recording=True, is_microphone_open=True)
        conversation.say(Author.PERSON, "What did you find?")
        conversation.say(Author.CHARACTER, REPLY)
        conversation.say(Author.CHARACTER, "There is one more line", is_interrupted=True)
        conversation.say(Author.PERSON, "and what el", is_final=False)

    return {
        "starting": lambda: conversation.change(link=Link.STARTING),
        "welcome": lambda: conversation.change(link=Link.READY),
        "continuous": lambda: conversation.change(mode=VoiceMode.CONTINUOUS, voice=VoiceState.LISTENING),
        "failed": lambda: conversation.change(
            link=Link.FAILED,
            mode=VoiceMode.PUSH_TO_TALK,
            voice=VoiceState.IDLE,
            notice=Notice("No server answers there. Check the address.", Severity.ERROR, "a report"),
        ),
        "thinking": lambda: conversation.change(link=Link.READY, notice=None, voice=VoiceState.THINKING),
        "lines": lines,
        "muted": lambda: conversation.change(is_recording=False, voice=VoiceState.MUTED, is_muted=True),
    }


def blank(image: QImage) -> list[str]:
    """Return what makes a picture look empty."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(image.constBits(), np.uint32)
    colors, counts = np.unique(pixels, return_counts=True)
    part = counts.max() / pixels.size
    return [
        *([f"it has {colors.size} colours"] if colors.size < COLORS else []),
        *([f"{100 * part:.0f} % of it are one colour"] if part > GROUND else []),
    ]
