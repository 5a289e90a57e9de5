"""Settings of talking: who says when a turn ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from app.core.settings.concern import Concern
from app.core.settings.setting import choice, whole_number

PUSH_TO_TALK: Final = "push_to_talk"
CONTINUOUS: Final = "continuous"


@dataclass(frozen=True, slots=True)
class Talk(Concern):
    """How turns are taken."""

    NAME: ClassVar = "talk"
    LABEL: ClassVar = "Talking"

    mode: str = choice(
        PUSH_TO_TALK,
        label="Talk mode",
        description="Push to talk: your turn lasts as long as you hold the key or button. Continuous: the "
        "microphone stays open, and your turn ends when you pause.",
        options={PUSH_TO_TALK: "Push to talk", CONTINUOUS: "Continuous"},
    )
    longest_hold_s: int = whole_number(
        60,
        label="Longest hold",
        description="A turn that is begun from outside the window, by a hotkey or by “heron press”, is "
        "sent after this time at the latest, so that the microphone is never left open.",
        minimum=5,
        maximum=600,
        unit="s",
        step=5,
    )
