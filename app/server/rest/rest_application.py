"""The ASGI application of the REST interface: who may ask, what is asked, and the answer on the wire."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Final
from urllib.parse import parse_qsl, unquote

import msgspec

from app.core.errors import UserError
from app.server.characters.character_store import NotPossible, NotThere
from app.server.door import Door, Refused
from app.server.frames import Receive, Scope, Send
from app.server.rest.exchange import Call, Refusal, Reply

Answering = Callable[[Call], Awaitable[Reply]]
"""Does what a call asks for; raises `Refusal` or `UserError`."""

LARGEST_BODY: Final = 1024 * 1024
"""Bytes of a body: a character with the largest picture takes a third of it."""

_ROOT: Final = ("api", "v1")
_BODY_S: Final = 30.0
"""Seconds in which a body has to arrive."""

_TROUBLE: Final = "Something went wrong here. Please try again."
_NO_KEY: Final = "Send the API key of this server as X-API-Key."

_log = logging.getLogger(__name__)


class _Gone(Exception):  # noqa: N818 - names what happened
    """The client has gone before its request was complete."""


class RestApplication:
    """Answers HTTP requests, each with JSON or with nothing.

    Args:
        door: Knows who may ask.
        answer: Does what is asked.
    """

    def __init__(self, door: Door, answer: Answering) -> None:
        self._door = door
        self._answer = answer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request; a WebSocket that leads here is refused."""
        if scope["type"] == "websocket":
            await receive()
            await send({"type": "websocket.close", "code": 1000})
            return
        try:
            reply = await self._reply(scope, receive)
        except _Gone:
            return
        await _send(reply, scope["method"], send)

    async def _reply(self, scope: Scope, receive: Receive) -> Reply:
        try:
            return await self._answer(await self._call(scope, receive))
        except Refusal as refusal:
            return refusal.reply
        except NotThere as error:
            return _problem(HTTPStatus.NOT_FOUND, error)
        except NotPossible as error:
            return _problem(HTTPStatus.CONFLICT, error)
        except UserError as error:
            return _problem(HTTPStatus.SERVICE_UNAVAILABLE, error)
        except _Gone:
            raise
        except Exception:
            _log.exception("a REST call failed")
            return Refusal(HTTPStatus.INTERNAL_SERVER_ERROR, _TROUBLE).reply

    async def _call(self, scope: Scope, receive: Receive) -> Call:
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        visitor = self._visitor(headers)
        raw: bytes = scope.get("raw_path") or scope["path"].encode()
        path = tuple(unquote(part) for part in raw.decode("latin-1").split("?")[0].strip("/").split("/"))
        if path[:2] != _ROOT:
            raise Refusal(HTTPStatus.NOT_FOUND, "There is nothing at this address.")
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        return Call(scope["method"], path[2:], dict(query), await _body(headers, receive), visitor)

    def _visitor(self, headers: dict[bytes, str]) -> str | None:
        kind, _, bearer = headers.get(b"authorization", "").partition(" ")
        presented = headers.get(b"x-api-key") or (bearer.strip() if kind.lower() == "bearer" else "")
        if not presented:
            raise Refusal(HTTPStatus.UNAUTHORIZED, _NO_KEY)
        try:
            return self._door.visitor(presented, time.time())
        except Refused as refusal:
            raise Refusal(HTTPStatus.UNAUTHORIZED, str(refusal)) from refusal


async def _body(headers: dict[bytes, str], receive: Receive) -> bytes:
    if int(headers.get(b"content-length", "0")) > LARGEST_BODY:  # the web server has read it as a number
        raise _too_large()
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_S):
            while (message := await receive())["type"] == "http.request":
                body += message.get("body", b"")
                if len(body) > LARGEST_BODY:
                    raise _too_large()
                if not message.get("more_body", False):
                    return bytes(body)
    except TimeoutError as error:
        raise Refusal(HTTPStatus.REQUEST_TIMEOUT, "The body did not arrive in time.") from error
    raise _Gone


async def _send(reply: Reply, method: str, send: Send) -> None:
    content = b"" if reply.content is None else msgspec.json.encode(reply.content)
    headers = {"Cache-Control": "no-store", **reply.headers}
    if reply.content is not None:
        headers["Content-Type"] = "application/json"
    if reply.status is not HTTPStatus.NO_CONTENT:
        headers["Content-Length"] = str(len(content))
    if reply.status in {HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.REQUEST_TIMEOUT}:
        headers["Connection"] = "close"  # what follows of the body is no request
    encoded = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
    await send({"type": "http.response.start", "status": int(reply.status), "headers": encoded})
    await send({"type": "http.response.body", "body": b"" if method == "HEAD" else content})


def _problem(status: HTTPStatus, error: UserError) -> Reply:
    return Refusal(status, str(error)).reply


def _too_large() -> Refusal:
    return Refusal(
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"The body is too large: at most {LARGEST_BODY >> 20} MiB."
    )
