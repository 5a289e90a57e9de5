"""The window in another language: made anew where it stands, while the conversation goes on."""

from __future__ import annotations

import gc
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QRect, Qt, QTimer
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.conversation.line import Author
from app.conversation.state import Link, Notice, Severity
from app.core.settings import Looks, SettingsStore
from app.ui import application
from app.ui.appearance import Appearance
from app.ui.bridge import Bridge
from app.ui.language import Language
from app.ui.settings.desk import Desk
from app.ui.settings.page import Page
from app.ui.settings.settings_window import SettingsWindow
from app.ui.stage import Stage
from app.ui.strip import Strip
from app.ui.window import Window
from tests.ui.open_window import settle, until
from tests.ui.settings.at_desk import Drawer
from tests.ui.stand_in import StandIn


@pytest.fixture(autouse=True)
def nothing_left_to_collect(no_widgets_left_over: None) -> Iterator[None]:
    """Free what a test leaves here, in the main thread."""
    yield
    gc.collect()


@dataclass
class Staged:
    stage: Stage
    bridge: Bridge
    conversation: StandIn
    desk: Desk
    drawer: Drawer
    language: Language


@asynccontextmanager
async def staged() -> AsyncIterator[Staged]:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    bridge, conversation, store, drawer = Bridge(), StandIn(), SettingsStore(), Drawer()
    language, appearance, desk = Language(app), Appearance(app), Desk(store, drawer, bridge)
    language.speak("en")
    stage = Stage(lambda: Window(appearance, bridge, None, desk), bridge)
    stage.show()
    bridge.attach(conversation)
    try:
        await until(lambda: conversation.state.link is Link.READY)
        yield Staged(stage, bridge, conversation, desk, drawer, language)
    finally:
        stage.close()
        await desk.close()
        await bridge.close()
        stage.clear()
        language.close()
        await settle()


def windows(kind: type[QWidget]) -> list[QWidget]:
    return [window for window in QApplication.topLevelWidgets() if isinstance(window, kind)]


async def renewed(it: Staged) -> Window:
    it.language.speak("de")
    it.stage.renew()
    await settle()
    return it.stage.window


@pytest.mark.asyncio
async def test_the_conversation_goes_on_in_the_other_language(qtbot: QtBot) -> None:
    async with staged() as it:
        before = it.stage.window
        before.setGeometry(40, 30, 500, 640)
        it.conversation.say(Author.PERSON, "What time is it?")
        it.conversation.change(notice=Notice("The sound system has stopped.", Severity.WARNING))
        before.controls.text.line.setText("half a sen")
        window = await renewed(it)
        assert windows(Window) == [window]
        assert window.isVisible()
        assert window.geometry() == QRect(40, 30, 500, 640)
        assert window.header.status_text == "Bereit"
        assert window.chat.list.texts() == ["What time is it?"]
        assert window.notice_bar.text == "The sound system has stopped."
        assert window.controls.text.line.text() == "half a sen"
        it.conversation.say(Author.CHARACTER, "It is noon.")
        await until(lambda: "It is noon." in window.chat.list.texts())
        window.controls.mute.click()
        assert it.conversation.calls.count("mute") == 1


@pytest.mark.asyncio
async def test_what_the_person_closes_is_the_window_that_is_there(qtbot: QtBot) -> None:
    async with staged() as it:
        closed: list[bool] = []
        it.stage.closed.connect(lambda: closed.append(True))
        await renewed(it)
        assert closed == []
        it.stage.close()
        assert closed == [True]


