"""What the character says when it cannot answer."""

from __future__ import annotations

import zlib

from app.server.replies.words import Words

TOO_LONG = "That is too long for me. Please ask in a sentence or two."
"""Said to a prompt beyond the length that is read."""

_NOTHING_HEARD = "I did not catch any words. Please say it again."
_APOLOGIES = (
    "I cannot answer that: I am only a small built-in character. Ask me what I can do.",
    "That is beyond a small built-in character like me. Ask me what I can do.",
    "I do not know that, being small and built in. Ask me what I can do.",
)
"""Short, because they are spoken: the list of skills takes ten seconds and comes when asked for."""


def apology(words: Words) -> str:
    """Say that ``words`` are beyond the character, why, and where to go on; the same for the same words."""
    if not words:
        return _NOTHING_HEARD
    return _APOLOGIES[zlib.crc32(" ".join(words).encode()) % len(_APOLOGIES)]
