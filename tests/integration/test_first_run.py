"""From the first start to the first spoken answer: two clicks and the held key, with everything real."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.audio.level import rms
from app.core.audio_format import AudioFormat
from tests.integration.conftest import Speech
from tests.integration.screen import Screen
from tests.integration.sound_card import SoundCard
from tests.integration.window_process import TITLE, Seen, WindowProcess

pytestmark = pytest.mark.integration

_RATE = 16_000
_SOUND_RMS = 0.003
"""Level above which 20 ms of the speaker count as sound; silence of the virtual card is exactly 0."""


def test_two_clicks_and_the_talk_key_lead_to_the_first_spoken_answer(
    sound_card: SoundCard, speech: Speech, heron_home: Path, tmp_path: Path
) -> None:
    clicks: list[str] = []

    def click(seen: Seen, words: str) -> None:
        x, y = seen.places[words]
        screen.do("xdotool", "mousemove", "--sync", str(x), str(y), "click", "1")
        clicks.append(words)

    with (
        Screen() as screen,
        WindowProcess(screen, is_guided=True) as window,
        sound_card.listen(_RATE) as heard,
    ):
        screen.focus(TITLE)
        seen = window.await_seen("where to talk", lambda seen: seen.step == "Where do you want to talk?")
        screen.picture(tmp_path / "place.png")
        click(seen, "On this computer")
        window.await_seen("the microphone", lambda seen: " is open. Say a few words." in seen.finding)
        sound_card.say(speech("good morning, can you hear me"))
        seen = window.await_seen("that it hears", lambda seen: seen.finding == "I can hear you.")
        screen.picture(tmp_path / "microphone.png")
        click(seen, "Go on")
        window.await_seen("the talk key", lambda seen: seen.step.startswith("Hold Space") and _is_ready(seen))
        screen.do("xdotool", "keydown", "space")
        window.await_seen("listening", lambda seen: seen.status == "Listening")
        sound_card.say(speech("how many miles are twenty kilometers", "rms"))
        screen.do("xdotool", "keyup", "space")
        window.await_seen("the answer", lambda seen: seen.step == "It works" and len(seen.said) == 2)
        window.await_seen("speaking", lambda seen: seen.status == "Speaking")
        screen.picture(tmp_path / "answer.png")
        answer = window.await_seen("its end", lambda seen: _is_ready(seen) and "Done" in seen.places)
        assert clicks == ["On this computer", "Go on"]
        # A robot voice says at most four syllables a second; the cues before it take a tenth of one.
        assert _seconds_of_sound(heard.pcm) > 0.05 * len(answer.said[1])
        click(answer, "Done")  # or a moment of rest
        last = window.await_seen("the conversation", lambda seen: seen.step == "")
        assert last.lines == answer.said
        screen.close_window(TITLE)
        assert window.ended() == 0
        assert "Traceback" not in window.complaints
    assert json.loads((heron_home / "settings.json").read_text())["first_steps"] == {"stage": "done"}


def _is_ready(seen: Seen) -> bool:
    return seen.status in {"Ready", "Ready, microphone open"}


def _seconds_of_sound(pcm: bytes) -> float:
    size = AudioFormat(_RATE).frame_bytes
    frames = (pcm[at : at + size] for at in range(0, len(pcm) - size, size))
    return 0.02 * sum(rms(frame) > _SOUND_RMS for frame in frames)
