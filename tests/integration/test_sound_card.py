from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.audio.wav import read_wav
from tests.audio.signals import align, samples_of
from tests.integration.conftest import Speech
from tests.integration.sound_card import SoundCard, SoundCardError

pytestmark = pytest.mark.integration


def _client(card: SoundCard, *command: str) -> str:
    env = {**os.environ, **card.env}
    return subprocess.run(command, env=env, check=True, capture_output=True, text=True, timeout=10).stdout


def test_what_is_played_is_heard(sound_card: SoundCard, speech: Speech) -> None:
    wav = speech("The quick brown fox.")
    said, rate = read_wav(wav)
    with sound_card.listen(rate) as heard:
        _client(sound_card, "paplay", "--device=speaker", str(wav))
    assert align(heard.pcm, said)[1] > 0.99


def test_what_is_said_arrives_at_the_microphone(
    sound_card: SoundCard, speech: Speech, tmp_path: Path
) -> None:
    wav = speech("The quick brown fox.")
    said, rate = read_wav(wav)
    raw = tmp_path / "mic.raw"
    command = ["parec", "--device=mic", f"--rate={rate}", "--channels=1", "--format=s16le", "--raw", str(raw)]
    recorder = subprocess.Popen([*command, "--latency-msec=20"], env={**os.environ, **sound_card.env})
    try:
        while not raw.exists() or not raw.stat().st_size:
            sound_card.say(speech("Mm."))
        sound_card.say(wav)
        sound_card.say(speech("Mm."))
    finally:
        recorder.terminate()
        recorder.wait()
    assert align(raw.read_bytes(), said)[1] > 0.99


def test_listener_hears_silence_from_an_idle_speaker(sound_card: SoundCard) -> None:
    with sound_card.listen(48_000) as heard:
        pass
    assert heard.pcm
    assert not samples_of(heard.pcm).any()


def test_devices_are_what_was_asked_for() -> None:
    for microphone, speaker, sources, sinks in (
        (True, True, {"mic", "mic_in.monitor", "speaker.monitor"}, {"mic_in", "speaker"}),
        (False, True, {"speaker.monitor"}, {"speaker"}),
        (True, False, {"mic", "mic_in.monitor"}, {"mic_in"}),
        (False, False, set(), set()),
    ):
        with SoundCard(microphone=microphone, speaker=speaker) as card:
            for kind, names in (("sources", sources), ("sinks", sinks)):
                listing = _client(card, "pactl", "list", "short", kind).splitlines()
                assert {line.split("\t")[1] for line in listing} == names


def test_two_cards_do_not_hear_each_other(sound_card: SoundCard, speech: Speech) -> None:
    with SoundCard() as other, other.listen(16_000) as heard:
        _client(sound_card, "paplay", "--device=speaker", str(speech("The quick brown fox.")))
    assert not samples_of(heard.pcm).any()


def test_card_leaves_nothing_behind(speech: Speech) -> None:
    with SoundCard() as card, card.applied():
        folder = Path(card.env["PULSE_RUNTIME_PATH"])
        player = card.start_saying(speech("The quick brown fox."))
        card.listen(16_000)
        assert folder.is_dir()
        assert os.environ["PULSE_SERVER"] == card.env["PULSE_SERVER"]
    assert player.poll() is not None
    assert not folder.exists()
    assert os.environ.get("PULSE_SERVER") is None
    assert str(folder) not in _processes()


def test_daemon_ends_with_a_parent_that_is_killed() -> None:
    code = (
        "import os, signal; from tests.integration.sound_card import SoundCard; "
        "card = SoundCard(); card.start(); print(card.env['PULSE_RUNTIME_PATH'], flush=True); "
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    root = Path(__file__).parents[2]
    parent = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    folder = parent.stdout.strip()
    assert folder
    deadline = 200
    while folder in _processes():
        deadline -= 1
        assert deadline, "pulseaudio outlives its parent"
    subprocess.run(["rm", "-r", folder], check=True)


def test_missing_pulseaudio_is_told_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SoundCardError, match=r"pulseaudio is missing\. .* apt-get install"):
        SoundCard().start()


def test_recording_that_cannot_be_said_is_an_error(sound_card: SoundCard, tmp_path: Path) -> None:
    with pytest.raises(SoundCardError, match="could not play"):
        sound_card.say(tmp_path / "none.wav")


def _processes() -> str:
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
