"""The clients that are compared, each behind the same handful of calls.

Only the one that is asked for is imported: it is alone in its process.
"""

from __future__ import annotations

import importlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Final

HERON: Final = "heron"
SDK: Final = "estuary-sdk"
BARE: Final = "websockets"
CONTENDERS: Final = (HERON, SDK, BARE)

RATE: Final = 24_000
"""Sample rate in Hz: a frame of 960 bytes is 20 ms."""

_WHO: Final[dict[str, Any]] = {"api_key": "est_benchmark", "character_id": "character-1"}


@dataclass(frozen=True, slots=True)
class Contender:
    """One client, not yet connected. What is timed is the client's own method, with nothing around it.

    Attributes:
        connect: Returns when the session is open.
        start_voice: Returns when voice is active.
        send: Takes one frame of PCM16LE.
        say: Sends a text.
        on: Takes an event's name and a listener; bare websockets knows ``bot_voice`` only.
        close: Disconnects.
    """

    connect: Callable[[], Awaitable[object]]
    start_voice: Callable[[], Awaitable[object]]
    send: Callable[[bytes], Awaitable[object]]
    say: Callable[[str], Awaitable[object]]
    on: Callable[..., object]
    close: Callable[[], Awaitable[object]]


def make(name: str, url: str) -> Contender:
    """Return a new client of that name, of `CONTENDERS`, for the server at the http ``url``.

    Its name is its player's, too.
    """
    return {HERON: _heron, SDK: _sdk, BARE: _bare}[name](url)


def _heron(url: str) -> Contender:
    from app.estuary import EstuaryClient, EstuaryConfig

    client = EstuaryClient(EstuaryConfig(server_url=url, player_id=HERON, audio_sample_rate=RATE, **_WHO))
    return Contender(
        client.connect, client.start_voice, client.send_audio, client.send_text, client.on, client.disconnect
    )


def _sdk(url: str) -> Contender:
    sdk: Any = importlib.import_module("estuary_sdk")
    client = sdk.EstuaryClient(
        sdk.EstuaryConfig(server_url=url, player_id=SDK, audio_sample_rate=RATE, **_WHO)
    )

    async def say(text: str) -> None:
        client.send_text(text)

    return Contender(client.connect, client.start_voice, client.send_audio, say, client.on, client.disconnect)


def _bare(url: str) -> Contender:
    from benchmarks.bare_client import BareClient

    client = BareClient(url, {**_WHO, "player_id": BARE, "audio_sample_rate": RATE})
    return Contender(
        client.connect, client.start_voice, client.send_audio, client.send_text, client.on, client.close
    )
