"""The languages: which one is spoken, what is written in it, and whether there is room for its words."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QDialogButtonBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.audio.devices import device_sentences
from app.audio.devices.direction import Direction
from app.conversation.line import Author, Line
from app.conversation.state import Link, State
from app.core.settings import Profile, setting_named
from app.core.settings.looks import SYSTEM
from app.core.translation import counted, decimal, speech
from app.ui.appearance import Appearance
from app.ui.chat.model import day_of, time_of
from app.ui.diagnostics.diagnostics_window import DiagnosticsWindow
from app.ui.header import Portrait
from app.ui.language import LANGUAGES, Language, language_for, locale_for
from app.ui.settings.page import Page
from app.ui.settings.pages import page_kinds
from app.ui.settings.settings_window import SettingsWindow
from app.ui.strip import Strip
from app.ui.theme import GAP_M
from tests.conversation.test_diagnosis import FULL
from tests.integration.sound_card import SoundCard
from tests.ui.open_window import Opened, opened, settle
from tests.ui.settings.at_desk import at_desk, gone

RTL = Qt.LayoutDirection.RightToLeft
HEBREW = "שלום, מה השעה עכשיו?"
HOME = Profile("home-1", "Zuhause", "server", "https://voice.a-rather-long-name.example.org:8443")
PAGES = [kind.name for kind in page_kinds() if kind.name != "character"]


@pytest.fixture(autouse=True)
def nothing_left_to_collect(no_widgets_left_over: None) -> Iterator[None]:
    """Free what a test leaves here, in the main thread: Qt goes through all widgets in another language."""
    yield
    gc.collect()


@pytest.fixture
def language(qapp: QApplication) -> Iterator[Language]:
    spoken = Language(qapp)
    yield spoken
    spoken.close()


@pytest.fixture
def german(language: Language) -> Language:
    assert language.speak("de")
    return language


@pytest.fixture
def mirrored(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(RTL)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.mark.parametrize(
    ("wanted", "system", "spoken"),
    [
        ("de", ["en-US"], "de"),
        ("en", ["de-DE"], "en"),
        (SYSTEM, ["de-AT", "de", "en"], "de"),
        (SYSTEM, ["fr-FR", "fr", "de-DE"], "de"),
        (SYSTEM, ["en-GB", "de"], "en"),
        (SYSTEM, ["fr"], "en"),
        (SYSTEM, ["C"], "en"),
        (SYSTEM, [], "en"),
    ],
)
def test_the_language_is_the_one_that_was_chosen_or_the_best_of_the_systems(
    wanted: str, system: list[str], spoken: str
) -> None:
    assert language_for(wanted, system) == spoken


def test_days_and_numbers_are_written_as_the_system_does_where_it_speaks_the_same_language() -> None:
    austrian, french = QLocale("de_AT"), QLocale("fr_FR")
    assert locale_for("de", "de", austrian) == austrian
    assert locale_for("de", "de", french) == QLocale("de")
    assert locale_for("en", SYSTEM, french) == french


def test_every_language_can_be_chosen_by_its_own_name() -> None:
    kind = setting_named("appearance.language")[1].kind
    offered = dict(getattr(kind, "options", ()))
    assert set(offered) == {SYSTEM, *LANGUAGES}
    for language in LANGUAGES:
        assert offered[language] == QLocale(language).nativeLanguageName().removeprefix("American ")


def test_german_is_spoken_above_and_below_qt_and_english_again_afterwards(language: Language) -> None:
    assert language.speak("de")
    assert not language.speak("de")
    assert language.spoken == speech().tag == "de"
    assert QCoreApplication.translate("SettingsWindow", "Settings") == "Einstellungen"
    assert device_sentences.nothing_found(Direction.INPUT).startswith("Kein Mikrofon gefunden.")
    assert decimal(1.5, 1) == "1,5"
    assert decimal(12345.0, 0) == "12345"
    assert language.speak("en")
    assert QCoreApplication.translate("SettingsWindow", "Settings") == "Settings"
    assert decimal(1.5, 1) == "1.5"
    language.close()
    assert speech().tag == "en"


@pytest.mark.parametrize(
    ("spoken", "one", "two"),
    [
        ("en", "1 message was written to a.md.", "2 messages were written to a.md."),
        ("de", "1 Nachricht wurde nach a.md geschrieben.", "2 Nachrichten wurden nach a.md geschrieben."),
    ],
)
def test_one_thing_is_not_called_many(language: Language, spoken: str, one: str, two: str) -> None:
    language.speak(spoken)
    told = [counted("Archive", "%n messages were written to {path}.", n) for n in (1, 2)]
    assert [text.format(path="a.md") for text in told] == [one, two]


def test_qts_own_words_are_german_too(german: Language, qtbot: QtBot) -> None:
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(box)
    assert box.buttons()[0].text() == "Abbrechen"
    line = QLineEdit("Wort")
    qtbot.addWidget(line)
    menu = line.createStandardContextMenu()
    assert "kopieren" in " ".join(action.text() for action in menu.actions()).lower().replace("&", "")
    menu.deleteLater()


def test_days_and_times_are_german(language: Language) -> None:
    line = Line(1, Author.PERSON, "Hallo", is_final=True, time=datetime(2026, 3, 1, 14, 5, tzinfo=UTC))
    language.speak("de")
    assert time_of(line) == "14:05"
    assert day_of(line, date(2026, 3, 1)) == "Heute"
    assert day_of(line, date(2026, 3, 2)) == "Gestern"
    assert day_of(line, date(2026, 3, 9)) == "Sonntag, 1. März 2026"


def test_a_translation_that_is_missing_leaves_english(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr("app.ui.language.resources", lambda: tmp_path)
    spoken = Language(qapp)
    try:
        assert spoken.speak("de")
        assert QCoreApplication.translate("SettingsWindow", "Settings") == "Settings"
        assert "heron_de" in caplog.text
    finally:
        spoken.close()


def cut(window: QWidget) -> list[str]:
    """Return the words of a window that have not the room they need."""
    found = []
    for widget in window.findChildren(QWidget):
        words = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
        if not widget.isVisible() or not words:
            continue
        left, right = (widget.mapTo(window, corner).x() for corner in (QPoint(), QPoint(widget.width(), 0)))
        if left < 0 or right > window.width():
            found.append(f"{words} is out of the window")
        if isinstance(widget, QLabel):
            least = widget.heightForWidth(widget.width()) if widget.wordWrap() else 0
            is_narrow = not widget.wordWrap() and widget.width() < widget.minimumSizeHint().width()
            if is_narrow or widget.height() < max(least, widget.fontMetrics().height()):
                found.append(words)
        elif isinstance(widget, QAbstractButton) and widget.width() < widget.minimumSizeHint().width():
            found.append(words)
    return found


def squeezed_placeholders(window: QWidget) -> list[str]:
    return [
        line.placeholderText()
        for line in window.findChildren(QLineEdit)
        if line.isVisible()
        and line.fontMetrics().horizontalAdvance(line.placeholderText()) > line.contentsRect().width()
    ]


STATES = [
    State(link=Link.STARTING),
    State(link=Link.READY, has_microphone=False),
    State(link=Link.FAILED),
    State(link=Link.READY),
    State(link=Link.READY, is_muted=True),
    State(link=Link.READY, is_recording=True),
]


@pytest.mark.asyncio
async def test_the_german_window_cuts_no_words_when_it_is_narrow(german: Language, qtbot: QtBot) -> None:
    async with opened() as it:
        it.window.resize(380, 560)
        for state in STATES:
            it.conversation.show(state)
            await settle()
            assert it.window.width() == 380
            assert cut(it.window) == [], state
            assert squeezed_placeholders(it.window) == [], state
            talk = it.window.controls.talk
            needed = talk.fontMetrics().horizontalAdvance(talk.text())
            assert needed < talk.width() - 70, talk.text()


@pytest.mark.asyncio
@pytest.mark.parametrize("name", PAGES)
async def test_the_german_settings_cut_no_words(
    german: Language, qtbot: QtBot, qapp: QApplication, name: str
) -> None:
    with SoundCard() as card, card.applied():
        async with at_desk() as it:
            it.with_profiles(HOME, current="home-1")
            window = SettingsWindow(Appearance(qapp), it.desk)
            window.resize(window.minimumSize())
            window.show()
            window.show_page(name)
            await settle()
            assert isinstance(window.page, Page)
            assert cut(window.page.viewport()) == []
            await gone(window)


def test_the_german_diagnostics_cut_no_words(german: Language, qtbot: QtBot, qapp: QApplication) -> None:
    window = DiagnosticsWindow(Appearance(qapp), lambda: FULL)
    qtbot.addWidget(window)
    window.resize(380, 500)
    window.show()
    qapp.processEvents()
    assert cut(window) == []
    assert window.values()["Lautsprecher"] == "Monitor, 48 kHz, 34 ms bis zum Ohr, geschlossen"
    assert "bereit" in window.values()["Server"]


@asynccontextmanager
async def mirrored_talk() -> AsyncIterator[Opened]:
    """Open the window, mirrored, on a conversation in Hebrew and English."""
    async with opened() as it:
        it.conversation.say(Author.PERSON, HEBREW)
        it.conversation.say(Author.CHARACTER, "It is noon, and all is well.")
        it.conversation.say(Author.CHARACTER, HEBREW)
        await settle()
        yield it


@pytest.mark.asyncio
@pytest.mark.usefixtures("mirrored")
async def test_from_right_to_left_bubbles_and_controls_change_sides(qtbot: QtBot) -> None:
    async with mirrored_talk() as it:
        chat, window = it.window.chat.list, it.window
        mine, reply = chat.delegate.row(0), chat.delegate.row(1)
        middle = chat.viewport().width() / 2
        assert mine.bubble.left() < chat.viewport().width() - mine.bubble.right()
        assert reply.bubble.right() > middle
        assert reply.portrait is not None
        assert reply.portrait.left() > reply.bubble.right()
        settings, mute, stop = window.header.settings, window.controls.mute, window.controls.stop
        assert settings.mapTo(window, QPoint()).x() < window.width() / 2
        (name,) = (label for label in window.header.findChildren(QLabel) if label.text() == "Heron")
        portrait = next(each for each in window.header.findChildren(QWidget) if isinstance(each, Portrait))
        assert 0 < portrait.x() - name.geometry().right() < 2 * GAP_M
        assert mute.mapTo(window, QPoint()).x() > stop.mapTo(window, QPoint()).x()
        window.chat.open_search()
        await settle()
        field, bar = window.chat.search_bar.line.geometry(), window.chat.search_bar
        assert bar.width() - field.right() > GAP_M
        assert cut(window) == []


@pytest.mark.asyncio
@pytest.mark.usefixtures("mirrored")
async def test_from_right_to_left_a_line_runs_in_the_direction_of_its_own_script(qtbot: QtBot) -> None:
    async with mirrored_talk() as it:
        delegate = it.window.chat.list.delegate
        directions = [delegate.row(at).words._document.begin().textDirection() for at in range(3)]
        assert directions == [RTL, Qt.LayoutDirection.LeftToRight, RTL]


@pytest.mark.asyncio
@pytest.mark.usefixtures("mirrored")
async def test_from_right_to_left_the_mouse_selects_what_it_is_on(qtbot: QtBot) -> None:
    async with mirrored_talk() as it:
        chat = it.window.chat.list
        for number, text in ((0, HEBREW), (1, "It is noon, and all is well.")):
            row = chat.delegate.row(number)
            origin = chat.visualRect(chat.model().index(number, 0)).topLeft()
            box = row.bubble.translated(origin).toRect()
            left, right = QPoint(box.left() + 3, box.center().y()), QPoint(box.right() - 3, box.center().y())
            QTest.mousePress(chat.viewport(), Qt.MouseButton.LeftButton, pos=left)
            QTest.mouseMove(chat.viewport(), right)
            QTest.mouseRelease(chat.viewport(), Qt.MouseButton.LeftButton, pos=right)
            assert chat.selected_text() == text
            await settle()


@pytest.mark.asyncio
@pytest.mark.usefixtures("mirrored")
async def test_from_right_to_left_the_strip_is_mirrored(qtbot: QtBot) -> None:
    async with mirrored_talk() as it:
        it.window.show_strip()
        await settle()
        (strip,) = (each for each in QApplication.topLevelWidgets() if isinstance(each, Strip))
        assert strip.expand.x() < strip.caption.x() < strip.waveform.x()
        it.window.show_whole()
