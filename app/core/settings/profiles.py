"""The profiles: all of them, and the one that is talked with."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from app.core.errors import BadInput
from app.core.settings.profile import LOCAL, Profile
from app.core.translation import translate

NAME: Final = "profiles"
"""What they are called in the settings' file."""

CURRENT: Final = "current"
"""What the id of the current one is called there, beside the profiles themselves, each under its id."""

_STEM_LENGTH: Final = 24


@dataclass(frozen=True, slots=True)
class Profiles:
    """Profiles in the order in which they were made; the local one is always among them, and first.

    Attributes:
        all: Every one; no two have the same id.
        current_id: The id of the one that is talked with.
    """

    all: tuple[Profile, ...] = (Profile(LOCAL),)
    current_id: str = LOCAL

    def __post_init__(self) -> None:
        ids = [profile.id for profile in self.all]
        if len(set(ids)) < len(ids):
            raise BadInput(translate("Settings", "Two profiles have the same id."))
        if LOCAL not in ids or self.current_id not in ids:
            raise BadInput(translate("Settings", "The local profile or the current one is missing."))

    def __iter__(self) -> Iterator[Profile]:
        return iter(self.all)

    @property
    def current(self) -> Profile:
        """The one that is talked with."""
        return self.get(self.current_id)

    def get(self, profile_id: str) -> Profile:
        """Return the profile with this id.

        Raises:
            BadInput: There is none.
        """
        for profile in self.all:
            if profile.id == profile_id:
                return profile
        text = translate("Settings", "There is no profile “{id}”. Choose one of those there are.")
        raise BadInput(text.format(id=profile_id))

    def new_id(self, name: str) -> str:
        """Return an id for a new profile that tells of ``name``; no other has it."""
        stem = re.sub(r"[^a-z0-9]+", "-", name.lower())[:_STEM_LENGTH].strip("-") or "profile"
        taken = {profile.id for profile in self.all}
        while (made := f"{stem}-{os.urandom(4).hex()}") in taken:
            pass
        return made

    def with_(self, profile: Profile) -> Profiles:
        """Return these with ``profile`` in the place of the one with its id, or at the end."""
        if any(each.id == profile.id for each in self.all):
            changed = tuple(profile if each.id == profile.id else each for each in self.all)
            return replace(self, all=changed)
        return replace(self, all=(*self.all, profile))

    def without(self, profile_id: str) -> Profiles:
        """Return these without one of them; if it was the current one, the local one is.

        Raises:
            BadInput: It is the local one, or there is none.
        """
        if self.get(profile_id).id == LOCAL:
            raise BadInput(
                translate(
                    "Settings", "The profile of this computer stays: something must be there to talk with."
                )
            )
        kept = tuple(each for each in self.all if each.id != profile_id)
        return Profiles(kept, LOCAL if self.current_id == profile_id else self.current_id)

    def talking_with(self, profile_id: str) -> Profiles:
        """Return these with another current one.

        Raises:
            BadInput: There is none of that id.
        """
        return replace(self, current_id=self.get(profile_id).id)


def profiles_in(section: dict[str, Any]) -> tuple[Profiles, list[str]]:
    """Return the profiles that the settings' file tells of, and a sentence about each that cannot be used."""
    notes: list[str] = []
    found = {profile.id: profile for profile in _read(section, notes)}
    # Without an entry of its own the local one is as it is by default.
    every = (found.pop(LOCAL, Profile(LOCAL)), *found.values())
    current = section.get(CURRENT, LOCAL)
    if current not in [profile.id for profile in every]:
        text = translate(
            "Settings", "The profile “{id}” is not there; the character on this computer is used instead."
        )
        notes.append(text.format(id=current))
        current = LOCAL
    return Profiles(every, current), notes


def changes_between(old: Profiles, new: Profiles) -> dict[str, Any]:
    """Return what changed, as entries of the settings' file by their ids; None takes one out."""
    before = {profile.id: profile for profile in old}
    after = {profile.id: profile for profile in new}
    changes: dict[str, Any] = {gone: None for gone in before if gone not in after}
    for profile_id, profile in after.items():
        if profile != before.get(profile_id):
            changes[profile_id] = profile.described()
    if old.current_id != new.current_id:
        changes[CURRENT] = new.current_id
    return changes


def _read(section: dict[str, Any], notes: list[str]) -> Iterable[Profile]:
    for profile_id, said in section.items():
        if profile_id == CURRENT:
            continue
        try:
            if not isinstance(said, dict):
                text = translate("Settings", "The profile “{id}” is none.")
                raise BadInput(text.format(id=profile_id))
            yield Profile.made_from(profile_id, said)
        except BadInput as error:
            text = translate("Settings", "{problem} The profile “{id}” is left out until the file is mended.")
            notes.append(text.format(problem=error, id=profile_id))
