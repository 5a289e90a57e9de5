"""Which chord does what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Self

from app.core.errors import BadInput
from app.core.settings.hotkeys import usual_hotkeys
from app.core.translation import translate
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.chord import Chord


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two actions of ours with the same chord.

    Attributes:
        chord: What both have.
        first: The action that keeps it.
        second: The action that goes without.
    """

    chord: Chord
    first: Action
    second: Action

    def __str__(self) -> str:
        said = translate("Hotkeys", "{chord} is “{first}” already. Choose another key for “{second}”.")
        return said.format(chord=self.chord, first=self.first.label, second=self.second.label)


@dataclass(frozen=True, slots=True)
class Bindings:
    """The chord of each action that has one.

    Attributes:
        chords: By action; an action without a chord is not in it.
    """

    chords: Mapping[Action, Chord] = field(default_factory=dict)

    @classmethod
    def defaults(cls, platform: str) -> Self:
        """Return what is bound until somebody chooses, on ``platform`` (of `sys.platform`)."""
        return cls.parse(usual_hotkeys(platform))

    @classmethod
    def parse(cls, texts: Mapping[str, str]) -> Self:
        """Return what is written by names of actions; an empty text means no chord.

        Raises:
            BadInput: There is no such action or no such chord.
        """
        chords = {}
        for name, text in texts.items():
            try:
                action = Action(name)
            except ValueError:
                said = translate("Hotkeys", "There is no hotkey for “{name}”.")
                raise BadInput(said.format(name=name)) from None
            if text.strip():
                chords[action] = Chord.parse(text)
        return cls(chords)

    def written(self) -> dict[str, str]:
        """Return what `parse` reads, for all actions."""
        return {action.value: str(self.chords.get(action, "")) for action in Action}

    def conflicts(self) -> list[Conflict]:
        """Return which actions have the chord of another one, in the order of the actions."""
        owners: dict[Chord, Action] = {}
        found = []
        for action, chord in self._in_order():
            owner = owners.setdefault(chord, action)
            if owner is not action:
                found.append(Conflict(chord, owner, action))
        return found

    def unambiguous(self) -> dict[Action, Chord]:
        """Return the chords that can be bound: of two actions with the same one, the first has it."""
        losers = {conflict.second for conflict in self.conflicts()}
        return {action: chord for action, chord in self._in_order() if action not in losers}

    def _in_order(self) -> Iterator[tuple[Action, Chord]]:
        return ((action, self.chords[action]) for action in Action if action in self.chords)
