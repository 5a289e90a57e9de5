"""Settings of the looks: light or dark, how large, how dense, how lively, and in which language."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from app.core.settings.concern import Concern
from app.core.settings.setting import choice, whole_number

SYSTEM: Final = "system"

ENGLISH: Final = "en"
GERMAN: Final = "de"

LIGHT: Final = "light"
DARK: Final = "dark"

COMFORTABLE: Final = "comfortable"
COMPACT: Final = "compact"

REDUCED: Final = "reduced"
FULL: Final = "full"


@dataclass(frozen=True, slots=True)
class Looks(Concern):
    """How the window looks."""

    NAME: ClassVar = "appearance"
    LABEL: ClassVar = "Appearance"

    theme: str = choice(
        SYSTEM,
        label="Theme",
        description="Light or dark, or as the system says.",
        options={SYSTEM: "As the system", LIGHT: "Light", DARK: "Dark"},
    )
    text_size: int = whole_number(
        100,
        label="Text size",
        description="How large the text is, compared with the system's own.",
        minimum=100,
        maximum=200,
        unit="%",
        step=10,
    )
    density: str = choice(
        COMFORTABLE,
        label="Density",
        description="How much space there is around things; compact shows more of the conversation at once.",
        options={COMFORTABLE: "Comfortable", COMPACT: "Compact"},
    )
    motion: str = choice(
        SYSTEM,
        label="Motion",
        description="Whether pictures move. Reduced, the sound is a calm bar, and nothing turns or glides.",
        options={SYSTEM: "As the system", REDUCED: "Reduced", FULL: "Full"},
    )
    language: str = choice(
        SYSTEM,
        label="Language",
        description="What Heron itself is written in. What your character speaks is up to the character.",
        options={SYSTEM: "As the system", ENGLISH: "English", GERMAN: "Deutsch"},
    )
