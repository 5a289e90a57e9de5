"""What a hotkey does."""

from __future__ import annotations

from enum import Enum

from app.core.translation import translate


class Action(Enum):
    """What can be done while another program has the focus; the value is its name in files and on the bus."""

    HOLD_TO_TALK = "hold_to_talk"
    TOGGLE_TO_TALK = "toggle_to_talk"
    MUTE = "mute"
    STOP_SPEAKING = "stop_speaking"
    SHOW_WINDOW = "show_window"

    @property
    def label(self) -> str:
        """What a person calls it."""
        return {
            Action.HOLD_TO_TALK: translate("Hotkeys", "Hold to talk"),
            Action.TOGGLE_TO_TALK: translate("Hotkeys", "Start and stop talking"),
            Action.MUTE: translate("Hotkeys", "Mute the microphone"),
            Action.STOP_SPEAKING: translate("Hotkeys", "Stop speaking"),
            Action.SHOW_WINDOW: translate("Hotkeys", "Show the window"),
        }[self]

    @property
    def is_held(self) -> bool:
        """Whether it lasts for as long as the key is down; the others happen once."""
        return self is Action.HOLD_TO_TALK
