"""The wire side of the server: python-socketio's events to and from sessions."""

from __future__ import annotations

import asyncio
import binascii
import hmac
import logging
import uuid
from base64 import b64decode
from collections import defaultdict
from typing import Any, Final, TypeVar

import msgspec
import socketio

from app.protocol import client_messages, server_messages
from app.protocol.message import Message
from app.protocol.packet import NAMESPACE
from app.server.engines import Engines
from app.server.replies.interjection import Interjection
from app.server.session import Identity, Session

_log = logging.getLogger(__name__)

DEFAULT_CHARACTER: Final = "default"
"""Id of the character that every server of this kind has."""

_LOWEST_RATE: Final = 8_000
_HIGHEST_RATE: Final = 48_000
_AUTHENTICATE_S: Final = 3.0
"""Seconds that a client without credentials in its connect has to send ``authenticate``."""

_PING_INTERVAL_S: Final = 25
_PING_TIMEOUT_S: Final = 20
_LARGEST_FRAME: Final = 8 * 1024 * 1024

_M = TypeVar("_M", bound=Message)


class Gateway:
    """Accepts Estuary clients and gives each its session.

    Args:
        api_key: What a client must present.
        engines: What the sessions share.
    """

    def __init__(self, api_key: str, engines: Engines) -> None:
        self._api_key = api_key.encode()
        self._engines = engines
        self._sessions: dict[str, Session] = {}
        self._late: dict[str, asyncio.Task[None]] = {}
        self._unheard: defaultdict[tuple[str, str], list[Interjection]] = defaultdict(list)
        # always_connect: a refusal is an event, and an event needs a connection to travel on.
        # async_handlers off: with a task per event, order would end at the first await.
        self._server = socketio.AsyncServer(
            async_mode="asgi",
            namespaces=[NAMESPACE],
            transports=["websocket"],
            always_connect=True,
            async_handlers=False,
            ping_interval=_PING_INTERVAL_S,
            ping_timeout=_PING_TIMEOUT_S,
            max_http_buffer_size=_LARGEST_FRAME,
            http_compression=False,
            logger=False,
            engineio_logger=False,
        )
        self._register()
        self.application = socketio.ASGIApp(self._server)
        """The ASGI application to serve."""

    def announce(self, interjection: Interjection) -> None:
        """Give an interjection to the player's sessions, or keep it for the next one."""
        player = (interjection.character_id, interjection.player_id)
        sessions = [s for s in self._sessions.values() if _player(s.identity) == player]
        for session in sessions:
            session.interject(interjection)
        if not sessions:
            self._unheard[player].append(interjection)

    async def close(self) -> None:
        """End every session."""
        for task in self._late.values():
            task.cancel()
        for sid in list(self._sessions):
            await self._leave(sid)

    def _register(self) -> None:
        def on(name: str, handler: Any) -> None:
            self._server.on(name, handler=handler, namespace=NAMESPACE)

        on("connect", self._connect)
        on("disconnect", self._disconnect)
        on("authenticate", self._authenticate)
        on("start_voice", self._start_voice)
        on("stop_voice", self._stop_voice)
        on("stream_audio", self._stream_audio)
        on("text", self._text)
        on("say_line", self._say_line)
        on("client_interrupt", self._client_interrupt)
        on("audio_playback_complete", self._audio_playback_complete)
        on("*", self._anything_else)

    async def _connect(self, sid: str, _environ: dict[str, Any], auth: Any = None) -> None:
        request = _read(client_messages.Authenticate, auth)
        if request.api_key is None and request.client_token is None:
            self._late[sid] = asyncio.create_task(self._refuse_later(sid), name="await authenticate")
        else:
            await self._admit(sid, request)

    async def _authenticate(self, sid: str, payload: Any = None) -> None:
        if (late := self._late.pop(sid, None)) is not None:
            late.cancel()
            await self._admit(sid, _read(client_messages.Authenticate, payload))

    async def _disconnect(self, sid: str, _reason: str = "") -> None:
        if (late := self._late.pop(sid, None)) is not None:
            late.cancel()
        await self._leave(sid)

    async def _refuse_later(self, sid: str) -> None:
        await asyncio.sleep(_AUTHENTICATE_S)
        self._late.pop(sid, None)
        await self._refuse(sid, "No API key was sent.")

    async def _admit(self, sid: str, request: client_messages.Authenticate) -> None:
        if not hmac.compare_digest((request.api_key or "").encode(errors="surrogatepass"), self._api_key):
            await self._refuse(sid, "The API key is not valid for this server.")
            return
        character = request.character_id or DEFAULT_CHARACTER
        if character != DEFAULT_CHARACTER:
            await self._refuse(
                sid, f"There is no character “{character[:80]}” here; use “{DEFAULT_CHARACTER}”."
            )
            return
        rate = request.audio_sample_rate
        if not _LOWEST_RATE <= rate <= _HIGHEST_RATE:
            await self._refuse(
                sid, f"The sample rate must lie between {_LOWEST_RATE} and {_HIGHEST_RATE} Hz."
            )
            return
        await self._open(sid, Identity(uuid.uuid4().hex, character, request.player_id, rate))

    async def _refuse(self, sid: str, sentence: str) -> None:
        await self._send(sid, server_messages.AuthError(error=sentence))
        await self._server.disconnect(sid, namespace=NAMESPACE)

    async def _open(self, sid: str, identity: Identity) -> None:
        async def send(message: Message) -> None:
            await self._send(sid, message)

        session = self._sessions[sid] = Session(identity, send, self._engines)
        await send(
            server_messages.SessionInfo(
                session_id=identity.session_id,
                conversation_id=f"{identity.character_id}:{identity.player_id}",
                character_id=identity.character_id,
                player_id=identity.player_id,
            )
        )
        for interjection in self._unheard.pop(_player(identity), []):
            session.interject(interjection)

    async def _leave(self, sid: str) -> None:
        session = self._sessions.pop(sid, None)
        if session is None:
            return
        await session.close()
        for interjection in session.undelivered():
            self.announce(interjection)

    async def _start_voice(self, sid: str, payload: Any = None) -> None:
        if session := self._sessions.get(sid):
            await session.start_voice(_read(client_messages.StartVoice, payload))

    async def _stop_voice(self, sid: str, _payload: Any = None) -> None:
        if session := self._sessions.get(sid):
            await session.stop_voice()

    async def _stream_audio(self, sid: str, payload: Any = None) -> None:
        session = self._sessions.get(sid)
        if session and isinstance(payload, dict) and (pcm := _audio(payload.get("audio"))):
            session.audio(pcm)

    async def _text(self, sid: str, payload: Any = None) -> None:
        if session := self._sessions.get(sid):
            request = _read(client_messages.Text, payload)
            await session.text(request.text, has_voice=not request.text_only)

    async def _say_line(self, sid: str, payload: Any = None) -> None:
        if session := self._sessions.get(sid):
            request = _read(client_messages.SayLine, payload)
            await session.say(request.text, has_voice=not request.text_only)

    async def _client_interrupt(self, sid: str, payload: Any = None) -> None:
        if session := self._sessions.get(sid):
            await session.interrupt(_read(client_messages.ClientInterrupt, payload).message_id)

    async def _audio_playback_complete(self, sid: str, payload: Any = None) -> None:
        if session := self._sessions.get(sid):
            request = _read(client_messages.AudioPlaybackComplete, payload)
            await session.playback_complete(request.message_id)

    async def _anything_else(self, event: str, sid: str, *_payload: Any) -> None:
        """Take an event that means nothing here, so that a client which waits for its ack gets one."""
        if event.startswith("livekit_"):
            error = {"error": "This server has no LiveKit; use the WebSocket."}
            await self._server.emit("livekit_error", error, to=sid, namespace=NAMESPACE)

    async def _send(self, sid: str, message: Message) -> None:
        await self._server.emit(message.event, message.to_payload(), to=sid, namespace=NAMESPACE)


def _player(identity: Identity) -> tuple[str, str]:
    return identity.character_id, identity.player_id


def _read(kind: type[_M], payload: Any) -> _M:
    """Return what a client said, field by field.

    A field that is null or cannot be read counts as not said, as with other Estuary servers; numbers as
    strings, and ids as numbers, are taken for what they mean.
    """
    said: dict[str, Any] = {}
    for field in msgspec.structs.fields(kind):
        value = payload.get(field.encode_name) if isinstance(payload, dict) else None
        if value is None:
            continue
        if isinstance(value, int) and field.name.endswith("_id"):
            value = str(value)
        try:
            said[field.name] = msgspec.convert(value, field.type, strict=False)
        except msgspec.ValidationError as error:
            _log.warning("malformed %s.%s: %s", kind.event, field.name, error)
    return kind(**said)


def _audio(text: Any) -> bytes:
    """Decode base64 as clients really send it: unpadded and URL-safe too. Broken text is no audio."""
    if not isinstance(text, str):
        return b""
    text = text.strip().translate(_URL_SAFE)
    try:
        return b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError):
        return b""


_URL_SAFE: Final = str.maketrans("-_", "+/")
