"""All settings at one moment, and where to find one by its name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from app.core.errors import BadInput
from app.core.settings.advanced import Advanced
from app.core.settings.concern import Concern
from app.core.settings.cues import Cues
from app.core.settings.desktop import Desktop
from app.core.settings.first_steps import FirstSteps
from app.core.settings.hotkeys import GlobalKeys
from app.core.settings.looks import Looks
from app.core.settings.privacy import Privacy
from app.core.settings.profiles import Profiles
from app.core.settings.setting import Setting
from app.core.settings.sound import Sound
from app.core.settings.talk import Talk

_SUGGESTIONS: Final = 3


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings. A field but the last is named like the `Concern.NAME` of what it holds."""

    sound: Sound = field(default_factory=Sound)
    cues: Cues = field(default_factory=Cues)
    talk: Talk = field(default_factory=Talk)
    hotkeys: GlobalKeys = field(default_factory=GlobalKeys)
    appearance: Looks = field(default_factory=Looks)
    desktop: Desktop = field(default_factory=Desktop)
    privacy: Privacy = field(default_factory=Privacy)
    advanced: Advanced = field(default_factory=Advanced)
    first_steps: FirstSteps = field(default_factory=FirstSteps)
    profiles: Profiles = field(default_factory=Profiles)


CONCERNS: Final[tuple[type[Concern], ...]] = (
    Sound,
    Cues,
    Talk,
    GlobalKeys,
    Looks,
    Desktop,
    Privacy,
    Advanced,
)
"""The concerns in the order in which they are shown."""

REMEMBERED: Final[tuple[type[Concern], ...]] = (FirstSteps,)
"""What is kept like them without being chosen: it is shown nowhere."""


def all_settings() -> Iterator[tuple[type[Concern], Setting]]:
    """Yield every setting with the concern it belongs to, in the order in which they are shown."""
    for concern in CONCERNS:
        for setting in concern.settings():
            yield concern, setting


def kept_settings() -> Iterator[tuple[type[Concern], Setting]]:
    """Yield everything that is kept under a name of its own: the settings, and what is remembered."""
    yield from all_settings()
    for concern in REMEMBERED:
        for setting in concern.settings():
            yield concern, setting


def setting_named(key: str) -> tuple[type[Concern], Setting]:
    """Return the setting called ``key`` and its concern: ``sound.tail_ms``.

    Raises:
        BadInput: There is none of that name; the text names those that are called alike.
    """
    found = {setting.key: (concern, setting) for concern, setting in all_settings()}
    if key not in found:
        raise BadInput(f"There is no setting “{key}”. {_advice(key, list(found))}")
    return found[key]


def _advice(key: str, known: list[str]) -> str:
    from difflib import get_close_matches

    wanted = key.strip().lower().replace("-", "_")
    bare = {name.rpartition(".")[2]: name for name in known}
    in_concern = [name for name in known if name.partition(".")[0] == wanted]
    # Somebody may have left the concern out, or misspelt what follows it.
    alike = [bare[name] for name in get_close_matches(wanted.rpartition(".")[2], bare, _SUGGESTIONS)]
    if close := in_concern or alike or get_close_matches(wanted, known, _SUGGESTIONS):
        return f"Did you mean {' or '.join(close[:_SUGGESTIONS])}?"
    return "“heron settings” lists all there are."
