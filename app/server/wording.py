"""The words of one answer: made once, however often and on whichever connection they are told."""

from __future__ import annotations

import asyncio
import logging
import uuid
from collections.abc import AsyncIterator, Callable

_log = logging.getLogger(__name__)


class Wording:
    """Grows piece by piece, until it is complete, breaks off, or the person wants no more of it.

    Args:
        message_id: Its name; a new one by default.

    Attributes:
        message_id: Names the answer in every message that tells it.
        is_over: Whether the person has heard it, or has cut it short: it is not to be spoken again.
        on_cut: Called when it is cut short.
    """

    def __init__(self, message_id: str | None = None) -> None:
        self.message_id = message_id or uuid.uuid4().hex
        self.is_over = False
        self.on_cut: Callable[[], object] = lambda: None
        self._pieces: list[str] = []
        self._grown = asyncio.Event()
        self._is_finished = False
        self._failure: Exception | None = None

    @classmethod
    def of(cls, text: str) -> Wording:
        """Return words that are complete already."""
        wording = cls()
        wording._add(text)
        wording.end()
        return wording

    @property
    def text(self) -> str:
        """The words so far."""
        return "".join(self._pieces)

    @property
    def is_finished(self) -> bool:
        """Whether no more words will come."""
        return self._is_finished

    @property
    def has_failed(self) -> bool:
        """Whether the words broke off."""
        return self._failure is not None

    async def take(self, pieces: AsyncIterator[str]) -> None:
        """Take the words from where they are made, to their end; a failure there is told to the readers."""
        try:
            async for piece in pieces:
                if self._is_finished:
                    break
                self._add(piece)
        except Exception as error:
            _log.exception("a reply failed")
            self._failure = error
        finally:
            self.end()

    def end(self) -> None:
        """No more words will come; again is harmless."""
        self._is_finished = True
        self._wake()

    def cut(self) -> None:
        """The person wants no more: the words so far are all there is."""
        self.is_over = True
        self.end()
        self.on_cut()

    async def pieces(self, told: str = "") -> AsyncIterator[str]:
        """Yield the pieces that follow ``told``, the first few of them, as they are made.

        Raises:
            WordsFailed: The words broke off.
        """
        at = length = 0
        while True:
            while at < len(self._pieces):
                piece = self._pieces[at]
                at += 1
                length += len(piece)
                if length > len(told):
                    yield piece
            if self._is_finished:
                break
            await self._grown.wait()
        if self._failure is not None:
            raise WordsFailed("the words of an answer broke off") from self._failure

    def _add(self, piece: str) -> None:
        if piece:
            self._pieces.append(piece)
            self._wake()

    def _wake(self) -> None:
        self._grown.set()
        self._grown = asyncio.Event()


class WordsFailed(Exception):  # noqa: N818 - reads as what it is
    """The words of an answer broke off."""
