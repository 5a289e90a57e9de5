"""What a person says into a client, 20 ms at a time."""

from __future__ import annotations

import asyncio
import base64
from array import array
from typing import Final

from app.estuary import EstuaryClient
from tests.estuary.peer_server import PeerServer

FRAME_S: Final = 0.02
QUIET: Final = bytes(640)


def loud(number: int) -> bytes:
    """Return a loud frame that can be told from the others."""
    return array("h", [8_000, -8_000, number] + [0] * 317).tobytes()


def heard(peer: PeerServer, after: int = 0) -> list[bytes]:
    """Return the frames that came to the server, from the ``after``-th on."""
    audio = [each.payload["audio"] for each in peer.received if each.event == "stream_audio"]
    return [base64.b64decode(each) for each in audio[after:]]


def said(frames: list[bytes]) -> list[int]:
    """Return the numbers of the loud frames."""
    return [array("h", frame)[2] for frame in frames if frame != QUIET]


async def until_said(peer: PeerServer, count: int) -> list[int]:
    """Return the numbers of the loud frames that came, when there are ``count``."""
    while len(said(heard(peer))) < count:
        await peer.until("stream_audio", len(heard(peer)) + 1)
    return said(heard(peer))


async def say(client: EstuaryClient, *frames: bytes, at_once: bool = False) -> None:
    """Say frames in the time they take, or all at once."""
    for frame in frames:
        await client.send_audio(frame)
        if not at_once:
            await asyncio.sleep(FRAME_S)
