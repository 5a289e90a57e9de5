"""Ctrl+C at any moment of the window's life ends it without a word."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest
from PySide6.QtGui import QPaintEvent
from pytestqt.qtbot import QtBot

from app.ui import application
from app.ui.interrupts import held_back, postponed
from app.ui.window import Window
from tests.ui.stand_in import StandIn

pytestmark = pytest.mark.usefixtures("no_widgets_left_over")


def interrupt() -> None:
    os.kill(os.getpid(), signal.SIGINT)


class WhileMade(Window):
    def __init__(self, *arguments: object) -> None:
        interrupt()
        super().__init__(*arguments)  # type: ignore[arg-type]


class WhilePainted(Window):
    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        if not self.was_painted:
            interrupt()
        super().paintEvent(event)


@pytest.mark.parametrize("kind", [WhileMade, WhilePainted])
def test_ctrl_c_while_the_window_opens_ends_the_program_quietly(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str], kind: type[Window]
) -> None:
    monkeypatch.setattr(application, "Window", kind)
    made: list[StandIn] = []

    def make() -> StandIn:
        made.append(StandIn())
        return made[-1]

    before = signal.getsignal(signal.SIGINT)
    assert application.run(make) == 0
    assert made == []
    assert capfd.readouterr().err == ""
    assert signal.getsignal(signal.SIGINT) is before


def test_ctrl_c_wakes_a_window_in_which_nothing_happens(qtbot: QtBot) -> None:
    timer = threading.Timer(0.3, interrupt)

    class Started(StandIn):
        async def start(self) -> None:
            await super().start()
            timer.start()

    conversation = Started()
    assert application.run(lambda: conversation) == 0
    timer.join()
    assert conversation.calls == ["start", "stop"]


def test_what_is_postponed_happens_afterwards() -> None:
    steps = []

    def work() -> None:
        with postponed():
            interrupt()
            steps.append("done")

    with pytest.raises(KeyboardInterrupt):
        work()
    assert steps == ["done"]


def test_ctrl_c_while_qt_is_imported_waits_for_the_end_of_it() -> None:
    code = """
import os, signal, sys

class Interrupting:
    def find_spec(self, name, path, target=None):
        if name == "PySide6.QtWidgets":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
try:
    import app.ui.application
except KeyboardInterrupt:
    print("PySide6.QtWidgets" in sys.modules, "app.ui.window" in sys.modules)
"""
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (ended.stdout.split(), ended.stderr) == (["True", "True"], "")


@pytest.mark.parametrize("name", ["SIGHUP", "SIGTERM"])
def test_a_signal_that_was_to_be_ignored_stays_so(name: str) -> None:
    number = signal.Signals[name]
    before = signal.signal(number, signal.SIG_IGN)
    try:
        with held_back() as interrupts:
            os.kill(os.getpid(), number)
            assert signal.getsignal(number) is signal.SIG_IGN
        assert interrupts.noted == []
    finally:
        signal.signal(number, before)


def test_the_end_of_a_terminal_or_session_is_noted() -> None:
    with held_back() as interrupts:
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            os.kill(os.getpid(), number)
    assert sorted(interrupts.noted) == sorted([signal.SIGHUP, signal.SIGTERM, signal.SIGINT])
