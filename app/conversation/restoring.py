"""Bringing back a connection that was lost."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Final

from app.conversation import happening as h
from app.conversation.in_order import cancelled
from app.conversation.state import Link, Notice, Severity
from app.core.errors import UserError
from app.core.translation import translate

_log = logging.getLogger(__name__)

_RESTARTS: Final = 3
"""Times in a row that a lost connection is restored before the person is asked."""

_STEADY_S: Final = 30.0
"""Seconds after which a restored connection counts as sound again."""


class Restoring:
    """Starts the local character again when it has ended; of any other server it says that it is lost.

    Args:
        happened: Takes facts about the conversation.
        is_local: Whether the server is this program's own.
        reopen: Closes what is left and opens everything anew; returns whether it is connected then, and None
            where it has given up and said why.
        give_up: Ends the connection for good, with the reason.
    """

    def __init__(
        self,
        happened: Callable[[h.Happening], None],
        is_local: Callable[[], bool],
        reopen: Callable[[], Awaitable[bool | None]],
        give_up: Callable[[UserError], Awaitable[None]],
    ) -> None:
        self._happened = happened
        self._is_local = is_local
        self._reopen = reopen
        self._give_up = give_up
        self._task: asyncio.Task[None] | None = None
        self._restarts = 0
        self._opened_at = 0.0

    def opened(self) -> None:
        """Note that there is a connection from now on."""
        self._opened_at = asyncio.get_running_loop().time()

    def forget(self) -> None:
        """Count anew: the person has asked for a connection."""
        self._restarts = 0

    def begin(self, reason: str) -> None:
        """Restore the connection, unless that is being done already."""
        _log.warning("connection lost: %s", reason)
        if self._task is not None and not self._task.done():
            return
        if asyncio.get_running_loop().time() - self._opened_at > _STEADY_S:
            self._restarts = 0
        self._task = asyncio.create_task(self._restore(), name="restore")

    async def stop(self) -> None:
        """Break it off."""
        await cancelled(self._task)

    async def _restore(self) -> None:
        while self._is_local() and self._restarts < _RESTARTS:
            self._restarts += 1
            self._happened(h.LinkChanged(Link.RECONNECTING))
            text = translate("Conversation", "The local character stopped unexpectedly; starting it again.")
            self._notice(text, Severity.WARNING)
            is_connected = await self._reopen()
            if is_connected is None:
                return
            if is_connected:
                text = translate("Conversation", "The local character is back. Please say that again.")
                self._notice(text, Severity.INFO)
                return
        text = translate("Conversation", "The connection to the character was lost. Try again.")
        await self._give_up(UserError(text))

    def _notice(self, text: str, severity: Severity) -> None:
        self._happened(h.Noticed(Notice(text, severity)))
