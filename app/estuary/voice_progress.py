"""What a voice session is doing, computed from what happens: pure, without clock or I/O.

`VoiceProgress.state` follows this order, first match: ERROR when the connection was refused or given up, or a
device is gone;
RECONNECTING until connection and voice are back; SPEAKING while a reply is heard; THINKING from the end of a
turn to the first sound of its answer; IDLE while voice is off; MUTED; IDLE between the presses of
push-to-talk; HEARING while the person speaks, and from the first recognised word to the end of the turn; else
LISTENING.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum

from app.estuary.events import ConnectionState
from app.estuary.voice_mode import VoiceMode, VoiceState


@dataclass(frozen=True, slots=True)
class VoiceTurnedOn:
    """Voice became active."""

    mode: VoiceMode


@dataclass(frozen=True, slots=True)
class VoiceTurnedOff:
    """Voice is no longer active."""


@dataclass(frozen=True, slots=True)
class VoiceSuspended:
    """Voice went with the connection and is to come back with it."""


@dataclass(frozen=True, slots=True)
class MuteChanged:
    """The microphone was muted, or is heard again."""

    is_muted: bool


@dataclass(frozen=True, slots=True)
class Pressed:
    """A push-to-talk turn began."""


@dataclass(frozen=True, slots=True)
class Released:
    """A push-to-talk turn ended; with ``is_void`` it never came about."""

    is_void: bool = False


@dataclass(frozen=True, slots=True)
class WordsHeard:
    """The person's words so far, or all of a turn's."""

    text: str
    is_final: bool


@dataclass(frozen=True, slots=True)
class SpeechChanged:
    """The person began to speak, or stopped: heard by voice activity, before any word is recognised."""

    is_speaking: bool


@dataclass(frozen=True, slots=True)
class ReplyBegan:
    """A reply's first sample left the speaker; without ``is_answer`` it was heard before."""

    message_id: str
    is_answer: bool = True


@dataclass(frozen=True, slots=True)
class ReplyEnded:
    """A reply's last sample left the speaker, or it was interrupted."""

    message_id: str


@dataclass(frozen=True, slots=True)
class NoAnswerCame:
    """A turn was waited on for long enough."""


@dataclass(frozen=True, slots=True)
class LinkChanged:
    """The connection came, went, or is being restored."""

    state: ConnectionState


class Device(Enum):
    """What a session listens and speaks with."""

    MICROPHONE = "microphone"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """A device ended by itself, or does not open again."""

    device: Device


@dataclass(frozen=True, slots=True)
class DeviceFound:
    """A device works."""

    device: Device


Happening = (
    VoiceTurnedOn
    | VoiceTurnedOff
    | VoiceSuspended
    | MuteChanged
    | Pressed
    | Released
    | WordsHeard
    | SpeechChanged
    | ReplyBegan
    | ReplyEnded
    | NoAnswerCame
    | LinkChanged
    | DeviceLost
    | DeviceFound
)


@dataclass(frozen=True, slots=True)
class VoiceProgress:
    """A voice session at one moment.

    Attributes:
        mode: The mode voice is on in; None while it is off.
        is_muted: The person has muted the microphone.
        is_pressed: A push-to-talk turn is open.
        is_hearing: Words are being recognised.
        is_person_speaking: The person is speaking.
        is_thinking: A turn has ended, its answer has not begun.
        speaking: The replies that are being heard.
        is_reconnecting: The connection is being restored.
        is_suspended: Voice is to come back with it.
        is_given_up: The connection was refused, or will not be restored.
        lost: The devices that are gone.
    """

    mode: VoiceMode | None = None
    is_muted: bool = False
    is_pressed: bool = False
    is_hearing: bool = False
    is_person_speaking: bool = False
    is_thinking: bool = False
    speaking: frozenset[str] = frozenset()
    is_reconnecting: bool = False
    is_suspended: bool = False
    is_given_up: bool = False
    lost: frozenset[Device] = frozenset()

    @property
    def state(self) -> VoiceState:
        """What the session is doing, by the order this module states."""
        is_between_presses = self.mode is VoiceMode.PUSH_TO_TALK and not self.is_pressed
        ordered = (
            (self.is_given_up or bool(self.lost), VoiceState.ERROR),
            (self.is_reconnecting or self.is_suspended, VoiceState.RECONNECTING),
            (bool(self.speaking), VoiceState.SPEAKING),
            (self.is_thinking, VoiceState.THINKING),
            (self.mode is None, VoiceState.IDLE),
            (self.is_muted, VoiceState.MUTED),
            (is_between_presses, VoiceState.IDLE),
            (self.is_hearing or self.is_person_speaking, VoiceState.HEARING),
        )
        return next((state for applies, state in ordered if applies), VoiceState.LISTENING)


def advance(progress: VoiceProgress, happening: Happening) -> VoiceProgress:  # noqa: PLR0911, PLR0912 - one each
    """Return the progress after ``happening``."""
    match happening:
        case VoiceTurnedOn(mode):
            return replace(progress, mode=mode, is_suspended=False)
        case VoiceTurnedOff():
            return replace(_paused(progress), mode=None, is_pressed=False, is_suspended=False)
        case VoiceSuspended():
            return replace(_paused(progress), is_suspended=True)
        case MuteChanged(is_muted):
            return replace(progress, is_muted=is_muted)
        case Pressed():
            return replace(progress, is_pressed=True, is_hearing=False, is_thinking=False)
        case Released(is_void):
            ended = progress.is_pressed and not is_void
            return replace(_paused(progress), is_pressed=False, is_thinking=ended)
        case WordsHeard():
            return _heard(progress, happening)
        case SpeechChanged(is_speaking):
            return replace(progress, is_person_speaking=is_speaking)
        case ReplyBegan(message_id, is_answer):
            is_thinking = progress.is_thinking and not is_answer
            return replace(progress, is_thinking=is_thinking, speaking=progress.speaking | {message_id})
        case ReplyEnded(message_id):
            return replace(progress, speaking=progress.speaking - {message_id})
        case NoAnswerCame():
            return replace(progress, is_thinking=False)
        case LinkChanged(state):
            return _linked(progress, state)
        case DeviceLost(device):
            return replace(progress, lost=progress.lost | {device}, speaking=frozenset())
        case DeviceFound(device):  # pragma: no branch - there are no others
            return replace(progress, lost=progress.lost - {device})


def _paused(progress: VoiceProgress) -> VoiceProgress:
    return replace(progress, is_hearing=False, is_person_speaking=False, is_thinking=False)


def _heard(progress: VoiceProgress, heard: WordsHeard) -> VoiceProgress:
    has_words = bool(heard.text.strip())
    if not heard.is_final:
        return replace(progress, is_hearing=progress.is_hearing or has_words)
    return replace(progress, is_hearing=False, is_thinking=has_words and not progress.is_pressed)


def _linked(progress: VoiceProgress, state: ConnectionState) -> VoiceProgress:
    match state:
        case ConnectionState.CONNECTED:
            return replace(progress, is_reconnecting=False, is_given_up=False)
        case ConnectionState.RECONNECTING | ConnectionState.CONNECTING:
            return replace(_paused(progress), is_reconnecting=True)
        case ConnectionState.DISCONNECTED:
            return replace(_paused(progress), is_reconnecting=False, is_given_up=False)
        case ConnectionState.ERROR:  # pragma: no branch - there are no others
            return replace(progress, is_reconnecting=False, is_given_up=True)
