"""Capture, processing, voice activity and playback, and nothing else: the process whose CPU time is taken.

``python -m benchmarks.sound.voice_process`` runs on the sound card that its environment leads to. Each line
on standard input is a JSON object:

``{"play": PATH}``     plays a recording (raw PCM16LE mono at 16 kHz) as a character's voice, again and again
``{"clock": true}``    is answered by ``{"cpu_s": SECONDS, "at": TIME}``

It ends when standard input does.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from pathlib import Path
from typing import Any, Final

from app.conversation.sound_options import voice_options
from app.core.audio_format import DEFAULT_RATE, AudioFormat
from app.core.settings import Settings
from app.estuary import BotVoice
from app.estuary.voice_devices import VoiceDevices

_CHUNK_MS: Final = 100
_AHEAD_S: Final = 1.0


async def _run() -> None:
    devices = VoiceDevices(DEFAULT_RATE, voice_options(Settings()))
    loop = asyncio.get_running_loop()
    commands: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(commands.put_nowait, json.loads(line))
        loop.call_soon_threadsafe(commands.put_nowait, None)

    threading.Thread(target=read, name="commands", daemon=True).start()
    playing: asyncio.Task[None] | None = None
    await devices.player.start()
    await devices.recorder.start()
    print(json.dumps({"ready": True}), flush=True)
    while (command := await commands.get()) is not None:
        if "play" in command:
            pcm = await asyncio.to_thread(Path(command["play"]).read_bytes)
            playing = asyncio.create_task(_play(devices, pcm))
        else:
            print(json.dumps({"cpu_s": time.process_time(), "at": time.monotonic()}), flush=True)
    if playing is not None:
        playing.cancel()
        await asyncio.gather(playing, return_exceptions=True)
    await devices.recorder.stop()
    await devices.player.dispose()


async def _play(devices: VoiceDevices, pcm: bytes) -> None:
    """Play ``pcm`` without an end, in pieces as a server sends them."""
    loop = asyncio.get_running_loop()
    size = AudioFormat(DEFAULT_RATE).bytes_of(_CHUNK_MS)
    due = loop.time() - _AHEAD_S
    number = 0
    while True:
        for at in range(0, len(pcm), size):
            piece = pcm[at : at + size]
            devices.player.enqueue(
                BotVoice(pcm=piece, sample_rate=DEFAULT_RATE, message_id="voice", chunk_index=number)
            )
            number += 1
            due += _CHUNK_MS / 1000
            await asyncio.sleep(due - loop.time())


if __name__ == "__main__":
    asyncio.run(_run())
