from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Sequence

import pytest

from app.audio.capture import microphone_test as module
from app.audio.capture.microphone_test import PATIENCE_S, READY_S, TEST_S, play_back, record
from app.audio.capture.recording import Level, Recording, Verdict
from app.audio.devices.device_news import DeviceHint, DeviceLost, DeviceMoved, DeviceNews
from app.audio.frame import Frame
from app.audio.frame_source import FrameSource
from app.audio.sink import SampleSink
from app.core.errors import AudioError
from tests.audio.signals import align, level_db, tone
from tests.estuary.devices import MemorySink, MemorySource

pytestmark = pytest.mark.asyncio

RATE = 16_000
VOICE = tone(300, RATE, TEST_S, 8_000)


class ThreadedSource:
    """A `FrameSource` that delivers frames in a thread of its own, as fast as it can, then nothing more."""

    detects_speech = False
    is_ready = True

    def __init__(self, frames: Sequence[tuple[bytes, int]]) -> None:
        self.is_open = False
        self.rate = RATE
        self._frames = frames
        self._thread: threading.Thread | None = None

    async def start(
        self, on_frame: Callable[[Frame], None], on_news: Callable[[DeviceNews], None] | None = None
    ) -> None:
        def deliver() -> None:
            for pcm, rate in self._frames:
                on_frame(Frame(pcm, rate, 0.0))

        self.is_open = True
        self._thread = threading.Thread(target=deliver)
        self._thread.start()

    async def stop(self) -> None:
        self.is_open = False
        if self._thread is not None:
            self._thread.join()


def frames(pcm: bytes, rate: int = RATE) -> list[tuple[bytes, int]]:
    size = rate // 50 * 2
    return [(pcm[at : at + size], rate) for at in range(0, len(pcm), size)]


def made(pcm: bytes, rate: int = RATE) -> Recording:
    return Recording(pcm, rate, tuple(Level.of(frame) for frame, _ in frames(pcm, rate)))


async def test_it_records_three_seconds_and_tells_their_levels() -> None:
    source, levels, moments = ThreadedSource(frames(VOICE + VOICE)), list[Level](), list[int]()
    protocol: FrameSource = source
    recording = await record(protocol, on_ready=lambda: moments.append(len(levels)), on_level=levels.append)
    assert recording.pcm == VOICE
    assert (recording.rate, recording.seconds, recording.verdict) == (RATE, TEST_S, Verdict.GOOD)
    assert tuple(levels) == recording.levels
    assert len(levels) == 150
    assert moments == [0]
    assert not source.is_open


async def test_the_silence_of_a_microphone_that_has_not_begun_is_waited_out() -> None:
    begins = frames(bytes(RATE * 2)) + frames(VOICE)  # a second, as a Bluetooth headset needs
    recording = await record(ThreadedSource(begins))
    assert recording.pcm == VOICE


async def test_silence_that_stays_is_a_verdict() -> None:
    silence = bytes(int(RATE * (READY_S + TEST_S + 1)) * 2)
    moments: list[str] = []
    recording = await record(ThreadedSource(frames(silence)), on_ready=lambda: moments.append("ready"))
    assert (recording.verdict, recording.seconds) == (Verdict.SILENCE, TEST_S)
    assert moments == ["ready"]


