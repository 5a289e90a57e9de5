from __future__ import annotations

import asyncio
import time

import pytest

from app.estuary import BotVoice, EstuaryClient, EstuaryConfig
from benchmarks.sound.listening_server import AHEAD_S, RATE, ListeningServer

pytestmark = pytest.mark.asyncio


async def test_it_keeps_what_it_hears_and_plays_at_the_pace_of_hearing() -> None:
    with ListeningServer() as server:
        config = EstuaryConfig(server_url=server.url, api_key="est_test", character_id="c", player_id="p")
        client = EstuaryClient(config)
        voices: list[tuple[float, BotVoice]] = []
        is_final = asyncio.Event()

        def voiced(voice: BotVoice) -> None:
            voices.append((time.monotonic(), voice))
            if voice.is_final:
                is_final.set()

        client.on("bot_voice", voiced)
        await client.connect()
        await client.start_voice()
        began = time.monotonic()
        pcm = bytes(range(256)) * (RATE * 5 // 256)
        server.play(pcm, "m")
        frame = b"\1\2" * 320
        await client.send_audio(frame)
        async with asyncio.timeout(10):
            await is_final.wait()
        await client.disconnect()
    assert b"".join(voice.pcm for _, voice in voices) == pcm
    assert {voice.message_id for _, voice in voices} == {"m"}
    assert voices[-1][0] - began == pytest.approx(len(pcm) / 2 / RATE - AHEAD_S, abs=0.3)
    assert server.heard() == frame
    assert server.frames[0][0] >= began
