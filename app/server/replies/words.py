"""The words of a prompt, brought to one form for recognised speech and typed text alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

Words = tuple[str, ...]
"""Lower-case words, figures (``12.5``, ``24th``, ``2026-12-24``) and single signs (``+``, ``%``) in order."""


def listed(text: str) -> Words:
    """Return the blank-separated words of ``text``: how word lists are written in this package."""
    return tuple(text.split())


def vocabulary(text: str) -> frozenset[str]:
    """Return the set of the blank-separated words of ``text``."""
    return frozenset(text.split())


_SIGNS = str.maketrans(
    {
        "’": "'",
        "×": " * ",
        "÷": " / ",
        "−": "-",
        "–": "-",
        "—": " - ",
        "⁄": "/",
        "°": " degrees ",
        "²": " ^ 2 ",
        "³": " ^ 3 ",
    }
)
_VULGAR = {"½": ".5", "¼": ".25", "¾": ".75"}
_TOKEN = re.compile(
    r"\d{4}-\d{2}-\d{2}(?!\d)"  # 2026-12-24
    r"|\d{1,2}[./]\d{1,2}[./]\d{4}(?!\d)"  # 24.12.2026
    r"|\d+(?:st|nd|rd|th)\b"
    r"|(?:\d+(?:\.\d+)?|\.\d+)(?:e[+-]?\d+)?"  # 12, 12.5, .5, 1e6
    r"|[^\W\d_]+(?:'[^\W\d_]+)*"
    r"|\*\*|[-+*/^%()=:√]"
)
_WHOLE = {
    "can't": "can not",
    "won't": "will not",
    "cannot": "can not",
    "whats": "what is",
    "wheres": "where is",
    "whos": "who is",
    "hows": "how is",
    "whens": "when is",
    "dont": "do not",
    "im": "i am",
    "let's": "let us",
    "o'clock": "oclock",
}
_ENDINGS = {"n't": " not", "'re": " are", "'ve": " have", "'ll": " will", "'m": " am", "'d": " would"}
_BEFORE_IS = vocabulary("what where who how when which that it he she there here")
_SMALL = vocabulary("""
    a an and are at by can do does did for from how i in into is it me my of on or please tell that the
    there timer to until what when where which who with you your
""")


def words_of(text: str) -> Words:
    """Return the words of ``text``.

    Case, punctuation, typographic signs and contractions (``what's``) are levelled, ``1,000`` becomes
    ``1000``, ``twenty-five`` becomes two words, ``10km`` becomes ``10`` and ``km``, and a small word
    said twice in a row counts once. Numbers in words are left as they are.
    """
    for sign, decimals in _VULGAR.items():
        text = re.sub(rf"(?<=\d){sign}", decimals, text).replace(sign, f" 0{decimals} ")
    text = unicodedata.normalize("NFKC", text.translate(_SIGNS)).translate(_SIGNS).lower()
    text = re.sub(r"(\d+) ?['′] ?(\d+)(?: ?[\"″])?", r"\1 feet \2 inches", text)
    text = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", text)
    text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    text = re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", text)
    plain = [word for token in _TOKEN.findall(text) for word in _spelled_out(token)]
    return tuple(word for i, word in enumerate(plain) if not (i and word == plain[i - 1] and word in _SMALL))


def find(words: Words, phrase: str, start: int = 0) -> int:
    """Return where ``phrase`` (words with single blanks) begins in ``words``, or -1."""
    wanted = listed(phrase)
    for at in range(start, len(words) - len(wanted) + 1):
        if words[at : at + len(wanted)] == wanted:
            return at
    return -1


def has(words: Words, *phrases: str) -> bool:
    """Tell whether any of ``phrases`` occurs in ``words``."""
    return any(find(words, phrase) >= 0 for phrase in phrases)


def without(words: Words, dropped: Iterable[str]) -> Words:
    """Return ``words`` less every word of ``dropped``."""
    gone = frozenset(dropped)
    return tuple(word for word in words if word not in gone)


def _spelled_out(token: str) -> list[str]:
    if token in _WHOLE:
        return _WHOLE[token].split()
    for ending, full in _ENDINGS.items():
        if token.endswith(ending):
            return (token.removesuffix(ending) + full).split()
    if token.endswith("'s"):
        owner = token.removesuffix("'s")
        return [owner, "is"] if owner in _BEFORE_IS else [owner]
    return [token.replace("'", "")]
