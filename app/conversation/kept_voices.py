"""The voices of the latest replies, kept in memory so that they can be heard again. No file ever has them."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from app.conversation import happening as h
from app.conversation.line import Line
from app.estuary.events import BotVoice

KEPT_BYTES: Final = 24_000_000
"""Bytes that are kept: 8 minutes at 24 kHz, which is some 50 usual replies, and a seventh of the memory that
the window may take."""

PIECE_BYTES: Final = 200
"""What a piece takes besides its samples: many short ones are to count as well."""

_REFUSED: Final = 64
"""Replies remembered of which nothing more is kept: a later part alone is not the reply."""


@dataclass(slots=True)
class _Voice:
    """What came of one reply.

    Attributes:
        pieces: In the order in which they came.
        size: Bytes they take.
        is_ready: It has come to its end, or was cut: it can be heard again.
    """

    pieces: list[BotVoice] = field(default_factory=list)
    size: int = 0
    is_ready: bool = False


class KeptVoices:
    """Keeps the voice of each reply as it comes; where that is too much, the oldest reply goes first.

    Args:
        tell: Gets the ids of all replies that can be heard again, each time there are others.
        limit: Bytes that are kept at most.
    """

    def __init__(self, tell: Callable[[frozenset[str]], None], limit: int = KEPT_BYTES) -> None:
        self._tell = tell
        self._limit = limit
        self._voices: OrderedDict[str, _Voice] = OrderedDict()
        self._size = 0
        self._refused: deque[str] = deque(maxlen=_REFUSED)
        self._told: frozenset[str] = frozenset()

    @property
    def size(self) -> int:
        """Bytes that are kept now."""
        return self._size

    def of(self, message_id: str) -> tuple[BotVoice, ...]:
        """Return the voice of a reply, in pieces; nothing when it is not kept."""
        voice = self._voices.get(message_id)
        return tuple(voice.pieces) if voice is not None and voice.is_ready else ()

    def keep(self, piece: BotVoice) -> None:
        """Keep a piece of a reply that can be named."""
        message_id = piece.message_id
        if not message_id or message_id in self._refused:
            return
        if piece.pcm:
            voice = self._voices.setdefault(message_id, _Voice())
            size = len(piece.pcm) + PIECE_BYTES
            voice.pieces.append(piece)
            voice.size += size
            self._size += size
        if piece.is_final and message_id in self._voices:
            self._voices[message_id].is_ready = True
        is_full = self._size > self._limit
        while self._size > self._limit:
            self._forget([next(iter(self._voices))])
        if piece.is_final or is_full:
            self._say()

    def follow(self, happening: h.Happening, lines: Sequence[Line]) -> None:
        """Forget what the person has deleted, and take what was cut for whole.

        Args:
            happening: What happened.
            lines: The lines as they were before that.
        """
        match happening:
            case h.Interrupted(message_id):
                self._cut(message_id)
            case h.Lost():
                self._cut(None)
            case h.Deleted(number):
                self._forget(_replies(lines, frozenset({number})))
            case h.ConversationDeleted(numbers):
                self._forget(_replies(lines, numbers))
            case h.Emptied() | h.Moved():
                self._forget(list(self._voices))
            case _:
                return
        self._say()

    def _cut(self, message_id: str | None) -> None:
        """Take what came of a reply, or of all of them, for all of it."""
        for name, voice in self._voices.items():
            if message_id is None or name == message_id:
                voice.is_ready = True

    def _forget(self, message_ids: Iterable[str]) -> None:
        for message_id in message_ids:
            self._refused.append(message_id)
            voice = self._voices.pop(message_id, None)
            if voice is not None:
                self._size -= voice.size

    def _say(self) -> None:
        ready = frozenset(name for name, voice in self._voices.items() if voice.is_ready)
        if ready != self._told:
            self._told = ready
            self._tell(ready)


def _replies(lines: Sequence[Line], numbers: frozenset[int]) -> list[str]:
    """Return the ids of the replies among some lines."""
    return [line.message_id for line in lines if line.number in numbers and line.message_id]
