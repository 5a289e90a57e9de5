"""Heron's client and estuary-sdk 0.8.0 driven alike; where their spelling differs, it differs here.

A test of a promise runs against both::

    @both("the voice that plays goes on")
    async def test_an_interrupt_silences_the_speaker(sdk: Sdk, peer: PeerServer) -> None:
        client, told = await sdk.connected(peer.url)
        ...
        async with promised():
            assert ...

What is asserted under `promised` is the promise itself. Heron keeps it; estuary-sdk is expected to break it
there and nowhere else: a failure outside of the block, or a promise that it keeps after all, fails the test.
"""

from __future__ import annotations

import asyncio
import gc
import importlib
import re
import time
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any, ClassVar, Final

import pytest

from app import estuary
from app.audio.playback.gain import Gain
from app.audio.resample import Resampler
from app.audio.speech.processing import ProcessingSettings
from app.estuary.voice_options import VoiceOptions
from tests.estuary.conftest import config_for
from tests.estuary.peer_server import KEY
from tests.estuary.told import Told

_OTHER: Final[Any] = importlib.import_module("estuary_sdk")  # without types: every mistake of ours shows here
_OTHERS_AUDIO: Final[Any] = importlib.import_module("estuary_sdk.audio")
_OTHERS_TASKS: Final = re.compile(r"/(estuary_sdk/.*|(socketio|engineio)/(async|base)_client)\.py$")


class Broken(Exception):  # noqa: N818 - names what became of the promise
    """A promise was not kept."""


@asynccontextmanager
async def promised(within_s: float = 2.0) -> AsyncIterator[None]:
    """Raise `Broken` if what is asserted in the block is not so, or does not come about in time."""
    try:
        async with asyncio.timeout(within_s):
            yield
    except TimeoutError as error:
        raise Broken(f"nothing came of it within {within_s} s") from error
    except (AssertionError, pytest.fail.Exception) as error:
        raise Broken(str(error)) from error


async def never(told: Told, event: str, within_s: float = 0.4) -> None:
    """Fail if the client tells of such an event: what does not happen can only be waited for."""
    with suppress(TimeoutError):
        async with asyncio.timeout(within_s):
            await told.until(event)
            raise AssertionError(f"there was an event {event}; told {told.names()}")


async def until(is_so: Callable[[], object]) -> None:
    """Wait for something that no event tells of."""
    while not is_so():  # noqa: ASYNC110
        await asyncio.sleep(0.005)


class Sdk(ABC):
    """A client library, and everything a test made with it.

    Attributes:
        library: The module with the public names.
        audio: The module with its microphone and its speaker.
        EstuaryError: What its calls raise.
    """

    library: ClassVar[Any]
    audio: ClassVar[Any]
    plain: ClassVar[dict[str, Any]] = {}
    """Fields of a voice session that sends the microphone's sound as it is."""

    def __init__(self) -> None:
        self._clients: list[Any] = []
        self._sessions: list[Any] = []
        self._players: list[Any] = []
        self.EstuaryError: Any = self.library.EstuaryError
        self.continuous = self.library.VoiceMode.CONTINUOUS
        self.push_to_talk = self.library.VoiceMode.PUSH_TO_TALK

    @abstractmethod
    def client(self, url: str, **fields: Any) -> Any:
        """Return a client for an address, with short waits between its attempts to reconnect."""

    @abstractmethod
    def voice(self, pcm: bytes, rate: int, message_id: str = "m", *, is_final: bool = True) -> Any:
        """Return a piece of a reply."""

    @abstractmethod
    def recorded(self, pcm: bytes, rate: int, wanted_rate: int) -> bytes:
        """Return what the recorder makes of audio that a device of another rate delivers."""

    @abstractmethod
    def at_half_volume(self, rate: int) -> Callable[[bytes], bytes]:
        """Return what the player does to each 20 ms at half the volume."""

    @abstractmethod
    def listeners(self, client: Any) -> int:
        """Return how many callbacks are registered with a client, its own among them."""

    @abstractmethod
    async def close(self) -> None:
        """End everything that was made."""

    async def connected(self, url: str, **fields: Any) -> tuple[Any, Told]:
        """Return a client with an open session, and what it has told since it was made."""
        client = self.client(url, **fields)
        told = Told(client)
        await client.connect()
        return client, told

    def session(self, client: Any, mode: Any = None, **fields: Any) -> Any:
        """Return a voice session on the system's microphone and speaker, by default for push-to-talk."""
        self._sessions.append(
            self.library.VoiceSession(client, mode or self.push_to_talk, **self.plain, **fields)
        )
        return self._sessions[-1]

    async def player(self, rate: int, told: list[tuple[str, str]]) -> Any:
        """Return a running player, which tells of each message what happened to it."""
        player = self.audio.AudioPlayer(rate, lambda event, message_id: told.append((event, message_id)))
        self._players.append(player)
        await player.start()
        return player


