"""Answering a question from what was told, without being asked to recall."""

from __future__ import annotations

from app.server.replies.memory import said_back
from app.server.replies.replier import Prompt
from app.server.replies.words import Words, has, vocabulary
from app.server.store import Store, StoreError

_QUESTIONS = vocabulary("what where when who whose which how why")
_OPENINGS = vocabulary(
    "do does did is are was were can could have has am tell give say one"
)  # "one": misheard "what"
_OWN = vocabulary("my mine i our we me")
_HALF, _MOST = 0.5, 0.6


class Recollection:
    """Finds the told fact that answers a question; asked for last, after every other ability.

    Args:
        store: Where the facts are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def answer(self, prompt: Prompt, words: Words, /) -> str | None:
        """Answer a question a told fact fits; one after something of the person's own, if none does."""
        if not (_QUESTIONS.intersection(words) or _OPENINGS.intersection(words[:1]) or "?" in prompt.text):
            return None
        enough = _HALF if _OWN.intersection(words) else _MOST
        try:
            fact = self._store.recall(prompt.character_id, prompt.player_id, words, at_least=enough)
        except StoreError as refusal:
            return str(refusal)
        if fact is not None:
            return said_back(fact)
        if has(words, "my", "mine") and _QUESTIONS.intersection(words):
            return "You have not told me that. Say: remember that, and then the words, and I will."
        return None
