"""Keeping an open session's token fresh."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

import msgspec

from app.estuary.credentials import Credentials
from app.estuary.errors import ErrorCode, EstuaryError
from app.protocol.client_messages import RenewAuthentication
from app.protocol.message import UNREADABLE, Message

_LINK_LOST: Final = (ErrorCode.CONNECTION_FAILED, ErrorCode.NOT_CONNECTED)


class _Answer(msgspec.Struct):
    ok: bool = False


class Renewal:
    """Renews a token before it expires, as long as it runs.

    Args:
        credentials: Fetches tokens.
        request: Sends a message and returns the JSON array that answers it.
        on_failed: Called when a token could not be renewed; the session cannot go on.
    """

    def __init__(
        self,
        credentials: Credentials,
        request: Callable[[Message], Awaitable[bytes]],
        on_failed: Callable[[], None],
    ) -> None:
        self._credentials = credentials
        self._request = request
        self._on_failed = on_failed
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin. Nothing happens where credentials never expire, or when it runs already."""
        if self._credentials.expire and self._task is None:
            self._task = asyncio.create_task(self._run(), name="estuary token renewal")

    def cancel(self) -> None:
        """Renew no more."""
        task, self._task = self._task, None
        if task is not None and task is not asyncio.current_task():
            task.cancel()

    async def _run(self) -> None:
        try:
            while True:
                await asyncio.sleep(self._credentials.renewal_in_s)
                await self._renew()
        except EstuaryError as error:
            if error.code not in _LINK_LOST:  # that is somebody else's business
                self._on_failed()

    async def _renew(self) -> None:
        token = await self._credentials.token(is_new=True)
        answer = await self._request(RenewAuthentication(client_token=token.token))
        try:
            is_renewed = any(each.ok for each in msgspec.json.decode(answer, type=list[_Answer])[:1])
        except UNREADABLE:
            is_renewed = False
        if not is_renewed:
            raise EstuaryError("The server did not take the renewed token.", ErrorCode.AUTH_FAILED)