class Heron(Sdk):
    """This project's client."""

    library: ClassVar[Any] = estuary
    audio: ClassVar[Any] = estuary
    plain: ClassVar[dict[str, Any]] = {
        "options": VoiceOptions(processing=ProcessingSettings(False, False, False, False))
    }

    def client(self, url: str, **fields: Any) -> Any:
        self._clients.append(estuary.EstuaryClient(config_for(url, **fields)))
        return self._clients[-1]

    def voice(self, pcm: bytes, rate: int, message_id: str = "m", *, is_final: bool = True) -> Any:
        return estuary.BotVoice(pcm=pcm, sample_rate=rate, message_id=message_id, is_final=is_final)

    def recorded(self, pcm: bytes, rate: int, wanted_rate: int) -> bytes:
        resampler = Resampler(rate, wanted_rate)
        pieces = [resampler.push(frame) for frame in _frames(pcm, rate)]
        return b"".join([*pieces, resampler.push(b"", last=True)])

    def at_half_volume(self, rate: int) -> Callable[[bytes], bytes]:
        gain = Gain()
        gain.volume = 0.5
        gain.settle()
        return lambda frame: gain.apply(frame, len(frame) / 2 / rate * 1000)

    def listeners(self, client: Any) -> int:
        return sum(map(len, client._emitter._registered.values()))

    async def close(self) -> None:
        for session in self._sessions:
            await session.stop()
        for player in self._players:
            await player.dispose()
        for client in self._clients:
            await client.disconnect()


class Other(Sdk):
    """estuary-sdk, which leaves tasks, sockets and open devices behind in most of these tests."""

    library: ClassVar[Any] = _OTHER
    audio: ClassVar[Any] = _OTHERS_AUDIO

    def client(self, url: str, **fields: Any) -> Any:
        known = {"api_key": KEY, "character_id": "character-1", "player_id": "player-1"}
        config = _OTHER.EstuaryConfig(url, **{**known, "reconnect_delay": 0.05, **fields})
        self._clients.append(_OTHER.EstuaryClient(config))
        return self._clients[-1]

    def voice(self, pcm: bytes, rate: int, message_id: str = "m", *, is_final: bool = True) -> Any:
        audio = estuary.BotVoice(pcm=pcm, sample_rate=rate).audio
        return _OTHER.BotVoice(audio=audio, message_id=message_id, is_final=is_final)

    def recorded(self, pcm: bytes, rate: int, wanted_rate: int) -> bytes:
        resample = _OTHERS_AUDIO.AudioRecorder._resample_int16
        return b"".join(resample(frame, rate, wanted_rate) for frame in _frames(pcm, rate))

    def at_half_volume(self, rate: int) -> Callable[[bytes], bytes]:
        return lambda frame: bytes(_OTHERS_AUDIO.AudioPlayer._apply_volume(frame, 0.5))

    def listeners(self, client: Any) -> int:
        return sum(len(group) for part in (client, client._socket) for group in part._listeners.values())

    async def close(self) -> None:
        devices = [part for each in self._sessions for part in (each._recorder, each._player)]
        for client in self._clients:
            client._config.auto_reconnect = client._socket._reconnecting = False
        for session in self._sessions:
            await _quietly(session.stop())
        for device in filter(None, [*devices, *self._players]):
            await _quietly(device.stop() if hasattr(device, "stop") else device.dispose())
        for client in self._clients:
            await _quietly(client.disconnect())
        while strays := [task for task in asyncio.all_tasks() if _OTHERS_TASKS.search(_file_of(task))]:
            for task in strays:  # some take a cancellation for the end of what they wait for, and wait on
                task.cancel()
            await asyncio.wait(strays, timeout=0.05)
        for client in self._clients:
            http = client._socket.sio.eio.http
            if http is not None:
                await http.close()
        self._clients.clear()
        gc.collect()  # what it complains of as it goes is this test's, not the next one's


def both(lack: str | None, raises: type[BaseException] = Broken) -> pytest.MarkDecorator:
    """Run a test against Heron, and against estuary-sdk, which is expected to fail it.

    Args:
        lack: What estuary-sdk 0.8.0 does instead; None where it keeps the promise too.
        raises: What the test ends with then.
    """
    leftovers = ("pytest.PytestUnraisableExceptionWarning", "ResourceWarning", "RuntimeWarning")
    marks = [pytest.mark.filterwarnings(f"ignore::{kind}") for kind in leftovers]
    if lack is not None:
        marks.append(pytest.mark.xfail(strict=True, raises=raises, reason=lack))
    others = pytest.param(Other, marks=marks, id="estuary-sdk")
    return pytest.mark.parametrize("sdk", [pytest.param(Heron, id="heron"), others], indirect=True)


def fastest(work: Callable[[], object], times: int = 200) -> float:
    """Return the seconds that a piece of work takes when nothing else disturbs it."""
    best = float("inf")
    for _ in range(times):
        began = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - began)
    return best


def _frames(pcm: bytes, rate: int) -> list[bytes]:
    """Return audio in frames of 20 ms."""
    size = rate // 50 * 2
    return [pcm[start : start + size] for start in range(0, len(pcm), size)]


async def _quietly(ending: Any) -> None:
    with suppress(Exception):
        async with asyncio.timeout(2):
            await ending


def _file_of(task: asyncio.Task[Any]) -> str:
    code = getattr(task.get_coro(), "cr_code", None)
    return "" if code is None else str(code.co_filename)
