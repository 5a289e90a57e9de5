"""Settings of the place that Heron has on the desktop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from app.core.settings.concern import Concern
from app.core.settings.setting import switch

START_AT_LOGIN: Final = "desktop.start_at_login"


@dataclass(frozen=True, slots=True)
class Desktop(Concern):
    """How Heron lives beside the other programs."""

    NAME: ClassVar = "desktop"
    LABEL: ClassVar = "Desktop"

    start_at_login: bool = switch(
        False,
        label="Start at login",
        description="Start Heron out of sight whenever you log in, so that it can be talked to at once. "
        "Starting it again shows the window.",
    )
