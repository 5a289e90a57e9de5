"""What a conversation is doing, in a word, a colour and a shape."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from PySide6.QtGui import QColor

from app.conversation.line import Author
from app.conversation.state import Link, State
from app.core.translation import translate
from app.estuary.voice_mode import VoiceState
from app.ui.theme import Theme


class Activity(Enum):
    """What the window shows as going on: one at a time, told apart by shape as well as colour."""

    OFFLINE = "offline"
    CONNECTING = "connecting"
    FAILED = "failed"
    IDLE = "idle"
    MUTED = "muted"
    LISTENING = "listening"
    HEARING = "hearing"
    THINKING = "thinking"
    SPEAKING = "speaking"


@dataclass(frozen=True, slots=True)
class Status:
    """An activity and its words."""

    activity: Activity
    text: str

    def color(self, theme: Theme) -> QColor:
        """Return the colour of the status text and its mark: readable on any ground of the theme."""
        if self.activity in {Activity.FAILED, Activity.MUTED}:
            return theme.danger
        if self.activity is Activity.CONNECTING:
            return theme.caution
        if self.activity in {Activity.OFFLINE, Activity.IDLE}:
            return theme.quiet
        return theme.accent


def activity_of(state: State) -> Activity:
    """Return what goes on in `state`; trouble with the link outranks the voice."""
    if state.link is not Link.READY:
        return _LINKS[state.link]
    if state.is_muted and state.voice in {VoiceState.IDLE, VoiceState.LISTENING, VoiceState.HEARING}:
        return Activity.MUTED
    return _VOICES[state.voice]


def status_of(state: State) -> Status:
    """Return what goes on in `state`, with its words."""
    activity = activity_of(state)
    return Status(activity, _words(activity, state))


def is_replying(state: State) -> bool:
    """Return whether there is a reply that can be stopped: in the making, spoken, or still being written."""
    if state.replaying is not None:
        return True
    if state.link is not Link.READY:
        return False
    if state.voice in {VoiceState.THINKING, VoiceState.SPEAKING}:
        return True
    last = next((line for line in reversed(state.lines) if line.author is Author.CHARACTER), None)
    return last is not None and not (last.is_final or last.is_interrupted)


def _words(activity: Activity, state: State) -> str:
    if state.link is Link.STARTING:
        return translate("Status", "Waking up…")
    if state.link is Link.RECONNECTING or state.voice is VoiceState.RECONNECTING:
        return translate("Status", "Reconnecting…")
    return {
        Activity.OFFLINE: translate("Status", "Offline"),
        Activity.CONNECTING: translate("Status", "Connecting…"),
        Activity.FAILED: translate("Status", "Not connected"),
        Activity.IDLE: translate("Status", "Ready, microphone open")
        if state.is_microphone_open
        else translate("Status", "Ready"),
        Activity.MUTED: translate("Status", "Microphone muted"),
        Activity.LISTENING: translate("Status", "Listening"),
        Activity.HEARING: translate("Status", "Hearing you"),
        Activity.THINKING: translate("Status", "Thinking"),
        Activity.SPEAKING: translate("Status", "Speaking"),
    }[activity]


_LINKS = {
    Link.OFFLINE: Activity.OFFLINE,
    Link.STARTING: Activity.CONNECTING,
    Link.CONNECTING: Activity.CONNECTING,
    Link.RECONNECTING: Activity.CONNECTING,
    Link.FAILED: Activity.FAILED,
}

_VOICES = {
    VoiceState.IDLE: Activity.IDLE,
    VoiceState.LISTENING: Activity.LISTENING,
    VoiceState.HEARING: Activity.HEARING,
    VoiceState.THINKING: Activity.THINKING,
    VoiceState.SPEAKING: Activity.SPEAKING,
    VoiceState.MUTED: Activity.MUTED,
    VoiceState.RECONNECTING: Activity.CONNECTING,
    VoiceState.ERROR: Activity.FAILED,
}