async def test_a_microphone_from_which_nothing_comes_is_a_verdict(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    source = ThreadedSource([])
    recording = await record(source, on_ready=lambda: pytest.fail("it hears nothing"))
    assert (recording.verdict, recording.pcm, recording.rate) == (Verdict.NOTHING, b"", RATE)
    assert not source.is_open


async def test_what_came_before_it_fell_silent_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    recording = await record(ThreadedSource(frames(VOICE)[:50]))
    assert (recording.verdict, recording.seconds) == (Verdict.GOOD, 1.0)


async def test_a_device_with_another_rate_takes_over() -> None:
    high = tone(300, 48_000, TEST_S, 8_000)
    recording = await record(ThreadedSource(frames(VOICE)[:75] + frames(high, 48_000)))
    assert recording.rate == RATE
    assert TEST_S <= recording.seconds < TEST_S + 0.05
    half = len(VOICE) // 2
    assert level_db(recording.pcm[half:], RATE, 300) == pytest.approx(level_db(VOICE, RATE, 300), abs=0.5)
    assert len(recording.levels) >= 150


async def test_news_are_passed_on_and_a_loss_ends_it() -> None:
    source, told = MemorySource(), list[DeviceNews]()
    recording = asyncio.create_task(record(source, on_news=told.append))
    await asyncio.sleep(0)
    moved, hint = DeviceMoved("USB", "Heron listens with “USB” now."), DeviceHint("It is a headset.")
    source.tell(moved)
    source.speak(VOICE[:640])
    source.tell(hint)
    source.break_down("The microphone “USB” is gone.")
    with pytest.raises(AudioError, match=r"^The microphone “USB” is gone\.$"):
        await recording
    assert told == [moved, hint]
    assert not source.is_open


async def test_news_that_nobody_wants_are_no_trouble() -> None:
    source = MemorySource()
    recording = asyncio.create_task(record(source))
    await asyncio.sleep(0)
    source.tell(DeviceHint("It is a headset."))
    for frame, _ in frames(VOICE):
        source.speak(frame)
    assert (await recording).pcm == VOICE


async def test_a_microphone_that_does_not_open_is_a_sentence() -> None:
    with pytest.raises(AudioError, match=r"^No microphone was found\.$"):
        await record(MemorySource(problem="No microphone was found."))


async def test_recording_can_be_cancelled_and_leaves_nothing_open() -> None:
    source = MemorySource()
    recording = asyncio.create_task(record(source))
    await asyncio.sleep(0)
    source.speak(VOICE[:640])
    recording.cancel()
    with pytest.raises(asyncio.CancelledError):
        await recording
    assert not source.is_open


async def test_a_listener_that_fails_leaves_nothing_open() -> None:
    source = ThreadedSource(frames(VOICE))

    def broken(level: Level) -> None:
        raise RuntimeError("it fails")

    with pytest.raises(RuntimeError, match="it fails"):
        await record(source, on_level=broken)
    assert not source.is_open


async def test_it_plays_the_recording_to_its_end() -> None:
    sink = MemorySink(24_000)
    protocol: SampleSink = sink
    playing = asyncio.create_task(play_back(made(VOICE), protocol))
    await asyncio.sleep(0)
    samples = sink.queued_samples
    assert samples == 24_000 * TEST_S
    sink.play(samples - 1)
    heard = sink.heard
    await asyncio.sleep(0)
    assert not playing.done()
    sink.play(1)
    await playing
    assert align(heard, tone(300, 24_000, TEST_S - 0.1, 8_000))[1] > 0.99
    assert not sink.is_open


@pytest.mark.parametrize("samples", [0, 100])
async def test_a_speaker_that_does_not_play_is_a_sentence(
    monkeypatch: pytest.MonkeyPatch, samples: int
) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    sink = MemorySink()
    playing = asyncio.create_task(play_back(made(VOICE), sink))
    await asyncio.sleep(0)
    sink.play(samples)
    with pytest.raises(AudioError, match=r"^The speaker does not play\. Choose another output"):
        await playing
    assert not sink.is_open


async def test_what_a_lost_device_held_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.05)
    sink = MemorySink()
    playing = asyncio.create_task(play_back(made(VOICE), sink))
    await asyncio.sleep(0)
    sink.tell(DeviceMoved("USB", "Heron speaks through “USB” now."))
    sink.hand_over(sink.queued_samples)
    await asyncio.wait_for(playing, 5)
    assert not sink.is_open


async def test_a_speaker_that_is_lost_is_a_sentence() -> None:
    sink = MemorySink()
    playing = asyncio.create_task(play_back(made(VOICE), sink))
    await asyncio.sleep(0)
    sink.tell(DeviceLost("The speaker “USB” is gone."))
    with pytest.raises(AudioError, match=r"^The speaker “USB” is gone\.$"):
        await playing
    assert not sink.is_open


async def test_a_speaker_that_does_not_open_is_a_sentence() -> None:
    with pytest.raises(AudioError, match=r"^No speaker was found\.$"):
        await play_back(made(VOICE), MemorySink(problem="No speaker was found."))


async def test_playing_can_be_cancelled_and_leaves_nothing_open() -> None:
    sink = MemorySink()
    playing = asyncio.create_task(play_back(made(VOICE), sink))
    await asyncio.sleep(0)
    playing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await playing
    assert not sink.is_open


async def test_it_is_patient_enough_for_a_bluetooth_headset() -> None:
    assert min(READY_S, PATIENCE_S) >= 2
