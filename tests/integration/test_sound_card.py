from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.audio.wav import read_wav
from tests.audio.signals import align, samples_of
from tests.integration.conftest import Speech
from tests.integration.sound_card import SoundCard, SoundCardError, Virtual

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


def _two_of_each() -> SoundCard:
    headset = Virtual("bt", "Headset", 44_100, "a2dp_sink")
    return SoundCard(microphones=("mic", Virtual("mic_b", "USB Mic", 16_000)), speakers=("speaker", headset))


def test_devices_are_pulled_out_and_plugged_in_again() -> None:
    with _two_of_each() as card:
        assert (_names(card, "sources"), _names(card, "sinks")) == ({"mic", "mic_b"}, {"speaker", "bt"})
        card.unplug("mic_b")
        card.unplug("bt")
        assert (_names(card, "sources"), _names(card, "sinks")) == ({"mic"}, {"speaker"})
        card.plug("mic_b")
        card.plug("bt")
        card.add_speaker(Virtual("new"))
        assert (_names(card, "sources"), _names(card, "sinks")) == (
            {"mic", "mic_b"},
            {"speaker", "bt", "new"},
        )


def test_devices_have_their_rate_description_and_bus() -> None:
    with _two_of_each() as card:
        sinks, sources = _client(card, "pactl", "list", "sinks"), _client(card, "pactl", "list", "sources")
    headset = sinks.partition("Name: bt\n")[2].partition("Name:")[0]
    for wanted in ("Description: Headset", "1ch 44100Hz", 'device.bus = "bluetooth"', '"a2dp_sink"'):
        assert wanted in headset
    assert "bluetooth" not in sinks.partition("Name: bt\n")[0]
    usb = sources.partition("Name: mic_b\n")[2]
    assert "Description: USB Mic" in usb
    assert "1ch 16000Hz" in usb


def test_default_is_the_first_and_can_be_changed() -> None:
    with _two_of_each() as card:
        assert _client(card, "pactl", "get-default-source").strip() == "mic"
        card.set_default_source("mic_b")
        card.set_default_sink("bt")
        assert _client(card, "pactl", "get-default-source").strip() == "mic_b"
        card.kill()
        card.restart()
        assert _client(card, "pactl", "get-default-sink").strip() == "bt"


def test_each_device_is_heard_by_itself(speech: Speech) -> None:
    wav = speech("The quick brown fox.")
    said, rate = read_wav(wav)
    with _two_of_each() as card:
        with card.listen(rate) as speaker, card.listen(rate, "bt") as headset:
            _client(card, "paplay", "--device=bt", str(wav))
        command = ["parec", "--device=mic_b", f"--rate={rate}", "--channels=1", "--format=s16le", "--raw"]
        with subprocess.Popen(command, env={**os.environ, **card.env}, stdout=subprocess.PIPE) as recorder:
            assert recorder.stdout is not None
            heard = recorder.stdout.read(2)  # it runs
            card.start_saying(wav, "mic_b")
            heard += recorder.stdout.read(len(said) + 2 * rate)
            recorder.terminate()
    assert not samples_of(speaker.pcm).any()
    assert align(headset.pcm, said)[1] > 0.98
    assert align(heard, said)[1] > 0.98


def test_killed_card_answers_again_once_it_is_restarted() -> None:
    with _two_of_each() as card:
        card.unplug("bt")
        card.kill()
        with pytest.raises(SoundCardError, match="Connection refused"):
            card.unplug("mic_b")
        card.restart()
        assert (_names(card, "sources"), _names(card, "sinks")) == ({"mic", "mic_b"}, {"speaker"})


def test_frozen_card_answers_nobody_until_it_is_thawed(sound_card: SoundCard) -> None:
    sound_card.freeze()
    with pytest.raises(subprocess.TimeoutExpired):
        subprocess.run(["pactl", "info"], env={**os.environ, **sound_card.env}, timeout=0.3, check=False)
    sound_card.thaw()
    assert _names(sound_card, "sinks") == {"speaker"}


def test_frozen_card_can_be_stopped() -> None:
    card = SoundCard()
    card.start()
    folder = Path(card.env["PULSE_RUNTIME_PATH"])
    card.freeze()
    card.stop()
    assert str(folder) not in _processes()
    assert not folder.exists()


def test_machine_without_pulseaudio_has_a_pcm_for_each_device() -> None:
    with SoundCard(microphones=("mic", "mic_b"), has_pulse=False) as card:
        configuration = Path(card.env["ALSA_CONFIG_PATH"])
        assert [line.split()[0] for line in configuration.read_text().splitlines()] == [
            *("pcm.speaker", "pcm.mic", "pcm.mic_b", "pcm.!default", "ctl.!default"),
        ]
        card.unplug("mic_b")
        assert "mic_b" not in configuration.read_text()
        with pytest.raises(subprocess.CalledProcessError):
            _client(card, "pactl", "info")


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


def _names(card: SoundCard, kind: str) -> set[str]:
    """Return the devices that are neither monitors nor the insides of a microphone."""
    lines = _client(card, "pactl", "list", "short", kind).splitlines()
    return {name for line in lines if not (name := line.split("\t")[1]).endswith((".monitor", "_in"))}


def _processes() -> str:
    return subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
