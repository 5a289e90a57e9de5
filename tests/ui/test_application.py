"""The program around the window: it starts, it ends, and it says what went wrong."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QPalette, QShowEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.settings import Desktop, Looks, SettingsStore
from app.core.settings.first_steps import DONE
from app.desktop.control_client import ask
from app.desktop.control_message import Answer
from app.desktop.instance import Instance
from app.ui import application
from app.ui.theme import DARK, LIGHT
from app.ui.window import Window
from tests.ui.stand_in import StandIn

pytestmark = pytest.mark.usefixtures("no_widgets_left_over")


def window() -> Window:
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, Window) and w.isVisible())


def close() -> None:
    window().close()


class Acting(StandIn):
    """Does something once it has started."""

    def __init__(self, act: Callable[[], None]) -> None:
        super().__init__()
        self._act = act

    async def start(self) -> None:
        await super().start()
        asyncio.get_running_loop().call_later(0.02, self._act)


def run(act: Callable[[], None]) -> Acting:
    conversation = Acting(act)
    assert application.run(lambda: conversation) == 0
    assert conversation.calls == ["start", "stop"]
    assert conversation.listener_count == 0
    return conversation


def test_closing_the_window_ends_everything_once(qtbot: QtBot) -> None:
    run(close)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_ends_everything_once(qtbot: QtBot, number: signal.Signals) -> None:
    before = signal.getsignal(number)
    run(lambda: os.kill(os.getpid(), number))
    assert signal.getsignal(number) == before


def test_the_conversation_is_made_after_the_first_picture(qtbot: QtBot) -> None:
    seen = []

    def make() -> StandIn:
        seen.append(window().was_painted)
        return Acting(close)

    assert application.run(make) == 0
    assert seen == [True]


def test_a_window_closed_before_it_is_ready_makes_no_conversation(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    class ClosedAtOnce(Window):
        def showEvent(self, event: QShowEvent) -> None:  # noqa: N802 - Qt's name
            super().showEvent(event)
            self.close()

    monkeypatch.setattr(application, "Window", ClosedAtOnce)
    made: list[StandIn] = []

    def make() -> StandIn:
        made.append(StandIn())
        return made[-1]

    assert application.run(make) == 0
    assert made == []


def test_a_slow_start_is_cut_short_by_closing(qtbot: QtBot) -> None:
    class Slow(StandIn):
        async def start(self) -> None:
            asyncio.get_running_loop().call_later(0.02, close)
            await asyncio.sleep(60)

    conversation = Slow()
    assert application.run(lambda: conversation) == 0
    assert conversation.calls == ["stop"]


def test_what_nobody_caught_becomes_a_notice(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    def in_callback() -> None:
        raise ZeroDivisionError

    notices: list[str] = []

    def act() -> None:
        loop = asyncio.get_running_loop()
        loop.call_soon(in_callback)
        loop.call_later(0.1, lambda: notices.append(window().notice_bar.text))
        loop.call_later(0.15, close)

    run(act)
    assert "log file" in notices[0]
    assert "ZeroDivisionError" in caplog.text


def test_what_fails_in_a_thread_becomes_a_notice(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    notices: list[str] = []

    def fail() -> None:
        raise ZeroDivisionError

    def act() -> None:
        loop = asyncio.get_running_loop()
        threading.Thread(target=fail).start()
        loop.call_later(0.1, lambda: notices.append(window().notice_bar.text))
        loop.call_later(0.15, close)

    run(act)
    assert "log file" in notices[0]


def test_a_conversation_that_cannot_be_made_is_reported(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    notices: list[str] = []

    def look() -> None:
        notices.append(window().notice_bar.text)
        window().close()

    def make() -> StandIn:
        asyncio.get_running_loop().call_later(0.1, look)
        raise ImportError("no such library")

    assert application.run(make) == 0
    assert "log file" in notices[0]
    assert "no such library" in caplog.text


def test_a_conversation_that_fails_to_stop_does_not_keep_the_program(
    qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    class Failing(Acting):
        async def stop(self) -> None:
            raise OSError("sound card gone")

    assert application.run(lambda: Failing(close)) == 0
    assert "did not end cleanly" in caplog.text


class NoKeys:
    """A keyring with nothing in it."""

    async def key(self, profile_id: str) -> str | None:
        return None

    async def keep(self, profile_id: str, key: str) -> str:
        return ""

    async def forget(self, profile_id: str) -> None: ...

    async def place(self) -> str:
        return ""


def test_it_looks_as_chosen_from_the_first_picture_and_keeps_what_is_changed(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HERON_THEME", raising=False)
    store = SettingsStore()
    store.load()
    store.update(Looks, theme="dark")
    grounds: list[QColor] = []

    def look() -> None:
        grounds.append(window().palette().color(QPalette.ColorRole.Window))

    def act() -> None:
        look()
        assert window().header.settings.isVisible()
        store.update(Looks, theme="light")
        asyncio.get_running_loop().call_later(0.05, look)
        asyncio.get_running_loop().call_later(0.1, close)

    assert application.run(lambda: Acting(act), store, NoKeys()) == 0
    assert grounds == [DARK.window, LIGHT.window]
    next_run = SettingsStore()
    next_run.load()
    assert next_run.current.appearance.theme == "light"


def test_settings_that_cannot_be_saved_are_a_notice(qtbot: QtBot, heron_home: Path) -> None:
    store = SettingsStore()
    store.load()
    (heron_home / "settings.json").mkdir()
    notices: list[str] = []

    def look() -> None:
        if "settings.json" not in window().notice_bar.text:
            asyncio.get_running_loop().call_later(0.02, look)
            return
        notices.append(window().notice_bar.text)
        close()

    def act() -> None:
        store.update(Looks, density="compact")
        look()

    assert application.run(lambda: Acting(act), store, NoKeys()) == 0
    assert "settings.json" in notices[0]


def test_who_comes_for_the_first_time_is_led_through_the_first_steps_once(qtbot: QtBot) -> None:
    was_painted: list[bool] = []

    def skip() -> None:
        page = window()._first_run
        if page is None:
            asyncio.get_running_loop().call_later(0.02, skip)
            return
        was_painted.append(window().was_painted)
        page.end()
        close()

    store = SettingsStore()
    store.load()
    assert application.run(lambda: Acting(skip), store, NoKeys(), is_guided=True) == 0
    assert was_painted == [True]

    def look() -> None:
        assert window()._first_run is None
        assert window().chat.isVisible()
        close()

    again = SettingsStore()
    again.load()
    assert again.current.first_steps.stage == DONE
    assert application.run(lambda: Acting(look), again, NoKeys(), is_guided=True) == 0


def test_a_window_closed_in_the_middle_of_the_first_steps_shows_them_again(qtbot: QtBot) -> None:
    def leave() -> None:
        if window()._first_run is None:
            asyncio.get_running_loop().call_later(0.02, leave)
        else:
            close()

    for _ in range(2):
        store = SettingsStore()
        store.load()
        assert application.run(lambda: Acting(leave), store, NoKeys(), is_guided=True) == 0


@pytest.mark.parametrize("is_hidden", [False, True])
def test_a_system_that_wants_the_program_to_end_is_obeyed(qtbot: QtBot, is_hidden: bool) -> None:
    conversation = Acting(QApplication.quit)
    with Instance() as instance:
        assert instance.claim()
        assert application.run(lambda: conversation, instance=instance, is_hidden=is_hidden) == 0
    assert conversation.calls == ["start", "stop"]


class Commanding(StandIn):
    """Sends commands to the program it runs in, as another program does; the last one ends it."""

    def __init__(self, *commands: str) -> None:
        super().__init__()
        self._commands = commands
        self.answers: list[Answer | None] = []
        self.visible: list[bool] = []

    async def start(self) -> None:
        await super().start()
        for command in self._commands:
            self.visible.append(any(_windows_visible()))
            self.answers.append(await asyncio.to_thread(ask, command))
        self.visible.append(any(_windows_visible()))
        os.kill(os.getpid(), signal.SIGTERM)


def _windows_visible() -> list[bool]:
    return [w.isVisible() for w in QApplication.topLevelWidgets() if isinstance(w, Window)]


def test_a_hidden_start_waits_for_a_command_to_show_it(qtbot: QtBot) -> None:
    conversation = Commanding("mute", "show")
    with Instance() as instance:
        assert instance.claim()
        assert application.run(lambda: conversation, instance=instance, is_hidden=True) == 0
    assert conversation.answers == [Answer(True), Answer(True)]
    assert conversation.visible == [False, False, True]
    assert conversation.calls == ["start", "mute", "stop"]
    assert ask("show") is None


def test_a_hidden_start_that_nothing_could_show_is_shown(qtbot: QtBot) -> None:
    conversation = Commanding()
    assert application.run(lambda: conversation, is_hidden=True) == 0
    assert conversation.visible == [True]


def test_the_start_at_login_follows_its_setting(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    store = SettingsStore()

    def act() -> None:
        store.update(Desktop, start_at_login=True)
        close()

    with Instance() as instance:
        assert instance.claim()
        assert application.run(lambda: Acting(act), store, NoKeys(), instance=instance) == 0
    assert (tmp_path / "autostart" / "heron.desktop").exists()
