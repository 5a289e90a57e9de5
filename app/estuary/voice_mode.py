"""How turns are ended, and what a voice session is doing."""

from __future__ import annotations

from enum import StrEnum


class VoiceMode(StrEnum):
    """Who decides when a turn ends."""

    CONTINUOUS = "continuous"
    """Voice activity: the server ends the turn when the person pauses."""
    PUSH_TO_TALK = "push_to_talk"
    """The person: pressing starts a turn, releasing ends it."""


class VoiceState(StrEnum):
    """What a voice session is doing, in the order of a turn."""

    IDLE = "idle"
    """The microphone is not being sent."""
    LISTENING = "listening"
    """The microphone is open, nothing was recognised yet."""
    HEARING = "hearing"
    """Words are being recognised."""
    THINKING = "thinking"
    """The turn has ended, the answer has not begun."""
    SPEAKING = "speaking"
    """The character's voice plays."""
    MUTED = "muted"
    """The person has muted the microphone."""
    RECONNECTING = "reconnecting"
    """The connection was lost and is being restored."""
    ERROR = "error"
    """Voice is broken and will not come back by itself."""
