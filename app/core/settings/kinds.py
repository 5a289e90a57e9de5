"""The kinds of settings: which values one takes, how a person writes them, and how they are shown."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

from app.core.settings.names import join_names, split_names
from app.core.translation import translate

Value = bool | int | float | str | tuple[str, ...]
"""What a setting can be."""

_ON: Final = ("on", "yes", "true", "1")
_OFF: Final = ("off", "no", "false", "0")


LONGEST_TEXT: Final = 1000
"""Characters of a line of text."""


class Offer(Enum):
    """Where names come from that only the running machine knows."""

    MICROPHONES = "microphones"
    SPEAKERS = "speakers"
    CHARACTERS = "characters"
    """Those that have asked for a picture of the screen."""


@dataclass(frozen=True, slots=True)
class Switch:
    """On or off."""

    @property
    def takes(self) -> str:
        """What it takes, in words."""
        return translate("Settings", "on or off")

    def checked(self, value: object) -> bool | None:
        """Return ``value`` if it is one of this kind, else None."""
        return value if isinstance(value, bool) else None

    def parsed(self, text: str) -> bool | None:
        """Return what ``text`` says, None if it says nothing of this kind."""
        word = text.lower()
        return True if word in _ON else False if word in _OFF else None

    def shown(self, value: Value) -> str:
        """Return a value as a person reads it."""
        return translate("Settings", "on") if value else translate("Settings", "off")


@dataclass(frozen=True, slots=True)
class Number:
    """A number within bounds.

    Attributes:
        minimum: The least it may be.
        maximum: The greatest it may be.
        unit: What it counts: ``ms``; empty for a bare number.
        is_whole: Whether it is an int.
        step: How far one step of a slider leads; any other number may be written.
    """

    minimum: float
    maximum: float
    unit: str = ""
    is_whole: bool = False
    step: float = 1

    @property
    def takes(self) -> str:
        """What it takes, in words."""
        if self.is_whole:
            text = translate("Settings", "a whole number from {least:g} to {most:g} {unit}")
        else:
            text = translate("Settings", "a number from {least:g} to {most:g} {unit}")
        return text.format(least=self.minimum, most=self.maximum, unit=self.unit).rstrip()

    def checked(self, value: object) -> int | float | None:
        """Return ``value`` if it is one of this kind, else None. A whole number stands for a float."""
        if isinstance(value, bool) or not isinstance(value, int | float):
            return None
        if (self.is_whole and isinstance(value, float)) or not self.minimum <= value <= self.maximum:
            return None  # NaN is within no bounds
        return value if self.is_whole else float(value)

    def parsed(self, text: str) -> int | float | None:
        """Return what ``text`` says, with or without the unit; None if it is no number."""
        bare = text.removesuffix(self.unit)
        try:
            return int(bare) if self.is_whole else float(bare)
        except ValueError:
            return None

    def shown(self, value: Value) -> str:
        """Return a value as a person reads it."""
        number = f"{value:g}" if isinstance(value, float) else str(value)
        return f"{number} {self.unit}".rstrip()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few words.

    Attributes:
        options: What may be chosen, and what a person calls it.
    """

    options: tuple[tuple[str, str], ...]

    @property
    def takes(self) -> str:
        """What it takes, in words."""
        *others, last = (value for value, _ in self.options)
        return translate("Settings", "{others} or {last}").format(others=", ".join(others), last=last)

    def checked(self, value: object) -> str | None:
        """Return ``value`` if it is one of this kind, else None."""
        return next((option for option, _ in self.options if option == value), None)

    def parsed(self, text: str) -> str | None:
        """Return the option that ``text`` names, by its value or as a person calls it; else None."""
        wanted = text.casefold()
        for option, label in self.options:
            if wanted in {option.casefold(), option.replace("_", "-").casefold(), label.casefold()}:
                return option
        return None

    def shown(self, value: Value) -> str:
        """Return a value as a person writes it."""
        return str(value)

    def label(self, value: Value) -> str:
        """Return what a person calls a value."""
        return dict(self.options).get(str(value), str(value))


@dataclass(frozen=True, slots=True)
class Text:
    """A line of text.

    Attributes:
        empty: What no text at all stands for.
    """

    empty: str

    @property
    def takes(self) -> str:
        """What it takes, in words."""
        return translate("Settings", "a line of at most {count} characters").format(count=LONGEST_TEXT)

    def checked(self, value: object) -> str | None:
        """Return ``value`` without space around it if it is one of this kind, else None."""
        if not isinstance(value, str) or not value.isprintable() or len(value) > LONGEST_TEXT:
            return None
        return value.strip()

    def parsed(self, text: str) -> str:
        """Return ``text`` itself."""
        return text

    def shown(self, value: Value) -> str:
        """Return a value as a person reads it."""
        return str(value) or self.empty


@dataclass(frozen=True, slots=True)
class Names:
    """Any number of names, in order.

    Attributes:
        offer: Where the names come from among which a person may choose.
        empty: What no name at all stands for.
    """

    offer: Offer
    empty: str

    @property
    def takes(self) -> str:
        """What it takes, in words."""
        return translate("Settings", "names, separated by commas")

    def checked(self, value: object) -> tuple[str, ...] | None:
        """Return ``value`` if it is one of this kind, else None. A list stands for a tuple."""
        if not isinstance(value, tuple | list):
            return None
        names = tuple(name for name in value if isinstance(name, str) and name.strip() and name.isprintable())
        return names if len(names) == len(value) else None

    def parsed(self, text: str) -> tuple[str, ...]:
        """Return the names that ``text`` lists; see `split_names`."""
        return split_names(text)

    def shown(self, value: Value) -> str:
        """Return a value as a person reads it."""
        return (join_names(value) if isinstance(value, tuple) else "") or self.empty


Kind = Switch | Number | Choice | Text | Names
