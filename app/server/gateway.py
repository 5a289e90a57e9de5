"""The wire side of the server: python-socketio's events to and from sessions."""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, Final

import socketio

from app.protocol import client_messages, server_messages
from app.protocol.message import Message
from app.protocol.packet import NAMESPACE
from app.server.author import Author
from app.server.characters.character_store import CharacterError
from app.server.deadline import Deadline
from app.server.door import Admission, Door, Refused
from app.server.engines import Engines
from app.server.frames import FrameGuard
from app.server.loopback import is_loopback_origin
from app.server.payload import read
from app.server.replies.interjection import Interjection
from app.server.requests import REQUESTS, Request
from app.server.rest.character_calls import CharacterCalls
from app.server.rest.rest_application import RestApplication
from app.server.session import Session
from app.server.turn_log import TurnBook

_log = logging.getLogger(__name__)

_AUTHENTICATE_S: Final = 3.0
"""Seconds that a client without credentials in its connect has to send ``authenticate``."""

_PING_INTERVAL_S: Final = 25
_PING_TIMEOUT_S: Final = 20
_LARGEST_FRAME: Final = 8 * 1024 * 1024

_TROUBLE = "Sorry, something went wrong here. Please try again."
_ALONE = "Characters do not talk with each other here."
_DELETED = "The character you talked to was deleted. Choose another one."
_NO_LIVEKIT = "This server has no LiveKit; use the WebSocket."


@dataclass(slots=True)
class _Guest:
    """Somebody who has been let in.

    Attributes:
        admission: As whom and until when.
        session: The conversation.
        expiry: What happens when the credentials end; None when they do not.
        idleness: What happens when nothing happens; None when nothing does.
    """

    admission: Admission
    session: Session
    expiry: Deadline | None = None
    idleness: Deadline | None = None

    def cancel_deadlines(self) -> None:
        """Nothing is to happen any more."""
        for deadline in (self.expiry, self.idleness):
            if deadline is not None:
                deadline.cancel()


