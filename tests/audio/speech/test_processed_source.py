"""A source behind a voice chain: its thread, its order, its end."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest

from app.audio.devices.device_news import DeviceLost, DeviceNews
from app.audio.far_end import FarEnd
from app.audio.frame import Frame
from app.audio.speech import processed_source
from app.audio.speech.processed_source import ProcessedSource
from app.audio.speech.processing import ProcessingSettings
from app.audio.speech.voice_chain import VoiceChain
from app.core.errors import AudioError

pytestmark = pytest.mark.asyncio

NOTHING = ProcessingSettings(False, False, False, False)


class Source:
    """A small real source: a test says what it hears."""

    def __init__(self, problem: str | None = None) -> None:
        self.on_frame: Callable[[Frame], None] | None = None
        self.on_news: Callable[[DeviceNews], None] | None = None
        self._problem = problem

    async def start(
        self, on_frame: Callable[[Frame], None], on_news: Callable[[DeviceNews], None] | None = None
    ) -> None:
        if self._problem is not None:
            raise AudioError(self._problem)
        self.on_frame, self.on_news = on_frame, on_news

    async def stop(self) -> None:
        self.on_frame = self.on_news = None

    @property
    def is_open(self) -> bool:
        return self.on_frame is not None

    @property
    def is_ready(self) -> bool:
        return self.is_open

    @property
    def rate(self) -> int:
        return 16_000

    @property
    def detects_speech(self) -> bool:
        return False


class Ear:
    """Takes frames in whichever thread they come."""

    def __init__(self, count: int) -> None:
        self.frames: list[Frame] = []
        self.threads: set[str] = set()
        self._count = count
        self._loop = asyncio.get_running_loop()
        self.has_all = asyncio.Event()

    def hear(self, frame: Frame) -> None:
        self.frames.append(frame)
        self.threads.add(threading.current_thread().name)
        if len(self.frames) == self._count:
            self._loop.call_soon_threadsafe(self.has_all.set)


def frame(number: int) -> Frame:
    return Frame(number.to_bytes(2, "little") * 320, 16_000, float(number))


async def test_frames_come_in_order_in_a_thread_of_their_own() -> None:
    source, ear = Source(), Ear(50)
    processed = ProcessedSource(source, VoiceChain(NOTHING))
    await processed.start(ear.hear)
    assert (processed.is_open, processed.rate, processed.detects_speech) == (True, 16_000, True)
    assert source.on_frame is not None
    for number in range(50):
        source.on_frame(frame(number))
    async with asyncio.timeout(10):
        await ear.has_all.wait()
    await processed.stop()
    assert [heard.pcm for heard in ear.frames] == [frame(number).pcm for number in range(50)]
    assert ear.threads == {"heron-audio"}
    assert not processed.is_open
    assert processed.dropped_blocks == 0


async def test_nothing_comes_after_stop() -> None:
    source, ear = Source(), Ear(1)
    processed = ProcessedSource(source, VoiceChain(NOTHING))
    await processed.start(ear.hear)
    on_frame = source.on_frame
    assert on_frame is not None
    await processed.stop()
    on_frame(frame(1))
    assert ear.frames == []
    await processed.stop()


async def test_news_pass_through() -> None:
    source, news = Source(), list[DeviceNews]()
    processed = ProcessedSource(source, VoiceChain(NOTHING))
    await processed.start(lambda _: None, news.append)
    assert source.on_news is not None
    source.on_news(DeviceLost("gone"))
    await processed.stop()
    assert news == [DeviceLost("gone")]


async def test_a_source_that_does_not_open_leaves_no_thread() -> None:
    processed = ProcessedSource(Source("in use"), VoiceChain(NOTHING), FarEnd())
    with pytest.raises(AudioError, match="in use"):
        await processed.start(lambda _: None)
    assert not processed.is_open
    assert "heron-audio" not in {thread.name for thread in threading.enumerate()}


async def test_the_far_end_is_listened_to_while_open() -> None:
    far_end, source = FarEnd(), Source()
    chain = VoiceChain(NOTHING)
    processed = ProcessedSource(source, chain, far_end)
    played = list[tuple[bytes, int]]()
    has_played = asyncio.Event()
    loop = asyncio.get_running_loop()

    def far(pcm: bytes, rate: int) -> None:
        played.append((pcm, rate))
        loop.call_soon_threadsafe(has_played.set)

    chain.far = far  # type: ignore[method-assign]
    far_end.played(b"before", 16_000)
    await processed.start(lambda _: None)
    far_end.played(b"within", 24_000)
    assert source.on_frame is not None
    source.on_frame(frame(1))
    async with asyncio.timeout(10):
        await has_played.wait()
    await processed.stop()
    far_end.played(b"after", 16_000)
    assert played == [(b"within", 24_000)]


async def test_a_thread_that_does_not_keep_up_loses_blocks_and_counts_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(processed_source, "BACKLOG", 3)
    source, is_free = Source(), threading.Event()
    processed = ProcessedSource(source, VoiceChain(NOTHING))

    def hear(_frame: Frame) -> None:
        is_free.wait(10)

    await processed.start(hear)
    assert source.on_frame is not None
    for number in range(20):
        source.on_frame(frame(number))
    assert processed.dropped_blocks >= 16
    is_free.set()
    await processed.stop()
    assert processed.dropped_blocks >= 16


class Order:
    """A real chain's place: notes in which order it is given what was played and what was heard."""

    rate = 16_000

    def __init__(self) -> None:
        self.given: list[str] = []
        self.may_go_on = threading.Event()
        self.is_busy = threading.Event()

    def far(self, pcm: bytes, _rate: int) -> None:
        for block in range(0, len(pcm), 320):
            self.given.append(f"far {int.from_bytes(pcm[block : block + 2], 'little')}")

    def near(self, block: Frame) -> list[Frame]:
        self.given.append(f"near {block.captured_at:.0f}")
        self.is_busy.set()
        assert self.may_go_on.wait(5)
        return [block]


async def test_a_thread_that_was_late_takes_either_side_as_it_came() -> None:
    source, far_end, order, ear = Source(), FarEnd(), Order(), Ear(4)
    processed = ProcessedSource(source, order, far_end)  # type: ignore[arg-type]
    await processed.start(ear.hear)
    assert source.on_frame is not None
    source.on_frame(frame(0))
    await asyncio.to_thread(order.is_busy.wait, 5)
    for number in range(1, 4):  # while it is busy three frames are played, in halves, and three heard
        for half in range(2):
            far_end.played((2 * number + half).to_bytes(2, "little") * 160, 16_000)
        source.on_frame(frame(number))
    order.may_go_on.set()
    await asyncio.wait_for(ear.has_all.wait(), 5)
    await processed.stop()
    assert order.given == [
        *("near 0", "far 2", "far 3", "near 1", "far 4", "far 5", "near 2", "far 6", "far 7", "near 3"),
    ]
