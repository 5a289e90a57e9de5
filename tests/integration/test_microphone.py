from __future__ import annotations

import asyncio
import sys
import time
from pathlib import Path

import pytest

from app.audio import portaudio
from app.audio.frame_source import FrameSource
from app.audio.microphone import Microphone
from app.audio.wav import read_wav, write_wav
from app.core.errors import AudioError
from tests.audio.signals import align, level_db, tone
from tests.integration.conftest import Speech
from tests.integration.sound_card import SoundCard

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

_ONE_FRAME_S = 0.02
_PATIENCE_S = 10


class Ear:
    """Keeps what a microphone hands over."""

    def __init__(self) -> None:
        self.frames: list[bytes] = []
        self.losses: list[str] = []
        self.lost = asyncio.Event()
        self._wanted = 0
        self._enough = asyncio.Event()

    def on_frame(self, frame: bytes) -> None:
        self.frames.append(frame)
        if len(self.frames) >= self._wanted:
            self._enough.set()

    def on_lost(self, sentence: str) -> None:
        self.losses.append(sentence)
        self.lost.set()

    async def hear(self, frames: int) -> None:
        """Wait for so many more frames."""
        self._wanted = len(self.frames) + frames
        self._enough.clear()
        await asyncio.wait_for(self._enough.wait(), _PATIENCE_S)

    @property
    def pcm(self) -> bytes:
        return b"".join(self.frames)


async def _say(card: SoundCard, wav: Path) -> None:
    await asyncio.to_thread(card.say, wav)


async def test_speech_arrives_whole_in_frames_of_20_ms(sound_card: SoundCard, speech: Speech) -> None:
    wav = speech("Remind me to call my sister.")
    said, rate = read_wav(wav)
    microphone, ear = Microphone(rate), Ear()
    source: FrameSource = microphone
    await source.start(ear.on_frame, ear.on_lost)
    was_open = source.is_open
    await ear.hear(5)
    await _say(sound_card, wav)
    await ear.hear(10)
    await source.stop()
    assert (was_open, source.is_open) == (True, False)
    assert {len(frame) for frame in ear.frames} == {640}
    assert align(ear.pcm, said)[1] > 0.99
    assert (microphone.dropped_frames, ear.losses) == (0, [])


