"""The whole of Heron: spoken to through a microphone, seen on a screen, heard from a speaker."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.audio.level import rms
from app.core.audio_format import AudioFormat
from benchmarks.word_errors import word_errors
from tests.integration.conftest import Speech
from tests.integration.screen import Screen
from tests.integration.sound_card import SoundCard
from tests.integration.window_process import TITLE, Seen, WindowProcess

pytestmark = pytest.mark.integration

_RATE = 16_000
_SOUND_RMS = 0.003
"""Level above which 20 ms of the speaker count as sound; silence of the virtual card is exactly 0."""


@pytest.fixture
def screen() -> Iterator[Screen]:
    with Screen() as screen:
        yield screen


def test_a_spoken_question_is_captioned_answered_and_heard(
    screen: Screen, sound_card: SoundCard, speech: Speech, tmp_path: Path
) -> None:
    question = "how many miles are twenty kilometers"
    with WindowProcess(screen) as window, sound_card.listen(_RATE) as heard:
        window.await_seen("ready", _is_ready)
        screen.focus(TITLE)
        screen.do("xdotool", "keydown", "space")
        window.await_seen("listening", lambda seen: seen.status == "Listening")
        sound_card.say(speech(question, "rms"))
        screen.do("xdotool", "keyup", "space")
        window.await_seen("the answer", lambda seen: len(seen.lines) == 2 and bool(seen.lines[1]))
        window.await_seen("speaking", lambda seen: seen.status == "Speaking")
        screen.picture(tmp_path / "speaking.png")
        last = window.await_seen("the end of the answer", _is_ready)
        captions = {seen.lines[0] for seen in window.history if len(seen.lines) == 1}
        screen.close_window(TITLE)
        assert window.ended() == 0
    assert word_errors(question, last.lines[0]) <= 1
    assert len(captions) > 1, "the caption did not grow while the person spoke"
    assert last.lines[1]
    # A robot voice says two to four syllables a second: the length of the sound must fit the words.
    assert 0.05 * len(last.lines[1]) < _seconds_of_sound(heard.pcm) < 0.2 * len(last.lines[1]) + 1


def test_closing_the_window_ends_the_server_too(screen: Screen, sound_card: SoundCard) -> None:
    with WindowProcess(screen) as window:
        window.await_seen("ready", _is_ready)
        server = window.server_process_id()
        screen.close_window(TITLE)
        assert window.ended() == 0
        assert window.complaints == ""
    assert not Path(f"/proc/{server}").exists()


def test_a_server_killed_in_mid_turn_is_said_and_replaced(screen: Screen, sound_card: SoundCard) -> None:
    with WindowProcess(screen) as window:
        window.await_seen("ready", _is_ready)
        screen.focus(TITLE)
        _type(screen, "what can you do")
        window.await_seen("speaking", lambda seen: seen.status == "Speaking")
        os.kill(window.server_process_id(), signal.SIGKILL)
        window.await_seen("the loss", lambda seen: "stopped unexpectedly" in seen.notice)
        window.await_seen("the return", lambda seen: "is back" in seen.notice and _is_ready(seen))
        _type(screen, "what is two plus three")
        window.await_seen("an answer", lambda seen: "5" in seen.lines[-1])


def test_a_window_killed_in_mid_reply_shows_it_again(screen: Screen, sound_card: SoundCard) -> None:
    with WindowProcess(screen) as window:
        window.await_seen("ready", _is_ready)
        screen.focus(TITLE)
        _type(screen, "what can you do")
        before = window.await_seen("a reply", lambda seen: len(seen.lines) == 2 and len(seen.lines[1]) > 30)
        time.sleep(1.0)  # what was there a second before is not lost
        os.kill(window.process_id, signal.SIGKILL)
    with WindowProcess(screen) as window:
        again = window.await_seen("the same lines", lambda seen: len(seen.lines) == 2 and _is_ready(seen))
        assert again.lines[0] == "what can you do"
        assert again.lines[1].startswith(before.lines[1])
        screen.focus(TITLE)
        _type(screen, "what is two plus three")
        window.await_seen("an answer", lambda seen: len(seen.lines) == 4 and "5" in seen.lines[-1])


def test_without_a_microphone_it_says_so_and_can_be_typed_to(
    screen: Screen, sound_card_without_microphone: SoundCard
) -> None:
    with WindowProcess(screen) as window:
        window.await_seen("ready", _is_ready)
        screen.focus(TITLE)
        screen.do("xdotool", "keydown", "space")
        seen = window.await_seen("the notice", lambda seen: seen.notice != "")
        screen.do("xdotool", "keyup", "space")
        assert "microphone" in seen.notice
        _type(screen, "what is two plus three")
        window.await_seen("an answer", lambda seen: bool(seen.lines) and "5" in seen.lines[-1])


def test_without_a_speaker_it_says_so_and_answers_in_text(
    screen: Screen, sound_card_without_speaker: SoundCard
) -> None:
    with WindowProcess(screen) as window:
        seen = window.await_seen("the notice", lambda seen: seen.notice != "")
        assert "speaker" in seen.notice
        screen.focus(TITLE)
        _type(screen, "what is two plus three")
        window.await_seen("an answer", lambda seen: bool(seen.lines) and "5" in seen.lines[-1])


def _type(screen: Screen, text: str) -> None:
    screen.do("xdotool", "type", "--delay", "20", text)
    screen.do("xdotool", "key", "Return")


def _is_ready(seen: Seen) -> bool:
    return seen.status in {"Ready", "Ready, microphone open"}


def _seconds_of_sound(pcm: bytes) -> float:
    size = AudioFormat(_RATE).frame_bytes
    frames = (pcm[at : at + size] for at in range(0, len(pcm) - size, size))
    return 0.02 * sum(rms(frame) > _SOUND_RMS for frame in frames)
