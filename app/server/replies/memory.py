"""Remembering a fact, giving it back and forgetting it."""

from __future__ import annotations

import re

from app.server.replies.likeness import keys
from app.server.replies.persons import turned
from app.server.replies.replier import Prompt
from app.server.replies.words import Words, find, has, vocabulary, without, words_of
from app.server.store import Fact, Store, StoreError

_TELLING = re.compile(
    r"\b(?:remember(?:ed|s)?|memori[sz]e|keep in mind|(?:do not|don['’]?t|never) forget|make a note)\b[\s,:]*"
    r"(?:(?:(?:the|at|of|this|it|me|for me)\s+)?(?:that\b|this\s*[:,])[\s,:]*(?:that\b[\s,:]*)?)?",
    re.IGNORECASE,
)
_FORGETTING = re.compile(r"\bforget\b[\s,:]*", re.IGNORECASE)
_RECALLING = (
    "did i tell you",
    "have i told you",
    "i told you",
    "i tell you",
    "you remember",
    "did i ask you",
    "do you know about me",
    "should you remember",
    "to remember",
)
_CLEARING = ("delete everything", "erase everything", "clear your memory", "erase your memory")
_QUESTIONS = vocabulary("what where when who whose which how why if whether")
_NO_ORDER = _QUESTIONS | vocabulary("not never he she they do does did")
_WISHES = vocabulary("want need like must should")
_VERBS = vocabulary("is are am was were has have had will can")
_ALL = vocabulary("everything all anything")
_LAST = vocabulary("that this the last one thing fact please now what i said told you just of")
_TIMERS = ("timer", "timers", "alarm")
_LISTED = 5
_SURE = 0.75


class Memory:
    """Keeps what it is told to remember, per player, and gives it back in the person's own words.

    Args:
        store: Where it is kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def answer(self, prompt: Prompt, words: Words, /) -> str | None:
        """Answer what tells a fact, asks it back in so many words, or takes it back."""
        try:
            return self._answer(prompt, words)
        except StoreError as refusal:
            return str(refusal)

    def _answer(self, prompt: Prompt, words: Words) -> str | None:
        if _asks_back(words):
            return self._give_back(prompt, words)
        if (telling := _TELLING.search(prompt.text)) is not None:
            return self._told(prompt, telling)
        if has(words, *_CLEARING):
            return self._forget_all(prompt)
        forgetting = _FORGETTING.search(prompt.text)
        if forgetting is None or has(words, *_TIMERS) or not _is_order(prompt.text[: forgetting.start()]):
            return None
        return self._forget(prompt, words_of(prompt.text[forgetting.end() :]))

    def _told(self, prompt: Prompt, telling: re.Match[str]) -> str | None:
        """Answer words with ``remember`` in them."""
        if not _is_order(prompt.text[: telling.start()]):
            return None
        fact = prompt.text[telling.end() :].strip().rstrip(".!?,;: ")
        words = words_of(fact)
        if words and words[0] in _QUESTIONS and "that" not in words_of(telling.group()):
            return self._give_back(prompt, words)
        return self._remember(prompt, fact)

    def _remember(self, prompt: Prompt, fact: str) -> str:
        if not fact:
            return "What should I remember? Say: remember that, and then the words."
        kept = self._store.remember(prompt.character_id, prompt.player_id, fact)
        link = (
            " that" if _VERBS.intersection(words_of(kept.words)) and not kept.words.startswith("to ") else ":"
        )
        return f"I will remember{link} {turned(kept.words)}."

    def _give_back(self, prompt: Prompt, words: Words) -> str:
        facts = self._store.facts(prompt.character_id, prompt.player_id)
        if not facts:
            return "You have not told me anything to remember yet."
        if not keys(words):
            return _list(facts)
        fact = self._store.recall(prompt.character_id, prompt.player_id, words, at_least=0.01)
        return "You have not told me anything about that." if fact is None else said_back(fact)

    def _forget(self, prompt: Prompt, what: Words) -> str:
        if not what:
            return "What should I forget? Say: forget that, or forget everything."
        if _ALL.intersection(what) and not keys(without(what, _ALL | _LAST | {"facts", "things"})):
            return self._forget_all(prompt)
        if what[0] == "it" or what[:2] == ("about", "it"):
            return "All right. To make me forget what you told me last, say: forget that."
        facts = self._store.facts(prompt.character_id, prompt.player_id)
        if not facts:
            return "There is nothing I remember for you."
        if set(what) <= _LAST:
            return self._forget_one(prompt, facts[0])
        fact = self._store.recall(prompt.character_id, prompt.player_id, what, at_least=_SURE)
        return "I do not remember anything like that." if fact is None else self._forget_one(prompt, fact)

    def _forget_one(self, prompt: Prompt, fact: Fact) -> str:
        self._store.forget(prompt.character_id, prompt.player_id, fact)
        return f"I have forgotten this: {turned(fact.words)}."

    def _forget_all(self, prompt: Prompt) -> str:
        facts = self._store.facts(prompt.character_id, prompt.player_id)
        if not facts:
            return "There is nothing I remember for you."
        self._store.forget(prompt.character_id, prompt.player_id, *facts)
        many = f"the {len(facts)} things" if len(facts) > 1 else "the one thing"
        return f"I have forgotten {many} you told me."


def said_back(fact: Fact) -> str:
    """Say ``fact`` to the person who told it: ``You told me: your bike is in the garage``."""
    return f"You told me: {turned(fact.words)}."


def _list(facts: list[Fact]) -> str:
    if len(facts) == 1:
        return said_back(facts[0])
    told = [turned(fact.words) for fact in facts[:_LISTED]]
    more = [f"And {len(facts) - _LISTED} more."] if len(facts) > _LISTED else []
    return " ".join(
        [f"You told me {len(facts)} things.", *(f"{fact[0].upper()}{fact[1:]}." for fact in told), *more]
    )


def _asks_back(words: Words) -> bool:
    """Tell whether ``words`` ask for a fact: ``what did i tell you``, ``do you remember``."""
    asked = [at for phrase in _RECALLING if (at := find(words, phrase)) >= 0]
    if not asked:
        return False
    before = words[: min(asked)]
    return "forget" not in before and bool(
        _QUESTIONS.union({"do", "did", "does", "everything", "list"}).intersection(before)
    )


def _is_order(before: str) -> bool:
    """Tell whether ``remember`` or ``forget`` behind the text ``before`` is said to the character."""
    words = words_of(before)
    if _NO_ORDER.intersection(words):
        return False
    return "i" not in words or bool(_WISHES.intersection(words))
