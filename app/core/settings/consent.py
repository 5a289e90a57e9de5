"""Consent that was given once for all: a character may have a picture of the screen whenever it asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, unquote

from app.core.settings.profile import is_id

_HERE: Final = "-"
"""Stands for the address of the server on this computer, whose port is new each time."""

_DASH: Final = "%2D"
"""The same sign where it is an address."""

_PLAIN: Final = ":/[]"
"""Signs of an address that are written as they are."""


@dataclass(frozen=True, slots=True)
class PictureConsent:
    """Whom it was given to: a character as one server has it, in one profile.

    Attributes:
        profile_id: The profile it was given in.
        character_id: The character.
        address: Where its server answers; empty for the one on this computer. The same profile with another
            address leads to somebody else.
    """

    profile_id: str
    character_id: str
    address: str = ""

    @property
    def written(self) -> str:
        """How it stands in the settings, in one line."""
        where = _DASH if self.address == _HERE else quote(self.address, safe=_PLAIN) or _HERE
        return f"{self.profile_id} {where} {quote(self.character_id, safe='')}"

    @classmethod
    def read(cls, text: str) -> PictureConsent | None:
        """Return what a line of the settings says; None for one that says nothing of the kind."""
        match text.split(" "):
            case [profile_id, where, character_id] if is_id(profile_id) and where and character_id:
                return cls(profile_id, unquote(character_id), "" if where == _HERE else unquote(where))
        return None
