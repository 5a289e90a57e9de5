"""What a field of a character may be; each rule takes a value as JSON has it, or says why not."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Collection
from typing import Any, Final

import msgspec

from app.core.translation import marked

Rule = Callable[[object], object]
"""Returns the value to keep, or raises `Unfit`."""

LARGEST_AVATAR: Final = 256 * 1024
"""Characters of an avatar: a picture of 256 pixels a side takes a tenth of it."""

MOST_ACTIONS: Final = 50
LARGEST_ACTIONS: Final = 64 * 1024
"""Bytes of all actions of a character, as JSON."""

_PICTURE: Final = re.compile(r"data:image/(?:png|jpeg);base64,[A-Za-z0-9+/]+={0,2}")
_ADDRESS: Final = re.compile(r"https?://[^\s/]+\S*")


class Unfit(ValueError):  # noqa: N818 - names what the value is
    """The value cannot be taken; the message is a sentence."""


def line(most: int) -> Rule:
    """Return the rule of a text of one line that is not empty."""

    def rule(value: object) -> str:
        words = " ".join(_text(value, most).split())
        if not words:
            raise Unfit(marked("Refusal", "This must not be empty."))
        return words

    return rule


def text(most: int) -> Rule:
    """Return the rule of a text of any number of lines; an empty one counts as none."""
    return lambda value: _text(value, most).strip() or None


def number(lowest: float, highest: float) -> Rule:
    """Return the rule of a number within bounds."""

    def rule(value: object) -> float:
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        if not is_number or not math.isfinite(value) or not lowest <= value <= highest:  # type: ignore[operator, arg-type]
            raise Unfit(f"This must be a number from {lowest:g} to {highest:g}.")
        return float(value)  # type: ignore[arg-type]

    return rule


def whole(lowest: int, highest: int) -> Rule:
    """Return the rule of a whole number within bounds."""

    def rule(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            raise Unfit(f"This must be a whole number from {lowest} to {highest}.")
        return value

    return rule


def switch(value: object) -> bool:
    """Take true or false."""
    if not isinstance(value, bool):
        raise Unfit("This must be true or false.")
    return value


def one_of(known: Collection[str], sentence: str) -> Rule:
    """Return the rule of a choice; ``sentence`` says what is wrong with any other ``{value}``."""

    def rule(value: object) -> str:
        if not isinstance(value, str) or value not in known:
            raise Unfit(sentence.format(value=str(value)[:80]))
        return value

    return rule


def avatar(value: object) -> str | None:
    """Take the address of a picture, or the picture itself in one; an empty text counts as none."""
    address = _text(value, LARGEST_AVATAR).strip()
    if address and not _PICTURE.fullmatch(address) and not _ADDRESS.fullmatch(address):
        raise Unfit(
            marked("Refusal", "This must be an https address, or a PNG or JPEG picture as a data address.")
        )
    return address or None


def actions(value: object) -> list[dict[str, Any]]:
    """Take a list of actions, each with a name."""
    if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
        raise Unfit("This must be a list of actions.")
    if not all(isinstance(each.get("name"), str) and each["name"].strip() for each in value):
        raise Unfit("Every action needs a name.")
    if len(value) > MOST_ACTIONS or len(msgspec.json.encode(value)) > LARGEST_ACTIONS:
        raise Unfit(f"These are too many actions: at most {MOST_ACTIONS}, and {LARGEST_ACTIONS >> 10} KiB.")
    return value


def _text(value: object, most: int) -> str:
    if not isinstance(value, str):
        raise Unfit("This must be text.")
    if len(value) > most:
        raise Unfit(f"This is too long: at most {most} characters.")
    return value
