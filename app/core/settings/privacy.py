"""Settings of privacy: what is kept."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.core.settings.concern import Concern
from app.core.settings.setting import switch


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
