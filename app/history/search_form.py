"""The form of a text in which it is searched: small letters without accents, one word after another.

Words begin at spaces and signs. A sign, an emoji and a character of a script without spaces (Chinese, Thai)
is a word of its own, so that "C++", "50 %" and a part of a Chinese sentence are found. The database keeps
this form of each text; a change of it needs a migration.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final, NamedTuple

MOST_PARTS: Final = 16
"""Parts of a search that count; the rest of it is passed over."""

_WIDE: Final = 0xFEE0
"""From an ASCII sign to its full-width form. The index takes ASCII signs for gaps, but these for words."""

_IGNORED: Final = (
    (0x0300, 0x036F),  # accents
    (0x0591, 0x05C7),  # Hebrew points
    (0x0640, 0x0640),  # Arabic stretching
    (0x064B, 0x065F),  # Arabic points
    (0x0670, 0x0670),
    (0xFE00, 0xFE0F),  # variation selectors
    (0x1F3FB, 0x1F3FF),  # skin colours
)

_UNSPACED: Final = (
    (0x0E00, 0x0FFF),  # Thai, Lao, Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3040, 0x30FF),  # Hiragana, Katakana
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),  # Chinese characters
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0x20000, 0x3FFFF),
)

_ALIKE: Final = str.maketrans("‘’‚‛“”„‟‐‑‒–—―−", "''''\"\"\"\"-------")


class Word(NamedTuple):
    """A word of a text's search form.

    Attributes:
        form: How it is searched.
        start: Where it begins in the text.
        end: Where it ends.
    """

    form: str
    start: int
    end: int


class _Folded(NamedTuple):
    form: str
    is_alone: bool
    """Each character of the form is a word."""
    is_gap: bool = False


def words(text: str) -> list[Word]:
    """Return the words of a text, and where they are in it."""
    found: list[Word] = []
    form, start, end = "", 0, 0
    for at, char in enumerate(text):
        folded = _folded(char)
        if form and (folded.is_gap or folded.is_alone):
            found.append(Word(form, start, end))
            form = ""
        if folded.is_alone:
            found += [Word(each, at, at + 1) for each in folded.form]
        elif folded.form:
            start = start if form else at
            form += folded.form
            end = at + 1
    if form:
        found.append(Word(form, start, end))
    return found


def search_form(text: str) -> str:
    """Return the words of a text with a space between."""
    return " ".join(word.form for word in words(text))


def parts_of(query: str) -> list[list[str]]:
    """Return what to look for: each part is a row of words that stand together; the last may go on."""
    parts = ([word.form for word in words(part)] for part in query.split())
    return [part for part in parts if part][:MOST_PARTS]


def places(text: str, parts: list[list[str]]) -> list[tuple[int, int]]:
    """Return where the parts are in a text, as rising (start, end) that do not overlap."""
    there = words(text)
    found: list[tuple[int, int]] = []
    for at in range(len(there)):
        for part in parts:
            row = there[at : at + len(part)]
            if _is_match([word.form for word in row], part):
                found.append((row[0].start, row[-1].end))
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _is_match(row: list[str], part: list[str]) -> bool:
    return len(row) == len(part) and row[:-1] == part[:-1] and row[-1].startswith(part[-1])


@lru_cache(maxsize=16_384)
def _folded(char: str) -> _Folded:
    category = unicodedata.category(char)
    if category == "Cf" or _is_in(char, _IGNORED):
        return _Folded("", is_alone=False)
    if category[0] == "Z" or category in {"Cc", "Cs"}:
        return _Folded("", is_alone=False, is_gap=True)
    form = "".join(each for each in _plain(char.translate(_ALIKE)) if not _is_in(each, _IGNORED))
    if category[0] in "PS" or category == "Cn" or _is_in(char, _UNSPACED):  # Cn: an emoji newer than Python
        return _Folded("".join(_as_word(each) for each in form if not each.isspace()), is_alone=True)
    return _Folded("".join(each for each in form if each.isalnum() or not each.isascii()), is_alone=False)


def _plain(char: str) -> str:
    return unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char.casefold()).casefold())


def _as_word(char: str) -> str:
    return chr(ord(char) + _WIDE) if char.isascii() and not char.isalnum() else char


def _is_in(char: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(char) <= last for first, last in ranges)
