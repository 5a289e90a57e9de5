"""A conversation before a loudspeaker: what it is sent, and what is heard of it."""

from __future__ import annotations

import asyncio
import base64
import subprocess
from typing import Any, Final

import numpy as np

from tests.audio.signals import Samples, samples_of
from tests.estuary.peer_server import PeerServer
from tests.estuary.told import Told
from tests.integration.peer.sdk import Sdk, until
from tests.integration.sound_card import Listener, SoundCard

RATE: Final = 24_000
"""Sample rate in Hz of the session, of what is sent and of what is recorded."""

PATIENCE_S: Final = 5.0

_FRAME_SAMPLES: Final = 480
_AUDIBLE: Final = 500


async def in_session(sdk: Sdk, peer: PeerServer, mode: Any = None) -> tuple[Any, Told]:
    """Return a client in a running voice session, and what it tells."""
    client, told = await sdk.connected(peer.url, audio_sample_rate=RATE)
    await sdk.session(client, mode, sample_rate=RATE).start()
    return client, told


async def reply(peer: PeerServer, message_id: str, pcm: bytes, *, is_final: bool = True, **more: int) -> None:
    """Send a reply, or a part of it, in pieces of 100 ms."""
    size = RATE // 10 * 2
    pieces = [pcm[start : start + size] for start in range(0, len(pcm), size)] or [b""]
    for number, piece in enumerate(pieces):
        is_last = is_final and number == len(pieces) - 1
        audio = base64.b64encode(piece).decode()
        payload = {"audio": audio, "message_id": message_id, "chunk_index": number, "is_final": is_last}
        await peer.emit("bot_voice", payload | more)


def samples(heard: Listener) -> Samples:
    """Return what was heard so far; the recorder may be in the middle of a sample."""
    pcm = heard.pcm
    return samples_of(pcm[: len(pcm) // 2 * 2])


def seconds_of(heard: Listener, hertz: float) -> float:
    """Return for how long a tone was heard; a multiple of 50 Hz, which every frame of 20 ms holds in full."""
    whole = samples(heard)
    frames = whole[: whole.size // _FRAME_SAMPLES * _FRAME_SAMPLES].reshape(-1, _FRAME_SAMPLES)
    wave = np.exp(-2j * np.pi * hertz * np.arange(_FRAME_SAMPLES) / RATE)
    amplitudes = np.abs(frames @ wave) * 2 / _FRAME_SAMPLES
    return float((amplitudes > _AUDIBLE).sum()) / 50


async def until_heard(heard: Listener, hertz: float, seconds: float) -> None:
    """Wait until a tone was heard for so long."""
    async with asyncio.timeout(PATIENCE_S):
        await until(lambda: seconds_of(heard, hertz) > seconds)


async def until_silent(heard: Listener) -> None:
    """Wait until 50 ms of silence were heard."""
    async with asyncio.timeout(PATIENCE_S):
        await until(lambda: not samples(heard)[-heard.rate // 20 :].any())


async def streams(card: SoundCard) -> list[str]:
    """Return the numbers of the streams that play on the card; an opened one has a new number."""
    command = ["pactl", "list", "short", "sink-inputs"]
    listed = await asyncio.to_thread(subprocess.run, command, capture_output=True, text=True, check=True)
    return [line.split()[0] for line in listed.stdout.splitlines()]
