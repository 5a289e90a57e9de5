"""Spans of time, read from words and said in words."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from app.server.replies.numbers import SOUND_ALIKES, Reading, read_number
from app.server.replies.numerals import in_words
from app.server.replies.words import Words, listed, vocabulary

_SECONDS = {"second": 1, "minute": 60, "hour": 3600, "day": 86_400, "week": 604_800}
_SHORT = {"second": "s sec secs", "minute": "m min mins", "hour": "h hr hrs", "day": "d"}
_UNITS = (
    _SECONDS
    | {f"{name}s": size for name, size in _SECONDS.items()}
    | {short: _SECONDS[name] for name, shorts in _SHORT.items() for short in listed(shorts)}
)
_ONE = vocabulary("a an another")


@dataclass(frozen=True, slots=True)
class Span:
    """A duration found in words.

    Attributes:
        seconds: Its length.
        start: Index of its first word.
        end: Index of the first word behind it.
    """

    seconds: Fraction
    start: int
    end: int


def find_duration(words: Words) -> Span | None:
    """Find the first duration in ``words``, with its parts added up.

    Understands ``ten minutes``, ``five minute``, ``an hour and a half``, ``half an hour``, ``three quarters
    of an hour``, ``two hours and thirty minutes``, ``an hour fifteen``, ``1 h 30 min``, and a sound-alike
    before a unit (``for minutes`` is four minutes, ``for minute`` is one).
    """
    for at in range(len(words)):
        if (piece := _piece(words, at)) is not None:
            return _joined(words, piece)
    return None


def said(seconds: int, *, counted: bool = False) -> str:
    """Say a duration in words: ``one hour and thirty minutes``.

    Args:
        seconds: At least 0; said in days, hours, minutes and seconds.
        counted: As the name of a timer instead, ``one hour thirty minute``.
    """
    parts = []
    if counted and 60 < seconds < 120:
        return f"{in_words(seconds)} second"
    for name in ("day", "hour", "minute", "second"):
        count, seconds = divmod(seconds, _SECONDS[name])
        if count:
            parts.append(f"{in_words(count)} {name}{'' if counted or count == 1 else 's'}")
    if not parts:
        parts.append("zero second" if counted else "zero seconds")
    if counted or len(parts) == 1:
        return " ".join(parts)
    return f"{', '.join(parts[:-1])} and {parts[-1]}"


def _at(words: Words, index: int) -> str:
    return words[index] if 0 <= index < len(words) else ""


def _joined(words: Words, span: Span) -> Span:
    """Add what follows ``span``: ``and a half``, or further and smaller pieces."""
    unit = _UNITS[words[span.end - 1]]
    while True:
        at = span.end + (_at(words, span.end) == "and")
        if (part := _half_more(words, at)) is not None:
            return Span(span.seconds + part.value * unit, span.start, part.end)
        if (lesser := _lesser(words, at, unit)) is not None:
            return Span(span.seconds + lesser.value, span.start, lesser.end)
        piece = _piece(words, at)
        if piece is None or _UNITS[words[piece.end - 1]] >= unit:
            return span
        unit = _UNITS[words[piece.end - 1]]
        span = Span(span.seconds + piece.seconds, span.start, piece.end)


def _half_more(words: Words, at: int) -> Reading | None:
    """Read the ``a half`` of ``an hour and a half``, unless a unit of its own follows."""
    if _at(words, at) not in {"a", "half", "one", "three"}:
        return None
    number = read_number(words, at)
    if number is None or number.value >= 1 or _unit_behind(words, number.end) is not None:
        return None
    return number


def _lesser(words: Words, at: int, unit: int) -> Reading | None:
    """Read the ``fifteen`` of ``an hour fifteen``, in seconds: no unit of its own, the next smaller meant."""
    number = read_number(words, at)
    if number is None or unit not in {60, 3600} or _unit_behind(words, number.end) is not None:
        return None
    if number.value.denominator != 1 or not 0 < number.value < 60:
        return None
    return Reading(number.value * (unit // 60), number.end)


def _piece(words: Words, at: int) -> Span | None:
    """Read one amount and its unit at ``at``."""
    amount = read_number(words, at) or _loose_amount(words, at)
    if amount is None or (end := _unit_behind(words, amount.end)) is None:
        return None
    return Span(amount.value * _UNITS[words[end - 1]], at, end)


def _unit_behind(words: Words, at: int) -> int | None:
    """Return the index behind a unit at ``at``, past ``of an`` as in ``half an hour``."""
    while _at(words, at) in {"of", "a", "an"}:
        at += 1
    return at + 1 if _at(words, at) in _UNITS else None


def _loose_amount(words: Words, at: int) -> Reading | None:
    """Read ``an`` in ``an hour``, nothing in ``hour and a half``, a sound-alike right before a unit."""
    word, unit = _at(words, at), _at(words, at + 1)
    if word in _SECONDS and unit == "and" and _half_more(words, at + 2) is not None:
        return Reading(Fraction(1), at)
    if word in _ONE or (word == "for" and unit in _SECONDS):
        return Reading(Fraction(1), at + 1)
    if word in SOUND_ALIKES and unit in _UNITS:
        return Reading(Fraction(SOUND_ALIKES[word]), at + 1)
    return None
