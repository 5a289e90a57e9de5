"""One setting: what it is called, what it does, what it is by default, and of which kind it is."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, fields
from typing import Any, Final, TypeVar

from app.core.errors import BadInput
from app.core.settings.kinds import Choice, Kind, Names, Number, Offer, Switch, Text, Value
from app.core.translation import translate

_T = TypeVar("_T", bool, int, float, str, tuple[str, ...])

_SHOWN_CHARACTERS: Final = 60
"""Of a wrong value that is quoted."""


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting as it was declared: everything that a dialog or a command line needs of it.

    Attributes:
        key: Its whole name: ``sound.tail_ms``.
        label: What a person calls it, in a few words.
        description: What it does, in a sentence or two.
        default: Its value until somebody chooses another one.
        kind: Which values it takes.
    """

    key: str
    label: str
    description: str
    default: Value
    kind: Kind

    @property
    def name(self) -> str:
        """Its name within its concern: ``tail_ms``."""
        return self.key.rpartition(".")[2]

    def checked(self, value: object) -> Value:
        """Return ``value`` as one of this setting's.

        Raises:
            BadInput: It is none, as its kind says.
        """
        return self._unless_none(self.kind.checked(value), json.dumps(value, ensure_ascii=False, default=str))

    def parsed(self, text: str) -> Value:
        """Return what a person wrote as a value: ``off``, ``300 ms``, ``USB Headset, Built-in``.

        Raises:
            BadInput: It is none, as its kind says.
        """
        text = text.strip()
        return self._unless_none(self.kind.checked(self.kind.parsed(text)), f"“{text}”")

    def shown(self, value: Value) -> str:
        """Return a value as a person reads it."""
        return self.kind.shown(value)

    def _unless_none(self, value: Value | None, said: str) -> Value:
        if value is None:
            said = said if len(said) <= _SHOWN_CHARACTERS else said[: _SHOWN_CHARACTERS - 1] + "…"
            text = translate("Settings", "{setting} takes {kind}, not {value}.")
            raise BadInput(text.format(setting=self.key, kind=self.kind.takes, value=said))
        return value


def switch(default: bool, *, label: str, description: str) -> bool:
    """Declare a field of a `Concern` that is on or off; the arguments are the attributes of `Setting`."""
    return _declared(default, label, description, Switch())


def whole_number(
    default: int, *, label: str, description: str, minimum: int, maximum: int, unit: str = "", step: int = 1
) -> int:
    """Declare a field of a `Concern` that is an int; see `Setting` and `Number`."""
    kind = Number(minimum, maximum, unit, is_whole=True, step=step)
    return _declared(default, label, description, kind)


def number(
    default: float,
    *,
    label: str,
    description: str,
    minimum: float,
    maximum: float,
    unit: str = "",
    step: float = 1,
) -> float:
    """Declare a field of a `Concern` that is a float; see `Setting` and `Number`."""
    return _declared(default, label, description, Number(minimum, maximum, unit, step=step))


def choice(default: str, *, label: str, description: str, options: dict[str, str]) -> str:
    """Declare a field of a `Concern` that is one of ``options``, each with its label; see `Choice`."""
    return _declared(default, label, description, Choice(tuple(options.items())))


def text(*, label: str, description: str, empty: str, default: str = "") -> str:
    """Declare a field of a `Concern` that is a line of text; see `Text`."""
    return _declared(default, label, description, Text(empty))


def names(*, label: str, description: str, offer: Offer, empty: str) -> tuple[str, ...]:
    """Declare a field of a `Concern` that lists names, by default none; see `Setting` and `Names`."""
    return _declared((), label, description, Names(offer, empty))


def declared_in(concern: Any, name: str) -> tuple[Setting, ...]:
    """Return the settings of the dataclass ``concern``, in order, with keys that begin with ``name``."""
    declared = (entry for entry in fields(concern) if entry.metadata)
    return tuple(Setting(key=f"{name}.{entry.name}", **entry.metadata) for entry in declared)


def _declared(default: _T, label: str, description: str, kind: Kind) -> _T:
    declared = {"label": label, "description": description, "default": default, "kind": kind}
    made: Any = field(default=default, metadata=declared)
    result: _T = made  # a field to the dataclass, its value to everybody else
    return result
