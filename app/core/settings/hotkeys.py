"""Settings of the keys that work while another program has the focus."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import ClassVar, Final

from app.core.settings.concern import Concern
from app.core.settings.setting import text

_EVERYWHERE: Final = {
    "hold_to_talk": "Ctrl+Alt+Space",
    "toggle_to_talk": "Ctrl+Alt+Shift+Space",
    "mute": "Ctrl+Alt+M",
    "stop_speaking": "Ctrl+Alt+Period",
    "show_window": "Ctrl+Alt+H",
}

_ON_WINDOWS: Final = {
    # Ctrl+Alt is AltGr there, which makes letters of many layouts write signs; these write nothing.
    "mute": "Ctrl+Alt+F9",
    "stop_speaking": "Ctrl+Alt+F10",
    "show_window": "Ctrl+Alt+F11",
}

_ON_MAC: Final = {
    # Ctrl+Option+Space is the next input source there.
    "hold_to_talk": "Right Alt",
    "toggle_to_talk": "Ctrl+Alt+T",
}

_OF_PLATFORM: Final = {"win32": _ON_WINDOWS, "darwin": _ON_MAC}


def usual_hotkeys(platform: str) -> dict[str, str]:
    """Return the keys by what they do, until somebody chooses, on ``platform`` (of `sys.platform`)."""
    return _EVERYWHERE | _OF_PLATFORM.get(platform, {})


_USUAL: Final = usual_hotkeys(sys.platform)


@dataclass(frozen=True, slots=True)
class GlobalKeys(Concern):
    """Which key does what, in whatever window it is pressed. An empty text is no key.

    What is a key is known to `app.desktop.hotkeys` alone.
    """

    NAME: ClassVar = "hotkeys"
    LABEL: ClassVar = "Hotkeys"

    hold_to_talk: str = text(
        default=_USUAL["hold_to_talk"],
        label="Hold to talk",
        description="Your turn lasts as long as you hold this key, in whatever window.",
        empty="none",
    )
    toggle_to_talk: str = text(
        default=_USUAL["toggle_to_talk"],
        label="Start and stop talking",
        description="One press begins your turn, the next one sends it.",
        empty="none",
    )
    mute: str = text(
        default=_USUAL["mute"],
        label="Mute the microphone",
        description="One press mutes the microphone, the next one opens it again.",
        empty="none",
    )
    stop_speaking: str = text(
        default=_USUAL["stop_speaking"],
        label="Stop speaking",
        description="Ends the character's reply at once.",
        empty="none",
    )
    show_window: str = text(
        default=_USUAL["show_window"],
        label="Show the window",
        description="Brings Heron before all other windows.",
        empty="none",
    )
