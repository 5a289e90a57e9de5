"""The character's words, put together from pieces that servers send in two ways."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final

from app.protocol.server_messages import BotResponse

_REMEMBERED: Final = 64
"""Replies kept; the oldest is forgotten first."""


class Transcript:
    """Assembles each reply from its `BotResponse` pieces.

    Some servers send in ``text`` everything so far and in ``partial`` the newest piece, others only the
    newest piece in ``text``. All agree that the final ``text`` is the whole reply. Replies are never merged:
    one turn may have two.
    """

    def __init__(self) -> None:
        self._replies: OrderedDict[str, str] = OrderedDict()

    def add(self, response: BotResponse) -> str:
        """Take one piece and return its reply as far as it is known."""
        known = self._replies.pop(response.message_id, "")
        text = _assembled(known, response)
        self._replies[response.message_id] = text
        if len(self._replies) > _REMEMBERED:
            self._replies.popitem(last=False)
        return text

    def text(self, message_id: str) -> str:
        """Return a reply as far as it is known; empty for one that is not."""
        return self._replies.get(message_id, "")


def _assembled(known: str, response: BotResponse) -> str:
    text, partial = response.text, response.partial
    if response.is_final:
        return text or known
    if isinstance(partial, str) and partial:
        is_cumulative = text.endswith(partial) and len(text) > len(partial)
        return text if is_cumulative else known + partial
    if text.startswith(known):
        return text
    return known + text