@pytest.mark.asyncio
async def test_the_settings_stay_open_at_the_same_setting(qtbot: QtBot) -> None:
    async with staged() as it:
        it.stage.window.show_settings()
        await until(lambda: bool(windows(SettingsWindow)))
        (settings,) = windows(SettingsWindow)
        assert isinstance(settings, SettingsWindow)
        settings.show_page("appearance")
        settings.activateWindow()
        await until(settings.isActiveWindow)
        assert isinstance(settings.page, Page)
        settings.page.rows[0].editor.focused.setFocus(Qt.FocusReason.TabFocusReason)
        await renewed(it)
        await until(lambda: len(windows(SettingsWindow)) == 1)
        (anew,) = windows(SettingsWindow)
        assert isinstance(anew, SettingsWindow)
        assert anew is not settings
        assert anew.isVisible()
        assert anew.windowTitle() == "Einstellungen"
        assert anew.list.currentItem().text() == "Aussehen"
        assert isinstance(anew.page, Page)
        focused = anew.focusWidget()
        assert focused is not None
        assert anew.page.rows[0].isAncestorOf(focused)


@pytest.mark.asyncio
async def test_settings_that_wait_for_the_keyring_go_once_it_has_answered(qtbot: QtBot) -> None:
    async with staged() as it:
        it.stage.window.show_settings()
        await until(lambda: bool(windows(SettingsWindow)))
        asking = it.desk.do(it.drawer.unlocked.wait(), "ask the keyring")  # type: ignore[arg-type]
        await renewed(it)
        assert len(windows(SettingsWindow)) == 2
        assert [window.isVisible() for window in windows(SettingsWindow)].count(True) == 1
        it.drawer.unlocked.set()
        await asking
        await until(lambda: len(windows(SettingsWindow)) == 1)
        assert it.stage.window.notice_bar.text == ""


@pytest.mark.asyncio
async def test_a_strip_stays_a_strip_where_it_is(qtbot: QtBot) -> None:
    async with staged() as it:
        it.stage.window.show_strip()
        (strip,) = windows(Strip)
        strip.move(25, 35)
        await settle()
        window = await renewed(it)
        (anew,) = windows(Strip)
        assert anew is not strip
        assert anew.isVisible()
        assert (anew.x(), anew.y()) == (25, 35)
        assert not window.isVisible()


@pytest.mark.asyncio
async def test_diagnostics_stay_open(qtbot: QtBot) -> None:
    async with staged() as it:
        it.stage.window.show_diagnostics()
        window = await renewed(it)
        titles = [each.windowTitle() for each in window.findChildren(QWidget) if each.isWindow()]
        assert titles == ["Diagnose"]


class Choosing(StandIn):
    """Opens the settings and chooses a language, as a person does."""

    def __init__(self, then: Callable[[], None]) -> None:
        super().__init__()
        self._then = then

    async def start(self) -> None:
        await super().start()
        QTimer.singleShot(20, self._then)


def test_a_click_on_a_language_is_in_effect_at_once_and_kept(qtbot: QtBot) -> None:
    seen: list[str] = []
    store = SettingsStore()
    store.update(Looks, language="en")

    def open_settings() -> None:
        window = shown()
        seen.append(window.header.status_text)
        window.show_settings()
        later(lambda: any(each.isVisible() for each in windows(SettingsWindow)), choose)

    def choose() -> None:
        (settings,) = windows(SettingsWindow)
        assert isinstance(settings, SettingsWindow)
        settings.show_page("appearance")
        (german,) = [each for each in settings.findChildren(QAbstractButton) if each.text() == "Deutsch"]
        german.click()
        later(lambda: shown().header.status_text != seen[0], close)

    def close() -> None:
        seen.append(shown().header.status_text)
        seen.extend(each.windowTitle() for each in windows(SettingsWindow) if each.isVisible())
        shown().close()

    conversation = Choosing(open_settings)
    assert application.run(lambda: conversation, store, Drawer()) == 0
    assert seen == ["Ready", "Bereit", "Einstellungen"]
    assert conversation.calls == ["start", "stop"]
    kept = SettingsStore()
    kept.load()
    assert kept.current.appearance.language == "de"


def shown() -> Window:
    return next(each for each in windows(Window) if each.isVisible())  # type: ignore[return-value]


def later(is_so: Callable[[], bool], then: Callable[[], None]) -> None:
    """Do something once it is so."""
    QTimer.singleShot(10, lambda: then() if is_so() else later(is_so, then))
