from __future__ import annotations

import asyncio
import statistics
import sys
import threading
import time
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from app.audio.capture.microphone import Microphone
from app.audio.devices import portaudio
from app.audio.devices.device_choice import DeviceChoice
from app.audio.devices.device_news import DeviceFound, DeviceHint, DeviceLost, DeviceMoved, DeviceNews
from app.audio.frame import Frame, Speech
from app.audio.frame_source import FrameSource
from app.audio.resample import resample
from app.audio.wav import read_wav, write_wav
from app.core.errors import AudioError
from tests.audio.signals import align, tone
from tests.integration.conftest import Speech as Recording
from tests.integration.sound_card import SoundCard, Virtual

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

_ONE_FRAME_S = 0.02
_PATIENCE_S = 10


class Ear:
    """Keeps what a microphone hands over."""

    def __init__(self) -> None:
        self.frames: list[Frame] = []
        self.arrived: list[float] = []
        self.threads: set[str] = set()
        self.news: asyncio.Queue[DeviceNews] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._came = asyncio.Event()

    def on_frame(self, frame: Frame) -> None:
        self.arrived.append(time.monotonic())
        self.threads.add(threading.current_thread().name)
        self.frames.append(frame)
        self._loop.call_soon_threadsafe(self._came.set)

    def on_news(self, news: DeviceNews) -> None:
        assert asyncio.get_running_loop() is self._loop
        self.news.put_nowait(news)

    async def hear(self, frames: int) -> None:
        """Wait for so many more frames."""
        wanted = len(self.frames) + frames
        await self.until(lambda: len(self.frames) >= wanted)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until a frame has come after which the condition holds."""
        async with asyncio.timeout(_PATIENCE_S):
            while not condition():
                self._came.clear()
                await self._came.wait()

    async def next(self) -> DeviceNews:
        return await asyncio.wait_for(self.news.get(), _PATIENCE_S)

    @property
    def pcm(self) -> bytes:
        return b"".join(frame.pcm for frame in self.frames)


async def _say(card: SoundCard, wav: Path, microphone: str = "mic") -> None:
    await asyncio.to_thread(card.say, wav, microphone)


async def test_speech_arrives_whole_in_frames_of_20_ms(sound_card: SoundCard, speech: Recording) -> None:
    wav = speech("Remind me to call my sister.")
    said, rate = read_wav(wav)
    microphone, ear = Microphone(rate), Ear()
    source: FrameSource = microphone
    await source.start(ear.on_frame, ear.on_news)
    was_open = source.is_open
    await ear.hear(5)
    await _say(sound_card, wav)
    await ear.hear(10)
    await source.stop()
    assert (was_open, source.is_open, source.detects_speech) == (True, False, False)
    assert {(len(frame.pcm), frame.rate, frame.speech) for frame in ear.frames} == {
        (1920, 48_000, Speech.NONE)
    }
    assert align(resample(ear.pcm, 48_000, rate), said)[1] > 0.99
    assert (microphone.rate, microphone.dropped_frames, ear.news.empty()) == (48_000, 0, True)


@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100, 48_000])
async def test_frames_have_the_device_s_rate(rate: int, speech: Recording) -> None:
    wav = speech("Remind me to call my sister.")
    said, said_rate = read_wav(wav)
    with SoundCard(microphones=(Virtual("mic", rate=rate),)) as card, card.applied():
        microphone, ear = Microphone(16_000), Ear()
        await microphone.start(ear.on_frame)
        await ear.hear(5)
        await _say(card, wav)
        await ear.hear(10)
        await microphone.stop()
    assert {(len(frame.pcm), frame.rate) for frame in ear.frames} == {(rate // 50 * 2, rate)}
    assert align(resample(ear.pcm, rate, said_rate), said)[1] > 0.98


async def test_frames_come_in_portaudio_s_thread_with_the_time_of_their_capture(
    sound_card: SoundCard,
) -> None:
    microphone, ear = Microphone(), Ear()
    await microphone.start(ear.on_frame)
    await ear.hear(60)
    await microphone.stop()
    assert threading.current_thread().name not in ear.threads
    captured = [frame.captured_at for frame in ear.frames]
    delays = [there - then for there, then in zip(ear.arrived, captured, strict=True)]
    assert min(delays) >= 0
    assert statistics.median(delays) < 0.06
    steps = [later - earlier for earlier, later in pairwise(captured)]
    assert statistics.mean(steps) == pytest.approx(_ONE_FRAME_S, rel=0.15)


async def test_stopped_microphone_calls_back_no_more_and_starts_again(sound_card: SoundCard) -> None:
    microphone, first, second = Microphone(), Ear(), Ear()
    await microphone.start(first.on_frame, first.on_news)
    await first.hear(3)
    await microphone.stop()
    heard = len(first.frames)
    await microphone.stop()
    await microphone.start(second.on_frame, second.on_news)
    await second.hear(5)
    await microphone.stop()
    assert (len(first.frames), first.news.empty(), second.news.empty()) == (heard, True, True)


async def test_running_microphone_is_started_anew(sound_card: SoundCard) -> None:
    microphone, first, second = Microphone(), Ear(), Ear()
    await microphone.start(first.on_frame)
    await first.hear(3)
    await microphone.start(second.on_frame)
    heard = len(first.frames)
    await second.hear(3)
    await microphone.stop()
    assert len(first.frames) == heard


async def test_nothing_is_lost_while_the_loop_is_busy(sound_card: SoundCard) -> None:
    microphone, ear = Microphone(), Ear()
    await microphone.start(ear.on_frame, ear.on_news)
    await ear.hear(3)
    before, began = len(ear.frames), time.monotonic()
    time.sleep(0.6)  # noqa: ASYNC251 - the busy loop is what is tested
    assert len(ear.frames) - before > 20
    await ear.hear(10)
    passed = time.monotonic() - began
    await microphone.stop()
    assert len(ear.frames) - before == pytest.approx(passed / _ONE_FRAME_S, abs=4)
    assert microphone.dropped_frames == 0


async def test_frames_wait_for_a_thread_that_is_held_up(sound_card: SoundCard) -> None:
    microphone, ear = Microphone(), Ear()

    def on_frame(frame: Frame) -> None:
        ear.on_frame(frame)
        if len(ear.frames) == 75:
            time.sleep(0.4)

    await microphone.start(on_frame)
    await ear.hear(160)
    passed = ear.arrived[-1] - ear.arrived[0]
    await microphone.stop()
    assert len(ear.frames) == pytest.approx(passed / _ONE_FRAME_S, abs=6)
    assert microphone.dropped_frames == 0


async def test_what_the_device_loses_is_counted(
    sound_card: SoundCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.audio.devices.device_mover.STALL_S", 10.0)  # not to be opened anew
    microphone, ear = Microphone(), Ear()
    await microphone.start(ear.on_frame, ear.on_news)
    await ear.hear(100)
    sound_card.suspend("mic")
    await asyncio.sleep(1.0)
    sound_card.resume("mic")
    await ear.hear(120)
    dropped = microphone.dropped_frames
    await microphone.stop()
    gap = max(later - earlier for earlier, later in pairwise(ear.arrived))
    assert dropped == pytest.approx(gap / _ONE_FRAME_S, abs=5)
    assert (microphone.dropped_frames, gap > 0.9, ear.news.empty()) == (dropped, True, True)


async def test_machine_without_a_microphone_gets_a_sentence(sound_card_without_microphone: SoundCard) -> None:
    microphone, ear = Microphone(), Ear()
    with pytest.raises(AudioError) as caught:
        await microphone.start(ear.on_frame, ear.on_news)
    assert str(caught.value) == (
        "No microphone was found. Plug one in, or choose another input in the system's sound settings."
    )
    assert not microphone.is_open
    await microphone.stop()


async def test_microphone_is_chosen_and_changed_by_name(sound_card: SoundCard) -> None:
    sound_card.add_microphone(Virtual("mic_b", "USB Mic", 16_000))
    microphone, ear = Microphone(choice=DeviceChoice(("usb mic",))), Ear()
    await microphone.start(ear.on_frame, ear.on_news)
    await ear.hear(2)
    assert microphone.device is not None
    assert microphone.device.name == "mic_b"
    microphone.choice = DeviceChoice(("mic",))
    assert await ear.next() == DeviceMoved("mic", "Heron listens with “mic” now.")
    await ear.until(lambda: ear.frames[-1].rate == 48_000)
    await microphone.stop()
    assert microphone.choice == DeviceChoice(("mic",))


async def test_device_that_does_not_open_gets_a_sentence(sound_card: SoundCard) -> None:
    microphone, ear = Microphone(), Ear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("app.audio.devices.open_stream._rates", lambda *_: [900_000])  # no device takes it
        with pytest.raises(AudioError) as caught:
            await microphone.start(ear.on_frame, ear.on_news)
    assert str(caught.value).startswith("The microphone “mic” did not open (")
    assert str(caught.value).endswith("choose another input in the system's sound settings.")


async def test_microphone_that_goes_is_told_and_comes_back(sound_card: SoundCard, speech: Recording) -> None:
    microphone, ear = Microphone(), Ear()
    await microphone.start(ear.on_frame, ear.on_news)
    await ear.hear(5)
    sound_card.unplug("mic")
    assert isinstance(await ear.next(), DeviceLost)
    assert (microphone.is_open, microphone.is_ready) == (False, False)
    sound_card.plug("mic")
    assert await ear.next() == DeviceFound("mic", "The microphone “mic” is back.")
    ear.frames.clear()
    await _say(sound_card, speech("Hello again."))
    await ear.hear(10)
    assert (microphone.is_open, microphone.is_ready) == (True, True)
    await microphone.stop()
    said, rate = read_wav(speech("Hello again."))
    assert align(resample(ear.pcm, 48_000, rate), said)[1] > 0.9


async def test_start_that_is_cancelled_leaves_nothing_open(sound_card: SoundCard) -> None:
    microphone, ear = Microphone(), Ear()
    starting = asyncio.create_task(microphone.start(ear.on_frame, ear.on_news))
    await asyncio.sleep(0)
    starting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await starting
    assert portaudio.is_idle()
    assert not microphone.is_open
    assert (ear.frames, ear.news.empty()) == ([], True)


async def test_usual_microphone_is_ready_with_its_first_frame(sound_card: SoundCard) -> None:
    microphone, ear, ready = Microphone(), Ear(), asyncio.Event()
    microphone.on_ready = ready.set
    assert not microphone.is_ready
    await microphone.start(ear.on_frame)
    await asyncio.wait_for(ready.wait(), _PATIENCE_S)
    assert (microphone.is_ready, any(ear.pcm)) == (True, False)
    await microphone.stop()
    assert not microphone.is_ready


async def test_bluetooth_microphone_is_ready_with_its_first_sound(tmp_path: Path) -> None:
    write_wav(tmp_path / "tone.wav", tone(440, 16_000, 0.2), 16_000)
    ready = 0

    def on_ready() -> None:
        nonlocal ready
        ready += 1

    headset = Virtual("mic", "Headset", 16_000, "headset_head_unit")
    with SoundCard(microphones=(headset,)) as card, card.applied():
        microphone, ear = Microphone(), Ear()
        microphone.on_ready = on_ready
        await microphone.start(ear.on_frame)
        await ear.hear(10)
        assert (microphone.is_ready, ready) == (False, 0)
        await _say(card, tmp_path / "tone.wav")
        await ear.hear(2)
        assert (microphone.is_ready, ready) == (True, 1)
        await microphone.stop()


async def test_bluetooth_microphone_that_is_only_silent_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.audio.capture.first_sound.SILENT_S", 0.3)
    headset = Virtual("mic", "Headset", 16_000, "headset_head_unit")
    with SoundCard(microphones=(headset,)) as card, card.applied():
        microphone, ear = Microphone(), Ear()
        await microphone.start(ear.on_frame, ear.on_news)
        hint = await ear.next()
        await ear.hear(30)
        await microphone.stop()
    assert isinstance(hint, DeviceHint)
    assert hint.sentence.startswith("The microphone “Headset” delivers only silence.")
    assert ear.news.empty()


async def test_microphone_runs_on_the_window_s_loop(
    sound_card: SoundCard, speech: Recording, tmp_path: Path
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
        assert await lines.readline() == b"frame 48000\n"
        await _say(sound_card, speech("Hello again."))
        lasts_s = wav_seconds(speech("Hello again."))
        for _ in range(round(lasts_s / _ONE_FRAME_S) + 10):
            assert await lines.readline() == b"frame 48000\n"
        sound_card.kill()
        rest = await lines.read()
        assert await process.wait() == 0
    assert rest.splitlines()[-1] == b"dropped 0"
    heard = resample((tmp_path / "heard").read_bytes(), 48_000, 16_000)
    assert align(heard, read_wav(speech("Hello again."))[0])[1] > 0.9


def wav_seconds(path: Path) -> float:
    pcm, rate = read_wav(path)
    return len(pcm) / 2 / rate
