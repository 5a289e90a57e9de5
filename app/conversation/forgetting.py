"""What the server is made to forget of what was deleted here."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from app.conversation import happening as h
from app.conversation.state import Notice, Severity
from app.core.errors import HeronError, UserError
from app.core.translation import translate

if TYPE_CHECKING:
    from app.conversation.call import Call
    from app.history.conversation_record import Partner
    from app.history.erasure import Deleted, Erasure

_log = logging.getLogger(__name__)


class Forgetting:
    """Has a server forget, and says where it did not. A server forgets all between two, or nothing.

    Args:
        happened: Takes what the person should know.
        call: Returns the call that is open.
    """

    def __init__(
        self, happened: Callable[[h.Happening], None], call: Callable[[], Call | None] = lambda: None
    ) -> None:
        self._happened = happened
        self._call = call

    async def follow(self, deleted: Deleted, erasure: Erasure) -> None:
        """Have the server forget what was deleted; say so where it has to keep a part of it."""
        if deleted.owed:
            await self._settle(deleted.owed, erasure)
        elif deleted.kept:
            text = translate(
                "Archive", "Deleted here. The server keeps its part until you delete everything."
            )
            self._happened(h.Noticed(Notice(text)))

    async def make_up(self, partner: Partner, erasure: Erasure) -> None:
        """Have the server forget what was deleted while it could not be reached, if it can be now."""
        try:
            if (call := self._call()) is None or partner not in await erasure.owed():
                return
            await call.forget(partner.character_id, partner.player_id)
            await erasure.paid(partner)
        except HeronError as error:  # the person was told at the deletion
            _log.warning("the server was not made to forget: %s", error)
            return
        text = translate("Archive", "The server has now forgotten what you deleted.")
        self._happened(h.Noticed(Notice(text)))

    async def _settle(self, owed: tuple[Partner, ...], erasure: Erasure) -> None:
        failed = None
        for partner in owed:
            try:
                if (call := self._call()) is None:
                    raise UserError(translate("Archive", "The server cannot be reached now."))
                await call.forget(partner.character_id, partner.player_id)
                await erasure.paid(partner)
            except HeronError as error:
                _log.warning("the server was not made to forget: %s", error)
                failed = error
        if failed is not None:
            text = translate("Archive", "Deleted here, but not at the server: {problem}")
            self._happened(h.Noticed(Notice(text.format(problem=failed), Severity.WARNING)))
