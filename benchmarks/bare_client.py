"""The floor: `websockets` as it comes, and the protocol's frames made by hand."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from typing import Any

from websockets.asyncio.client import ClientConnection, connect


class BareClient:
    """What a person would write who needs just this and trusts the server.

    Args:
        url: The server's http address.
        auth: What the server is told about the client.
    """

    def __init__(self, url: str, auth: dict[str, Any]) -> None:
        self._url = f"{url.replace('http', 'ws', 1)}/socket.io/?transport=websocket&EIO=4"
        self._auth = auth
        self._socket: ClientConnection | None = None
        self._reading: asyncio.Task[None] | None = None
        self._voice_started = asyncio.Event()
        self._listeners: list[Callable[..., Any]] = []

    async def connect(self) -> None:
        """Open the session."""
        self._socket = await connect(
            self._url, compression=None, max_size=None, ping_interval=None, proxy=None
        )
        await self._socket.recv()
        await self._socket.send(f"40/sdk,{json.dumps(self._auth)}")
        await self._socket.recv()
        await self._socket.recv()
        self._reading = asyncio.create_task(self._read(self._socket))

    async def start_voice(self) -> None:
        """Begin voice."""
        await self._send('42/sdk,["start_voice"]')
        await self._voice_started.wait()

    async def send_audio(self, pcm: bytes) -> None:
        """Send one frame."""
        audio = base64.b64encode(pcm).decode("ascii")
        await self._send(f'42/sdk,["stream_audio",{{"audio":"{audio}"}}]')

    async def send_text(self, text: str) -> None:
        """Send a text."""
        await self._send(f"42/sdk,{json.dumps(['text', {'text': text}])}")

    def on(self, event: str, listener: Callable[..., Any]) -> None:
        """Call ``listener`` with the payload of each ``bot_voice``."""
        assert event == "bot_voice"
        self._listeners.append(listener)

    async def close(self) -> None:
        """Disconnect."""
        if self._socket is not None and self._reading is not None:
            await self._socket.close()
            await self._reading

    async def _send(self, packet: str) -> None:
        assert self._socket is not None
        await self._socket.send(packet)

    async def _read(self, socket: ClientConnection) -> None:
        async for packet in socket:
            if packet == "2":
                await socket.send("3")
                continue
            assert isinstance(packet, str)
            event, payload = json.loads(packet.removeprefix("42/sdk,"))
            if event == "bot_voice":
                for listener in self._listeners:
                    listener(payload)
            elif event == "voice_started":
                self._voice_started.set()