class Gateway:
    """Accepts Estuary clients and gives each its session.

    Args:
        api_key: What a client must present, or a client token made with it.
        engines: What the sessions share.
        idle_limit_s: Seconds in which a client may be silent before its session is ended; None for ever.
    """

    def __init__(self, api_key: str, engines: Engines, idle_limit_s: float | None = None) -> None:
        self._door = Door(api_key, lambda character_id: character_id in engines.cast)
        self._engines = engines
        self._idle_limit_s = idle_limit_s
        self._author = Author(engines.replier)
        self._turns = TurnBook()
        self._at_the_door: dict[str, Deadline] = {}
        self._guests: dict[str, _Guest] = {}
        self._unheard: defaultdict[tuple[str, str], list[Interjection]] = defaultdict(list)
        self._greeted: set[tuple[str, str]] = set()
        # always_connect: a refusal is an event, and an event needs a connection to travel on.
        # async_handlers off: with a task per event, order would end at the first await.
        self._server = socketio.AsyncServer(
            async_mode="asgi",
            namespaces=[NAMESPACE],
            transports=["websocket"],
            always_connect=True,
            async_handlers=False,
            cors_allowed_origins=lambda origin, _environ: is_loopback_origin(origin),
            ping_interval=_PING_INTERVAL_S,
            ping_timeout=_PING_TIMEOUT_S,
            max_http_buffer_size=_LARGEST_FRAME,
            http_compression=False,
            logger=False,
            engineio_logger=False,
        )
        self._register()
        rest = RestApplication(self._door, CharacterCalls(engines, self).answer)
        self.application = FrameGuard(socketio.ASGIApp(self._server, rest))
        """The ASGI application to serve."""

    def announce(self, interjection: Interjection) -> None:
        """Give an interjection to the player's sessions, or keep it for the next one."""
        player = (interjection.character_id, interjection.player_id)
        sessions = [g.session for g in self._guests.values() if g.session.identity.player == player]
        for session in sessions:
            session.interject(interjection)
        if not sessions:
            self._unheard[player].append(interjection)

    async def forget(self, character_id: str, player_id: str) -> None:
        """Delete for good what one player has said to a character."""
        self._turns.forget(character_id, player_id)
        self._unheard.pop((character_id, player_id), None)
        await self._engines.forget(character_id, player_id)

    async def bury(self, character_id: str) -> None:
        """Delete for good what anybody has said to a character that is no more, and end its sessions."""
        talking = [
            sid for sid, guest in self._guests.items() if guest.session.identity.character_id == character_id
        ]
        for sid in talking:
            await self._refuse(sid, _DELETED)
        self._turns.forget(character_id)
        for player in [each for each in self._unheard if each[0] == character_id]:
            del self._unheard[player]
        self._greeted = {player for player in self._greeted if player[0] != character_id}
        await self._engines.forget(character_id)

    async def close(self) -> None:
        """End every session, and what was still being made for those that have gone."""
        for deadline in self._at_the_door.values():
            deadline.cancel()
        for sid in list(self._guests):
            await self._leave(sid)
        await self._author.close()

    def _register(self) -> None:
        def on(name: str, handler: Any) -> None:
            self._server.on(name, handler=handler, namespace=NAMESPACE)

        on("connect", self._connect)
        on("disconnect", self._disconnect)
        on(client_messages.Authenticate.event, self._authenticate)
        on(client_messages.RenewAuthentication.event, self._renew)
        for name, request in REQUESTS.items():
            on(name, self._handler(request))
        on("*", self._anything_else)

    def _handler(self, request: Request) -> Any:
        async def handle(sid: str, payload: Any = None, *_more: Any) -> None:
            guest = self._guests.get(sid)
            if guest is None:
                return
            self._note_activity(guest)
            try:
                await request(guest.session, payload)
            except Exception:
                # Told and acked all the same: a client must not wait for what will never come.
                _log.exception("an event failed")
                await self._send(sid, server_messages.ServerError(message=_TROUBLE))

        return handle

    async def _connect(self, sid: str, _environ: dict[str, Any], auth: Any = None) -> None:
        if sid in self._guests or sid in self._at_the_door:
            return  # an event that a client gave this name
        request = read(client_messages.Authenticate, auth)
        if request.api_key is None and not request.client_token:
            self._at_the_door[sid] = Deadline(
                time.monotonic() + _AUTHENTICATE_S, lambda: self._refuse(sid, "No API key was sent.")
            )
        else:
            await self._admit(sid, request)

    async def _authenticate(self, sid: str, payload: Any = None, *_more: Any) -> None:
        if (waiting := self._at_the_door.pop(sid, None)) is not None:
            waiting.cancel()
            await self._admit(sid, read(client_messages.Authenticate, payload))

    async def _disconnect(self, sid: str, *_reason: Any) -> None:
        if (waiting := self._at_the_door.pop(sid, None)) is not None:
            waiting.cancel()
        await self._leave(sid)

    async def _admit(self, sid: str, request: client_messages.Authenticate) -> None:
        try:
            if request.character_id and request.character_id not in self._engines.cast:
                await self._engines.cast.refresh()  # another server of this person may have made it
            admission = self._door.admit(request, time.time())
        except (Refused, CharacterError) as refusal:
            await self._refuse(sid, str(refusal))
        else:
            await self._open(sid, admission)

    async def _refuse(self, sid: str, sentence: str) -> None:
        await self._expel(sid, server_messages.AuthError(error=sentence))

    async def _expel(self, sid: str, farewell: Message) -> None:
        """Say why, and then put the client out."""
        await self._send(sid, farewell)
        await self._server.disconnect(sid, namespace=NAMESPACE)

    async def _open(self, sid: str, admission: Admission) -> None:
        async def send(message: Message) -> None:
            await self._send(sid, message)

        identity = admission.identity
        log = self._turns.log(identity.player)
        session = Session(identity, send, self._engines, self._author, log)
        guest = self._guests[sid] = _Guest(admission, session)
        if admission.expires_at is not None:
            guest.expiry = Deadline(
                admission.expires_at, lambda: self._refuse(sid, "The client token has expired."), time.time
            )
        if self._idle_limit_s is not None:
            guest.idleness = Deadline(time.monotonic() + self._idle_limit_s, lambda: self._time_out(sid))
        await send(
            server_messages.SessionInfo(
                session_id=identity.session_id,
                conversation_id=f"{identity.character_id}:{identity.player_id}",
                character_id=identity.character_id,
                player_id=identity.player_id,
                exactly_once=True,
            )
        )
        if (greeting := self._greeting(identity.player)) is not None:
            session.interject(greeting)
        for interjection in self._unheard.pop(identity.player, []):
            session.interject(interjection)

    def _greeting(self, player: tuple[str, str]) -> Interjection | None:
        """Return what a character says when it meets a player for the first time since the server began."""
        character = self._engines.character(player[0])
        if not character.greets or not character.greeting or player in self._greeted:
            return None
        self._greeted.add(player)
        return Interjection(*player, character.greeting)

    async def _leave(self, sid: str) -> None:
        guest = self._guests.pop(sid, None)
        if guest is None:
            return
        guest.cancel_deadlines()
        await guest.session.close()
        for interjection in guest.session.undelivered():
            self.announce(interjection)

    async def _renew(self, sid: str, payload: Any = None, *_more: Any) -> dict[str, Any]:
        """Take a fresh token; what is returned is the ack."""
        guest = self._guests.get(sid)
        if guest is None:
            return {"ok": False, "error": "There is no session to renew."}
        token = read(client_messages.RenewAuthentication, payload).client_token
        try:
            guest.admission = self._door.renew(guest.admission, token, time.time())
        except Refused as refusal:
            return {"ok": False, "error": str(refusal)}
        if guest.expiry is not None and guest.admission.expires_at is not None:
            guest.expiry.move(guest.admission.expires_at)
        return {"ok": True}

    def _note_activity(self, guest: _Guest) -> None:
        if guest.idleness is not None and self._idle_limit_s is not None:
            guest.idleness.move(time.monotonic() + self._idle_limit_s)

    async def _time_out(self, sid: str) -> None:
        limit = round(self._idle_limit_s or 0)
        await self._expel(sid, server_messages.SessionTimeout(idle_seconds=limit, timeout_seconds=limit))

    async def _anything_else(self, event: Any, sid: str, *_payload: Any) -> None:
        """Take an event that means nothing here, so that a client which waits for its ack gets one."""
        if (guest := self._guests.get(sid)) is None:
            return
        self._note_activity(guest)
        if event == "start_agent_conversation":
            await self._send(sid, server_messages.ServerError(message=_ALONE))
        elif isinstance(event, str) and event.startswith("livekit_"):
            await self._server.emit("livekit_error", {"error": _NO_LIVEKIT}, to=sid, namespace=NAMESPACE)

    async def _send(self, sid: str, message: Message) -> None:
        await self._server.emit(message.event, message.to_payload(), to=sid, namespace=NAMESPACE)