async def test_device_that_refuses_the_rate_is_resampled(sound_card: SoundCard, tmp_path: Path) -> None:
    rate = 400_000  # beyond what PulseAudio takes
    write_wav(tmp_path / "tone.wav", tone(1000, 48_000, 1.0), 48_000)
    microphone, ear = Microphone(rate), Ear()
    await microphone.start(ear.on_frame, ear.on_lost)
    await _say(sound_card, tmp_path / "tone.wav")
    await ear.hear(10)
    await microphone.stop()
    assert (microphone.rate, {len(frame) for frame in ear.frames}) == (rate, {rate // 50 * 2})
    said = tone(1000, rate, 1.0)
    start, _ = align(ear.pcm, said)
    assert level_db(ear.pcm[2 * start : 2 * start + len(said)], rate, 1000) == pytest.approx(-6.2, abs=0.5)


async def test_stopped_microphone_calls_back_no_more_and_starts_again(sound_card: SoundCard) -> None:
    microphone, first, second = Microphone(), Ear(), Ear()
    await microphone.start(first.on_frame, first.on_lost)
    await first.hear(3)
    heard = len(first.frames)
    time.sleep(0.1)  # noqa: ASYNC251 - so that frames are waiting for the loop
    await microphone.stop()
    await microphone.stop()
    await microphone.start(second.on_frame, second.on_lost)
    await second.hear(5)
    await microphone.stop()
    assert (len(first.frames), first.losses, second.losses) == (heard, [], [])


async def test_nothing_is_lost_while_the_loop_is_busy(sound_card: SoundCard) -> None:
    microphone, ear = Microphone(), Ear()
    await microphone.start(ear.on_frame, ear.on_lost)
    await ear.hear(3)
    before, began = len(ear.frames), time.monotonic()
    time.sleep(0.6)  # noqa: ASYNC251 - the busy loop is what is tested
    await ear.hear(10)
    passed = time.monotonic() - began
    await microphone.stop()
    assert len(ear.frames) - before == pytest.approx(passed / _ONE_FRAME_S, abs=4)
    assert microphone.dropped_frames == 0


async def test_what_the_backlog_cannot_hold_is_counted(
    sound_card: SoundCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Microphone, "BACKLOG_FRAMES", 5)
    microphone, ear = Microphone(), Ear()
    await microphone.start(ear.on_frame, ear.on_lost)
    await ear.hear(3)
    time.sleep(0.4)  # noqa: ASYNC251 - the busy loop is what is tested
    await ear.hear(5)
    dropped = microphone.dropped_frames
    await microphone.stop()
    assert 10 <= dropped <= 20
    assert microphone.dropped_frames >= dropped


async def test_frames_come_in_order_and_on_the_loop(sound_card: SoundCard, tmp_path: Path) -> None:
    write_wav(
        tmp_path / "steps.wav", b"".join(tone(hertz, 16_000, 0.3) for hertz in (400, 800, 1600)), 16_000
    )
    loop, loops = asyncio.get_running_loop(), set()
    microphone, ear = Microphone(), Ear()

    def on_frame(frame: bytes) -> None:
        loops.add(asyncio.get_running_loop())
        ear.on_frame(frame)

    await microphone.start(on_frame, ear.on_lost)
    await _say(sound_card, tmp_path / "steps.wav")
    await ear.hear(10)
    await microphone.stop()
    assert loops == {loop}
    assert align(ear.pcm, read_wav(tmp_path / "steps.wav")[0])[1] > 0.99


async def test_machine_without_a_microphone_gets_a_sentence(sound_card_without_microphone: SoundCard) -> None:
    microphone, ear = Microphone(), Ear()
    with pytest.raises(AudioError) as caught:
        await microphone.start(ear.on_frame, ear.on_lost)
    assert str(caught.value) == (
        "No microphone was found. Plug one in, or choose another input in the system's sound settings."
    )
    assert not microphone.is_open
    await microphone.stop()


@pytest.mark.parametrize("device", ["Studio", 99])
async def test_microphone_that_is_not_there_gets_a_sentence(sound_card: SoundCard, device: str | int) -> None:
    ear = Ear()
    with pytest.raises(AudioError, match=f"^The microphone “{device}” was not found. Plug it in, or choose"):
        await Microphone(device=device).start(ear.on_frame, ear.on_lost)


async def test_microphone_is_chosen_by_name(sound_card: SoundCard) -> None:
    microphone, ear = Microphone(device="Default"), Ear()
    await microphone.start(ear.on_frame, ear.on_lost)
    await ear.hear(2)
    await microphone.stop()


async def test_device_that_does_not_open_gets_a_sentence(sound_card: SoundCard) -> None:
    portaudio.refresh()
    microphone, ear = Microphone(), Ear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(portaudio, "refresh", sound_card.kill)  # it goes after it was listed
        with pytest.raises(AudioError) as caught:
            await microphone.start(ear.on_frame, ear.on_lost)
    assert str(caught.value).startswith("The microphone “default” did not open (")
    assert str(caught.value).endswith("choose another input in the system's sound settings.")


async def test_microphone_that_goes_is_told_once_and_comes_back(
    sound_card: SoundCard, speech: Speech
) -> None:
    microphone, ear = Microphone(), Ear()
    await microphone.start(ear.on_frame, ear.on_lost)
    await ear.hear(5)
    sound_card.kill()
    await asyncio.wait_for(ear.lost.wait(), _PATIENCE_S)
    assert not microphone.is_open
    await microphone.stop()
    (sentence,) = ear.losses
    assert sentence.startswith("The microphone “default” is gone. Plug it in again, or choose another input")
    with SoundCard() as other, other.applied():
        again = Ear()
        await microphone.start(again.on_frame, again.on_lost)
        await _say(other, speech("Hello again."))
        await again.hear(10)
        await microphone.stop()
    assert align(again.pcm, read_wav(speech("Hello again."))[0])[1] > 0.9
    assert len(ear.losses) == 1


async def test_start_that_is_cancelled_leaves_nothing_open(sound_card: SoundCard) -> None:
    microphone, ear = Microphone(), Ear()
    starting = asyncio.create_task(microphone.start(ear.on_frame, ear.on_lost))
    await asyncio.sleep(0)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert portaudio.is_idle()
    assert not microphone.is_open
    assert (ear.frames, ear.losses) == ([], [])


async def test_microphone_runs_on_the_window_s_loop(
    sound_card: SoundCard, speech: Speech, tmp_path: Path
) -> None:
    # In a process of its own: Qt outlives a test that has begun it.
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.integration.microphone_on_the_windows_loop", str(tmp_path / "heard")),
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    lines = process.stdout
    assert lines is not None
    async with asyncio.timeout(_PATIENCE_S):
        assert await lines.readline() == b"frame\n"
        await _say(sound_card, speech("Hello again."))
        lasts_s = wav_seconds(speech("Hello again."))
        for _ in range(round(lasts_s / _ONE_FRAME_S) + 10):
            assert await lines.readline() == b"frame\n"
        sound_card.kill()
        rest = await lines.read()
        assert await process.wait() == 0
    assert rest.splitlines()[-1] == b"dropped 0"
    heard = (tmp_path / "heard").read_bytes()
    assert align(heard, read_wav(speech("Hello again."))[0])[1] > 0.9


def wav_seconds(path: Path) -> float:
    pcm, rate = read_wav(path)
    return len(pcm) / 2 / rate
