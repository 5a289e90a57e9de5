"""The person's language for words that are made below the window: English until the roof installs another.

What is translated here is found by ``packaging/translations.py``, so the context and the text of a call are
always written out in it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Translator = Callable[[str, str, int], str]
"""Returns a text in the person's language: see the arguments of `counted`; -1 where nothing is counted."""


@dataclass(frozen=True, slots=True)
class Speech:
    """How one language says things.

    Attributes:
        translate: Returns a text in it.
        decimal: Returns a number with so many decimal places as it is written in it.
        tag: What a file in it says its language is, as in ``pt-BR``.
        is_right_to_left: It is written from the right.
    """

    translate: Translator
    decimal: Callable[[float, int], str]
    tag: str = "en"
    is_right_to_left: bool = False


def translate(context: str, text: str) -> str:
    """Return a text in the person's language; its placeholders are filled in by the caller.

    May be called in any thread.

    Args:
        context: What the text belongs to, which tells it apart from the same words elsewhere.
        text: English.
    """
    return _speech.translate(context, text, -1)


def counted(context: str, text: str, n: int) -> str:
    """Return a text that says how many; see `translate`.

    Args:
        context: What the text belongs to.
        text: English, in the plural, with ``%n`` for the number.
        n: How many.
    """
    return _speech.translate(context, text, n)


def marked(_context: str, text: str) -> str:
    """Return a text as it is, to be given to `translate` with the same context when it is shown."""
    return text


def decimal(value: float, places: int) -> str:
    """Return a number as the person writes it."""
    return _speech.decimal(value, places)


def speech() -> Speech:
    """Return the language that is spoken."""
    return _speech


def speak(wanted: Speech | None = None) -> None:
    """Speak like this from now on; None for English as it stands in the code."""
    global _speech  # noqa: PLW0603 - there is one person
    _speech = wanted or _ENGLISH


def _as_it_is(_context: str, text: str, n: int) -> str:
    return text if n < 0 else text.replace("%n", str(n))


_ENGLISH = Speech(_as_it_is, lambda value, places: f"{value:.{places}f}")
_speech = _ENGLISH
