"""Settings of privacy: what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.core.settings.concern import Concern
from app.core.settings.kinds import Offer
from app.core.settings.setting import names, switch


@dataclass(frozen=True, slots=True)
class Privacy(Concern):
    """What Heron keeps of a conversation."""

    NAME: ClassVar = "privacy"
    LABEL: ClassVar = "Privacy"

    keep_history: bool = switch(
        True,
        label="Keep the conversations",
        description="Keep what is said on this computer, so that it can be read and searched later. Switched "
        "off, nothing more is kept; what was kept before stays until you delete it.",
    )
    pictures_for: tuple[str, ...] = names(
        label="Pictures of the screen",
        description="The characters that get a picture of your screen whenever they ask, without a question. "
        "One is added when you say so on the picture's preview.",
        offer=Offer.CHARACTERS,
        empty="none: you are asked each time",
    )
