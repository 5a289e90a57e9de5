"""The character that is there without any set-up: a handful of abilities, no language model."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

from app.server.replies.ability import Ability
from app.server.replies.almanac import Almanac
from app.server.replies.apology import TOO_LONG, apology
from app.server.replies.care import Care
from app.server.replies.clock import Clock
from app.server.replies.conversions import Conversions
from app.server.replies.countdown import Countdown
from app.server.replies.errands import Errands
from app.server.replies.identity import Identity
from app.server.replies.memory import Memory
from app.server.replies.pleasantries import Pleasantries
from app.server.replies.recollection import Recollection
from app.server.replies.replier import Prompt
from app.server.replies.sums import Sums
from app.server.replies.timers import TimerBook
from app.server.replies.words import words_of
from app.server.store import Store

LONGEST_PROMPT = 1000
"""How many characters of a prompt are read; a longer one is refused with a sentence."""

_SENTENCE_END = re.compile(r"(?<=[.!?])(?=\s)")


class BuiltinCharacter:
    """Answers from its abilities, in order; says plainly what it cannot do.

    It understands recognised speech and typed text by key words and a grammar of numbers, not by whole
    sentences. Nothing of a conversation is kept but the facts in ``store`` and the timers in ``timers``.

    Args:
        store: Where facts are remembered. The caller closes it.
        timers: Where timers run. The caller closes it.
    """

    def __init__(self, store: Store, timers: TimerBook) -> None:
        self._abilities: tuple[Ability, ...] = (
            Care(),
            Memory(store),
            Countdown(timers),
            Errands(),
            Clock(),
            Almanac(),
            Conversions(),
            Sums(),
            Identity(),
            Pleasantries(),
            Recollection(store),
        )

    async def reply(self, prompt: Prompt) -> AsyncIterator[str]:
        """Yield the answer sentence by sentence; what is between sentences leads the later one."""
        for sentence in _SENTENCE_END.split(self._answer(prompt)):
            yield sentence

    def _answer(self, prompt: Prompt) -> str:
        if len(prompt.text) > LONGEST_PROMPT:
            return TOO_LONG
        words = words_of(prompt.text)
        for ability in self._abilities:
            answer = ability.answer(prompt, words)
            if answer is not None:
                return answer
        return apology(words)
