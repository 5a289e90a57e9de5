"""What a person chooses about the looks is seen at once, in every window that is open."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.conversation.line import Author
from app.conversation.state import Link, Notice, Severity
from app.core.settings import Looks, Profile
from app.estuary.voice_mode import VoiceMode
from app.ui.appearance import Appearance
from app.ui.diagnostics.diagnostics_window import DiagnosticsWindow
from app.ui.settings.pages import page_kinds
from app.ui.settings.settings_window import SettingsWindow
from app.ui.strip import Strip
from app.ui.theme import DARK, GAP_M, LIGHT, TextSize
from app.ui.window import Window
from tests.integration.sound_card import SoundCard
from tests.ui.legible import troubles
from tests.ui.open_window import opened, settle, until
from tests.ui.settings.at_desk import at_desk, gone


@pytest.fixture(autouse=True)
def no_override(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HERON_THEME", raising=False)


def test_the_theme_is_what_the_person_says_then_what_the_system_does(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    appearance = Appearance(qapp, looks=Looks(theme="dark"))
    assert appearance.theme is DARK
    told: list[object] = []
    appearance.changed.connect(lambda: told.append(appearance.theme))
    appearance.wear(Looks(theme="light"))
    assert appearance.theme is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window) == LIGHT.window
    appearance.wear(Looks(theme="light"))
    assert told == [LIGHT]
    monkeypatch.setenv("HERON_THEME", "dark")
    appearance.wear(Looks())
    assert appearance.theme is DARK


def test_text_that_was_set_once_grows_and_shrinks_again(qtbot: QtBot, qapp: QApplication) -> None:
    appearance = Appearance(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    label, plain = QLabel("Heron", window), QLabel("Heron", window)
    window.show()
    label.setFont(appearance.font(TextSize.TITLE))
    label.setFixedSize(40, 20)
    before = label.font().pointSizeF(), plain.font().pointSizeF(), appearance.em()
    appearance.wear(Looks(text_size=200))
    qapp.processEvents()
    assert label.font().pointSizeF() == pytest.approx(2 * before[0])
    assert plain.font().pointSizeF() == pytest.approx(2 * before[1])
    assert (label.width(), label.height()) == (80, 40)
    assert appearance.em() > 1.8 * before[2]
    appearance.wear(Looks())
    assert label.font().pointSizeF() == pytest.approx(before[0])
    assert (label.width(), label.height(), appearance.em()) == (40, 20, before[2])


def test_dense_things_stand_closer(qtbot: QtBot, qapp: QApplication) -> None:
    appearance = Appearance(qapp)
    assert appearance.gap(GAP_M) == GAP_M
    appearance.wear(Looks(density="compact"))
    assert appearance.gap(GAP_M) < GAP_M


@pytest.mark.asyncio
async def test_the_whole_window_looks_the_same_as_if_it_had_been_opened_so(
    qtbot: QtBot, qapp: QApplication
) -> None:
    qapp.setCursorFlashTime(0)
    looks = Looks(theme="dark", text_size=150, density="compact")
    async with opened(looks) as fresh:
        size = fresh.window.size()
        wanted = fresh.window.header.grab().toImage(), fresh.window.controls.grab().toImage()
    async with opened() as it:
        it.appearance.wear(looks)
        it.window.resize(size)
        await settle()
        assert it.window.header.grab().toImage() == wanted[0]
        assert it.window.controls.grab().toImage() == wanted[1]


@pytest.mark.asyncio
async def test_a_window_makes_room_for_larger_text(qtbot: QtBot) -> None:
    async with opened() as it:
        it.window.resize(it.window.minimumSizeHint())
        it.appearance.wear(Looks(text_size=200))
        await settle()
        assert it.window.width() >= it.window.minimumSizeHint().width()
        assert it.window.height() >= it.window.minimumSizeHint().height()


HOME = Profile("home-1", "Home", "server", "https://voice.a-rather-long-name.example.org:8443")
LONG = "The server at https://voice.example.org answers, but it does not know this key. Make a new one there."
REPLY = (
    "**Certainly.** Here is what I found:\n\n- a list with [a link](https://example.org/a/long/way)\n"
    "- and `some.code(that_is_rather_long)`\n\n```\nfor line in lines:\n    print(line.text, line.time)\n```"
)
SIZES = pytest.mark.parametrize(
    "looks",
    [
        Looks(theme="light", text_size=100),
        Looks(theme="dark", text_size=100, density="compact"),
        Looks(theme="dark", text_size=200),
        Looks(theme="light", text_size=200, density="compact"),
    ],
    ids=lambda looks: f"{looks.theme}-{looks.text_size}-{looks.density}",
)


@SIZES
@pytest.mark.asyncio
async def test_no_words_of_the_main_window_are_cut_or_covered(qtbot: QtBot, looks: Looks) -> None:
    async with opened(looks) as it:
        window = it.window
        window.resize(window.minimumSize())
        found: dict[str, list[str]] = {}

        async def look(view: str) -> None:
            await settle()
            if said := troubles(window, [window.chat._latest]):
                found[view] = said

        await look("welcome")
        it.conversation.change(link=Link.FAILED)
        await look("not connected")
        it.conversation.change(link=Link.READY, notice=Notice(LONG, Severity.ERROR, "a report"))
        await look("a notice with a report")
        it.conversation.change(notice=None, mode=VoiceMode.CONTINUOUS)
        it.conversation.say(Author.PERSON, LONG)
        it.conversation.say(Author.CHARACTER, REPLY, is_interrupted=True)
        it.conversation.say(Author.PERSON, "and what else", is_final=False)
        await look("lines")
        it.conversation.change(is_muted=True, mode=VoiceMode.PUSH_TO_TALK)
        await look("muted")
        window.chat.open_search()
        QTest.keyClicks(window.chat.search_bar.line, "line")
        await until(lambda: bool(window.chat.search_bar.count_text))
        await look("a search")
        window.chat.search_bar.close_search()
        window.chat.confirm_bar.ask(1, LONG)
        await look("a question")
        assert not found, _told(found)


@SIZES
@pytest.mark.asyncio
async def test_no_words_of_the_other_windows_are_cut_or_covered(
    qtbot: QtBot, qapp: QApplication, no_widgets_left_over: None, looks: Looks
) -> None:
    found: dict[str, list[str]] = {}
    with SoundCard() as card, card.applied():
        async with at_desk() as it:
            it.with_profiles(HOME, current="home-1")
            appearance = Appearance(qapp, looks=looks)
            main = Window(appearance, it.desk.bridge, desk=it.desk)
            settings = SettingsWindow(appearance, it.desk)
            diagnostics = DiagnosticsWindow(appearance, it.desk.bridge.diagnose)
            strip = Strip(appearance, it.desk.bridge, main.hold)
            strip.place()
            for window in (settings, diagnostics, strip):
                window.show()
                window.resize(window.minimumSizeHint().expandedTo(window.minimumSize()))
                await settle()
                for page in [kind.name for kind in page_kinds()] if window is settings else [""]:
                    if page:
                        settings.show_page(page)
                        settings.resize(settings.minimumSize())
                        await settle()
                    if said := troubles(window):
                        found[f"{type(window).__name__} {page}"] = said
                window.hide()
            for each in (strip, diagnostics, settings, main):
                await gone(each)
    assert not found, _told(found)


def _told(found: dict[str, list[str]]) -> str:
    return "\n".join(f"{view}: {said}" for view, all_said in found.items() for said in all_said)
