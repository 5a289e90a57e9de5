"""Who is measured: a client and its voice session, wired as the window wires them, with the default settings.

``python -m benchmarks.sound.subject`` runs on the sound card that its environment leads to. The first line on
standard input is a JSON object with ``url``, ``api_key``, ``mode`` and ``folder``; each line after it a
command:

``{"say": TEXT}``  ``{"text": TEXT}``  ``{"press": true}``  ``{"release": true}``  ``{"interrupt": true}``

Each line on standard output is a JSON object with what happened and when (``at``: ``time.monotonic()``). What
the server sends as voice is written to ``folder``, a file of PCM for each message. It ends when standard
input does.
"""

from __future__ import annotations

import asyncio
import json
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any

from app.audio.devices.device_news import DeviceNews
from app.conversation.account import DEFAULT_CHARACTER
from app.conversation.sound_options import voice_options
from app.core.settings import Settings
from app.estuary import (
    BotVoice,
    EstuaryClient,
    EstuaryConfig,
    EstuaryError,
    SttResponse,
    VoiceMode,
    VoiceSession,
    VoiceState,
)
from app.estuary.events import EventName
from app.estuary.player import PlaybackEvent


class Subject:
    """The client, its session, and what is told of them."""

    def __init__(self, url: str, api_key: str, mode: str, folder: Path) -> None:
        config = EstuaryConfig(
            server_url=url, api_key=api_key, character_id=DEFAULT_CHARACTER, player_id="listener"
        )
        self.client = EstuaryClient(config)
        self._folder = folder
        self._voices: dict[str, IO[bytes]] = {}
        self.client.on(EventName.STT_RESPONSE, self._heard)
        self.client.on(EventName.BOT_VOICE, self._voiced)
        self.client.on(EventName.ERROR, self._erred)
        self.session = VoiceSession(
            self.client,
            VoiceMode(mode),
            sample_rate=config.audio_sample_rate,
            options=voice_options(Settings()),
            on_state=self._changed,
            on_playback_event=self._played,
            on_news=self._device_told,
        )

    async def run(self) -> None:
        """Connect, and do what standard input asks for until it ends."""
        await self.client.connect()
        await self.session.start()
        _tell(ready=True)
        try:
            commands = _commands()
            while (command := await commands.get()) is not None:
                await self._obey(command)
        finally:
            await self.session.stop()
            await self.client.disconnect()
            for file in self._voices.values():
                file.close()

    async def _obey(self, command: dict[str, Any]) -> None:
        try:
            match command:
                case {"say": text}:
                    self.client.say_line(text)
                case {"text": text}:
                    self.client.send_text(text)
                case {"press": _}:
                    _tell(calling="press")
                    await self.session.start_recording()
                    _tell(pressed=True)
                case {"release": _}:
                    await self.session.stop_recording()
                    _tell(released=True)
                case {"interrupt": _}:
                    _tell(calling="interrupt")
                    await self.session.interrupt()
        except EstuaryError as error:
            self._erred(error)

    def _heard(self, heard: SttResponse) -> None:
        _tell(stt=heard.text, is_final=heard.is_final)

    def _voiced(self, voice: BotVoice) -> None:
        name = voice.message_id
        if name not in self._voices:
            self._voices[name] = (self._folder / f"{name}.pcm").open("wb", buffering=0)
            _tell(voice=name, rate=voice.sample_rate)
        self._voices[name].write(voice.pcm)

    def _erred(self, error: Exception) -> None:
        _tell(error=str(error))

    def _changed(self, state: VoiceState) -> None:
        _tell(state=state.value)

    def _played(self, event: PlaybackEvent, message_id: str) -> None:
        _tell(playback=event.value, message=message_id)

    def _device_told(self, news: DeviceNews) -> None:
        _tell(news=type(news).__name__, sentence=news.sentence)


def _tell(**event: Any) -> None:
    print(json.dumps({**event, "at": time.monotonic()}), flush=True)


def _commands() -> asyncio.Queue[dict[str, Any] | None]:
    """Return a queue of the lines of standard input; None is its end."""
    commands: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
    loop = asyncio.get_running_loop()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(commands.put_nowait, json.loads(line))
        loop.call_soon_threadsafe(commands.put_nowait, None)

    threading.Thread(target=read, name="commands", daemon=True).start()
    return commands


def main() -> None:
    """Run until standard input ends."""
    told = json.loads(sys.stdin.readline())
    asyncio.run(_run(told))


async def _run(told: dict[str, str]) -> None:
    await Subject(told["url"], told["api_key"], told["mode"], Path(told["folder"])).run()


if __name__ == "__main__":
    main()
