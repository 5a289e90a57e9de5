"""``heron microphone`` and ``heron settings`` as a person runs them."""

from __future__ import annotations

import os
import pty
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.audio.wav import read_wav
from tests.audio.signals import align
from tests.integration.command import heron
from tests.integration.conftest import Speech
from tests.integration.sound_card import SoundCard

pytestmark = pytest.mark.integration

RATE = 16_000


@contextmanager
def on_a_terminal(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """Run ``heron`` with its standard error on a terminal; yield the process and the terminal's other end."""
    screen, terminal = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "app", *arguments], stdout=subprocess.PIPE, stderr=terminal, text=True
    )
    os.close(terminal)
    try:
        yield process, screen
    finally:
        process.kill()
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
        os.close(screen)


def ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    """Wait for the end of a process; return its exit code and what it printed."""
    assert process.stdout is not None
    return process.wait(20), process.stdout.read()


def seen_until(screen: int, pattern: str) -> str:
    """Return what a terminal has shown when ``pattern`` appears on it."""
    seen = ""
    while re.search(pattern, seen) is None:
        seen += os.read(screen, 4096).decode(errors="ignore")
    return seen


def test_it_names_the_microphone_says_how_it_hears_and_plays_back(
    sound_card: SoundCard, speech: Speech
) -> None:
    said = speech("One two three four five six seven eight nine ten, and so on until the end of time.")
    with sound_card.listen(RATE) as heard, on_a_terminal("microphone") as (process, screen):
        seen_until(screen, "Opening the microphone")
        speaking = sound_card.start_saying(said)
        seen = seen_until(screen, "Playing it back")
        code, out = ended(process)
        assert (code, speaking.wait()) == (0, 0)
    device, verdict = out.splitlines()
    assert re.fullmatch(r"Microphone: \S.*", device)
    assert re.fullmatch(r"That is good\. \(speech -\d+ dB, peak -\d+ dB of full scale\)", verdict)
    assert "Speak now, for 3 seconds." in seen
    levels = [int(level) for level in re.findall(r"(-?\d+) dB  \d\.\d/3\.0 s", seen)]
    assert len(levels) >= 20
    assert max(levels) - min(levels) > 10  # it moves with the voice
    pcm, rate = read_wav(said)
    assert align(heard.pcm, pcm[: int(2.8 * rate) * 2])[1] > 0.95


def test_a_muted_microphone_is_found_out(sound_card: SoundCard) -> None:
    done = heron("microphone")
    assert done.code == 1
    assert done.out.splitlines()[1].startswith("Only silence arrives. The microphone may be muted, ")
    assert done.err.splitlines() == ["Opening the microphone.", "Speak now, for 3 seconds."]


def test_it_is_interrupted_at_once(sound_card: SoundCard, speech: Speech) -> None:
    with on_a_terminal("microphone") as (process, screen):
        seen_until(screen, "Opening the microphone")
        speaking = sound_card.start_saying(speech("One two three four five."))
        seen_until(screen, r"0\.\d/3\.0 s")
        process.send_signal(signal.SIGINT)
        code, out = ended(process)
        assert code == 130
        assert "That is" not in out
        assert speaking.wait() == 0


def test_without_a_microphone_it_is_a_sentence(sound_card_without_microphone: SoundCard) -> None:
    done = heron("microphone")
    assert done.code == 2
    assert done.refusal_after_hints().startswith("heron: No microphone was found. Plug one in, or choose ")


def test_without_a_speaker_the_verdict_is_given_all_the_same(
    sound_card_without_speaker: SoundCard, speech: Speech
) -> None:
    speaking = sound_card_without_speaker.start_saying(
        speech("One two three four five six seven eight nine ten.")
    )
    done = heron("microphone")
    assert speaking.wait() == 0
    assert done.code == 2
    assert "That is good." in done.out
    assert done.refusal_after_hints().startswith("heron: No speaker was found.")


def test_a_preferred_microphone_is_used(sound_card: SoundCard) -> None:
    assert heron("settings", "sound.microphone", "no such device, mic").code == 0
    done = heron("microphone")
    assert done.out.splitlines()[0] == "Microphone: mic"


def test_a_setting_lasts_from_one_run_to_the_next(heron_home: Path) -> None:
    done = heron("settings", "sound.tail_ms", "300")
    assert (done.code, done.err) == (0, "")
    assert "  sound.tail_ms = 300 ms (default: 200 ms)\n" in heron("settings").out
    assert heron("settings", "--reset", "sound.tail_ms").out.startswith("  sound.tail_ms = 200 ms (default)")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["sound.tail", "300"], "heron: There is no setting “sound.tail”. Did you mean sound.tail_ms?"),
        (["sound.tail_ms", "-5"], "heron: sound.tail_ms takes a whole number from 0 to 1000 ms, not “-5”."),
        (["sound.microphone", b"\xff"], "heron: sound.microphone takes names, separated by commas, not "),
    ],
)
def test_a_wrong_setting_is_refused(arguments: list[str | bytes], sentence: str) -> None:
    done = heron("settings", *(os.fsdecode(argument) for argument in arguments))
    assert done.code == 2
    assert done.refusal().startswith(sentence)


def test_damaged_settings_are_kept_aside_and_told(heron_home: Path) -> None:
    heron_home.mkdir()
    (heron_home / "settings.json").write_text("{")
    done = heron("settings", "sound.tail_ms")
    assert done.code == 0
    assert "are damaged, so the defaults are used. The file was kept as settings.json.damaged-" in done.err
    assert heron("settings", "sound.tail_ms").err == ""
