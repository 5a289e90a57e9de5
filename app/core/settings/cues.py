"""Settings of the cues: the short sounds that tell what Heron does."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from app.core.settings.concern import Concern
from app.core.settings.setting import switch


@dataclass(frozen=True, slots=True)
class Cues(Concern):
    """Which cues are played. The fields are named like the sounds."""

    NAME: ClassVar = "cues"
    LABEL: ClassVar = "Cues"

    listening_on: bool = switch(
        False,  # it would fall on the first word of whoever speaks at once
        label="Listening begins",
        description="Play two rising notes when Heron begins to listen; while a key is held, only if the "
        "microphone was slow to open.",
    )
    listening_off: bool = switch(
        True,
        label="Listening ends",
        description="Play two falling notes when Heron no longer listens.",
    )
    error: bool = switch(
        True,
        label="Something went wrong",
        description="Play a low note twice when something went wrong.",
    )
    muted: bool = switch(
        True,
        label="Muted",
        description="Play a dull tick when the microphone is muted or no longer muted.",
    )
    timer: bool = switch(
        True,
        label="Time is up",
        description="Play a bright note twice when a timer rings that the character has set here.",
    )
