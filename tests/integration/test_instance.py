"""One Heron at a time, reached by commands while other programs have the screen, and ended by its session."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

import pytest

from app.desktop.start_at_login import start_at_login
from app.desktop.x11_activation import activate
from benchmarks.word_errors import word_errors
from tests.integration.command import heron
from tests.integration.conftest import Speech
from tests.integration.screen import Screen
from tests.integration.sound_card import SoundCard
from tests.integration.window_process import TITLE, Seen, WindowProcess

pytestmark = pytest.mark.integration

_OTHER: Final = "Another program"
_ENDING_S: Final = 8.0
_QUESTION: Final = "how many miles are twenty kilometers"


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen() as screen:
        yield screen


@contextmanager
def another_program(screen: Screen, title: str = _OTHER) -> Iterator[None]:
    """Have another window, which has the keyboard and was typed into just now."""
    command = ["xev", "-name", title, "-geometry", "300x200+900+20"]
    with subprocess.Popen(command, env={**os.environ, **screen.env}, stdout=subprocess.DEVNULL) as program:
        try:
            screen.focus(title)
            screen.do("xdotool", "type", "--delay", "10", "words")
            yield
        finally:
            program.terminate()


def active_window(screen: Screen) -> str:
    return screen.do("xdotool", "getactivewindow", "getwindowname").strip()


def await_active(screen: Screen, title: str) -> None:
    deadline = time.monotonic() + 10
    while active_window(screen) != title:
        assert time.monotonic() < deadline, f"{active_window(screen)} has the keyboard, not {title}"
        time.sleep(0.02)


def test_a_question_is_asked_by_commands_while_another_window_has_the_keyboard(
    screen: Screen, sound_card: SoundCard, speech: Speech
) -> None:
    with WindowProcess(screen) as window:
        window.await_seen("ready", _is_ready)
        with another_program(screen):
            assert heron("press").code == 0
            window.await_seen("listening", lambda seen: seen.status == "Listening")
            sound_card.say(speech(_QUESTION, "rms"))
            assert active_window(screen) == _OTHER
            assert heron("release").code == 0
            seen = window.await_seen("the answer", lambda seen: len(seen.lines) == 2 and bool(seen.lines[1]))
            assert word_errors(_QUESTION, seen.lines[0]) <= 1
            assert active_window(screen) == _OTHER


def test_a_hidden_heron_listens_answers_and_is_shown_by_a_second_start(
    screen: Screen, sound_card: SoundCard, speech: Speech
) -> None:
    with WindowProcess(screen, is_hidden=True) as window, another_program(screen):
        window.await_seen("ready", _is_ready)
        assert TITLE not in screen.do("wmctrl", "-l")
        assert heron("toggle").code == 0
        window.await_seen("listening", lambda seen: seen.status == "Listening")
        sound_card.say(speech(_QUESTION, "rms"))
        assert heron("toggle").code == 0
        window.await_seen("speaking", lambda seen: seen.status == "Speaking")
        assert heron("stop").code == 0
        window.await_seen("silence", _is_ready)
        assert heron("mute").code == 0
        window.await_seen("muted", lambda seen: seen.status == "Microphone muted")
        refused = heron("press")
        assert (refused.code, "muted" in refused.refusal()) == (1, True)
        second = heron(**screen.env)
        assert (second.code, second.out, second.err) == (0, "", "")
        await_active(screen, TITLE)
        screen.focus(_OTHER)
        screen.do("xdotool", "type", "--delay", "10", "words")
        assert heron("show").code == 0
        await_active(screen, TITLE)
        os.kill(window.process_id, signal.SIGTERM)
        assert window.ended() == 0
        gone = heron("press")
        assert (gone.code, "is not running" in gone.refusal()) == (2, True)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, None])
def test_the_end_of_a_session_in_mid_reply_is_clean(
    screen: Screen, sound_card: SoundCard, heron_home: Path, number: signal.Signals | None
) -> None:
    """A signal ends it, or without one the screen that goes away."""
    with WindowProcess(screen) as window:
        window.await_seen("ready", _is_ready)
        server = window.server_process_id()
        screen.focus(TITLE)
        screen.do("xdotool", "type", "--delay", "20", "what can you do")
        screen.do("xdotool", "key", "Return")
        seen = window.await_seen("a reply", lambda seen: len(seen.lines) == 2 and len(seen.lines[1]) > 30)
        began = time.monotonic()
        if number is None:
            assert screen._server is not None
            screen._server.terminate()
        else:
            os.kill(window.process_id, number)
        assert window.ended() == 0
        assert time.monotonic() - began < _ENDING_S
        # A busy machine may leave the speaker short of sound, and ALSA says so by itself.
        said = [line for line in window.complaints.splitlines() if not line.startswith("ALSA lib")]
        assert said == ([] if number else ["The X11 connection broke (error 1). Did the X11 server die?"])
    assert not Path(f"/proc/{server}").exists()
    asked, answered = _kept(heron_home)
    assert asked == seen.lines[0] == "what can you do"
    assert answered.startswith(seen.lines[1])
    assert not (heron_home / "instance.json").exists()


def test_what_is_started_at_login_waits_out_of_sight(
    screen: Screen, sound_card: SoundCard, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "prefix", "/usr")  # as an installation: ./run would look at its set-up first
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    start_at_login(True)
    entry = (tmp_path / "config" / "autostart" / "heron.desktop").read_text()
    line = next(line for line in entry.splitlines() if line.startswith("Exec=")).removeprefix("Exec=")
    environment = {**os.environ, **screen.env}
    with subprocess.Popen(["/bin/sh", "-c", f"exec {line}"], cwd=tmp_path, env=environment) as program:
        try:
            deadline = time.monotonic() + 20
            while heron("mute").code != 0:  # it is there and connected
                assert time.monotonic() < deadline
            assert TITLE not in screen.do("wmctrl", "-l")
            assert heron(**screen.env).code == 0
            await_active(screen, TITLE)
        finally:
            program.terminate()
        assert program.wait(_ENDING_S) == 0


def test_a_window_manager_gives_the_keyboard_to_whom_a_task_bar_would(
    screen: Screen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", screen.env["DISPLAY"])
    with another_program(screen, "The first"), another_program(screen, "The second"):
        await_active(screen, "The second")
        found = screen.do("xdotool", "search", "--name", "^The first$").split()
        assert activate(int(found[0]))
        await_active(screen, "The first")


def _kept(home: Path) -> list[str]:
    """Return the words that are in the history, oldest first."""
    (file,) = (home / "history").glob("*.sqlite3")
    with closing(sqlite3.connect(file)) as database:
        return [text for (text,) in database.execute("SELECT text FROM messages ORDER BY id")]


def _is_ready(seen: Seen) -> bool:
    return seen.status in {"Ready", "Ready, microphone open"}
