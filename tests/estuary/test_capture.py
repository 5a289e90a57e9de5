"""Capture: what belongs to a turn, when it leaves, and how long the microphone stays open."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from app.audio.frame import Frame, Speech
from app.core.errors import AudioError
from app.estuary import AudioRecorder, EstuaryClient, VoiceMode
from app.estuary.capture import RING_MS, Capture
from app.estuary.speech_gate import Guard
from tests.estuary.conftest import ClientMaker
from tests.estuary.devices import MemorySource
from tests.estuary.peer_server import PATIENCE_S, PeerServer

pytestmark = pytest.mark.asyncio

RING_FRAMES = RING_MS // 20


def pcm(number: int) -> bytes:
    return number.to_bytes(2, "little") * 320


class Bench:
    """A capture between a microphone in memory and a real server, in continuous voice."""

    def __init__(self, peer: PeerServer, client: EstuaryClient) -> None:
        self.peer = peer
        self.client = client
        self.microphone = MemorySource(detects_speech=True)
        self.guard = Guard.OPEN
        self.seen: list[int] = []
        self.opened: list[bool] = []
        self.is_closed = asyncio.Event()
        self.capture = Capture(
            client,
            AudioRecorder(source=self.microphone),
            guard=lambda _: self.guard,
            on_frame=lambda frame: self.seen.append(_number(frame.pcm)),
            on_open=self._opened,
        )

    def _opened(self, is_open: bool) -> None:
        self.opened.append(is_open)
        if not is_open:
            self.is_closed.set()

    def say(self, *numbers: int, speech: Speech = Speech.NONE) -> None:
        for number in numbers:
            self.microphone.speak(pcm(number), speech)

    async def sent(self, count: int) -> list[int]:
        """Return the first samples of what the server has got, once it has ``count`` frames."""
        if count:
            await self.peer.until("stream_audio", count)
        audio = [one.payload["audio"] for one in self.peer.received if one.event == "stream_audio"]
        return [_number(base64.b64decode(text)) for text in audio]


def _number(frame: bytes) -> int:
    return int.from_bytes(frame[:2], "little")


@pytest_asyncio.fixture
async def bench(peer: PeerServer, client_for: ClientMaker) -> AsyncIterator[Bench]:
    client = client_for(peer.url)
    await client.connect()
    await client.start_voice(VoiceMode.CONTINUOUS)
    made = Bench(peer, client)
    yield made
    await made.capture.shut()
    assert not made.microphone.is_open


async def test_what_is_recorded_waits_until_it_may_flow(bench: Bench) -> None:
    await bench.capture.open()
    bench.say(1, 2)
    await asyncio.sleep(0.02)
    assert await bench.sent(0) == []
    bench.capture.flow()
    bench.say(3)
    assert await bench.sent(3) == [1, 2, 3]
    assert bench.seen == [1, 2, 3]


async def test_a_turn_ends_with_all_that_was_recorded_and_a_closed_microphone(bench: Bench) -> None:
    await bench.capture.open()
    bench.capture.flow()
    bench.say(1, 2, 3)
    await bench.capture.close()
    assert (bench.capture.is_open, bench.capture.is_microphone_open) == (False, False)
    assert await bench.sent(3) == [1, 2, 3]
    assert bench.opened == [True, False]


async def test_a_warm_microphone_gives_a_turn_what_was_said_before_it(bench: Bench) -> None:
    await bench.capture.open()
    bench.capture.flow()
    bench.say(1)
    await bench.sent(1)
    await bench.capture.close(warm_s=60)
    assert (bench.capture.is_open, bench.capture.is_microphone_open) == (False, True)
    bench.say(*range(100, 140))
    await asyncio.sleep(0)
    await bench.capture.open()
    bench.say(200)
    bench.capture.flow()
    ring = list(range(140 - RING_FRAMES, 140))
    assert await bench.sent(RING_FRAMES + 2) == [1, *ring, 200]
    assert bench.microphone.openings == 1
    assert bench.opened == [True]


async def test_a_warm_microphone_sends_nothing_and_closes_by_itself(bench: Bench) -> None:
    await bench.capture.open()
    bench.capture.flow()
    await bench.capture.close(warm_s=0.03)
    bench.say(7)
    async with asyncio.timeout(PATIENCE_S):
        await bench.is_closed.wait()
    assert await bench.sent(0) == []
    assert bench.seen == []
    assert bench.opened == [True, False]
    await bench.capture.open()
    assert bench.microphone.openings == 2
    assert bench.seen == []  # what a closed microphone had heard is forgotten


async def test_a_guard_withholds_and_speech_passes_whole(bench: Bench) -> None:
    await bench.capture.open()
    bench.capture.flow()
    bench.guard = Guard.SILENCE
    bench.say(1, 2)
    bench.say(3, speech=Speech.SPEECH)
    assert await bench.sent(5) == [0, 0, 1, 2, 3]
    assert bench.seen == [1, 2, 3]


async def test_an_aborted_turn_sends_no_more(bench: Bench) -> None:
    await bench.capture.open()
    bench.say(1)
    await bench.capture.abort()
    assert not bench.capture.is_open
    assert await bench.sent(0) == []


async def test_a_microphone_that_does_not_open_begins_no_turn(bench: Bench) -> None:
    bench.microphone.problem = "in use"
    with pytest.raises(AudioError, match="in use"):
        await bench.capture.open()
    assert (bench.capture.is_open, bench.opened) == (False, [])


async def test_a_microphone_is_opened_again_within_a_turn(bench: Bench) -> None:
    await bench.capture.open()
    bench.capture.flow()
    bench.say(1)
    await bench.capture.reopen()
    bench.say(2)
    assert await bench.sent(2) == [1, 2]
    assert bench.microphone.openings == 2
    assert bench.opened == [True, False, True]


async def test_a_microphone_that_had_gone_is_opened_again(bench: Bench) -> None:
    await bench.capture.open()
    bench.capture.flow()
    bench.microphone.break_down("gone")
    await bench.capture.open()
    bench.say(1)
    assert await bench.sent(1) == [1]


async def test_a_frame_of_another_rate_is_resampled(bench: Bench) -> None:
    microphone = MemorySource(48_000)
    seen: list[Frame] = []
    capture = Capture(
        bench.client,
        AudioRecorder(source=microphone),
        guard=lambda _: Guard.OPEN,
        on_frame=seen.append,
        on_open=lambda _: None,
    )
    await capture.open()
    capture.flow()
    for _ in range(10):
        microphone.speak(bytes(1920))
    await capture.close()
    await bench.client.stop_voice()
    await bench.peer.until("stop_voice")
    sizes = [
        len(base64.b64decode(one.payload["audio"]))
        for one in bench.peer.received
        if one.event == "stream_audio"
    ]
    assert sum(sizes) == 10 * 640
    assert len(seen) == 10
