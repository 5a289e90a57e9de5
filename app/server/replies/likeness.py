"""How well a told fact answers a question, by the words they share."""

from __future__ import annotations

from itertools import pairwise

from app.server.replies.words import Words, vocabulary, words_of

_STOP = vocabulary("""
    a an the this that these those i me my mine myself we us our you your yours he she it its they them
    their his her him is are was were be been am do does did have has had can could will would should
    may what where when who whose which how why of in on at to for from with by about into and or but
    not so tell told say said know remember remind forget please heron called named again there
    here now if
""")
_VERBS = vocabulary("is are was were has have will")
_ENDINGS = ("ing", "ed", "es", "s", "e")


def likeness(question: Words, fact: str) -> tuple[float, float]:
    """Compare ``question`` with ``fact``, word stems with each other, stop words left out.

    Returns:
        The share of the question's words found in the fact, and the share of the words for what the fact is
        about (before its verb) found in the question; both from 0 to 1, larger pairs fit better.
    """
    asked = tuple(dict.fromkeys(keys(question)))
    told = words_of(fact)
    if not asked:
        return 0.0, 0.0
    found = _found(asked, keys(told))
    subject = keys(_subject(told)) or keys(told)
    about = _found(subject, asked)
    return found / len(asked), about / len(subject) if subject else 0.0


def keys(words: Words) -> Words:
    """Return the stems of those ``words`` that carry meaning."""
    return tuple(_stem(word) for word in words if word not in _STOP)


def _found(wanted: Words, among: Words) -> int:
    """Count the ``wanted`` words that occur, a compound in one word or in two (``wifi``, ``wi fi``)."""
    pairs = {_stem(one + other) for one, other in pairwise(among)}
    single = frozenset(among) | pairs
    halves = {half for pair in pairwise(wanted) if _stem("".join(pair)) in among for half in pair}
    return sum(word in single or word in halves for word in wanted)


def _subject(fact: Words) -> Words:
    verb = next((at for at, word in enumerate(fact) if word in _VERBS), len(fact))
    return fact[:verb]


def _stem(word: str) -> str:
    """Cut the ending of an inflected word: ``parked``, ``parking`` and ``parks`` become ``park``."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3 and not word.endswith("ss"):
            return word.removesuffix(ending)
    return word
