"""What a client tells its listeners, event by event.

Most events hand over the server's message as the protocol decoded it. Events of a conversation's lifecycle
take what the table in `EventName` says.
"""

from __future__ import annotations

import base64
from enum import StrEnum
from typing import Any

import msgspec

from app.estuary.outbox import AudioDropped
from app.protocol.server_messages import (
    AgentConversationComplete,
    AgentTurnComplete,
    AgentTurnText,
    AgentTurnVoice,
    AuthError,
    BotResponse,
    CameraCapture,
    ClientAction,
    Interrupt,
    MemoryUpdated,
    ModerationFlag,
    ModerationWarning,
    QuotaExceeded,
    SessionInfo,
    SessionRejected,
    SessionTimeout,
    SttResponse,
    VoiceError,
    VoiceTimeout,
)

CameraCaptureRequest = CameraCapture
MemoryUpdatedEvent = MemoryUpdated

__all__ = [
    "AgentConversationComplete",
    "AgentTurnComplete",
    "AgentTurnText",
    "AgentTurnVoice",
    "AudioDropped",
    "AuthError",
    "BotResponse",
    "BotVoice",
    "CameraCaptureRequest",
    "ClientAction",
    "ConnectionState",
    "EventName",
    "Interrupt",
    "MemoryUpdatedEvent",
    "ModerationFlag",
    "ModerationWarning",
    "OtherEvent",
    "QuotaExceeded",
    "SessionInfo",
    "SessionRejected",
    "SessionTimeout",
    "SttResponse",
    "TurnInDoubt",
    "VoiceError",
    "VoiceTimeout",
]


class EventName(StrEnum):
    """The events a listener can be registered for, and what it is called with."""

    CONNECTED = "connected"
    """`SessionInfo`: the session is open; also after each reconnection."""
    DISCONNECTED = "disconnected"
    """str, why: the connection was lost, or closed by `disconnect`."""
    RECONNECTING = "reconnecting"
    """int, the number of the attempt that now begins."""
    CONNECTION_STATE_CHANGED = "connection_state_changed"
    """`ConnectionState`."""
    STT_RESPONSE = "stt_response"
    """`SttResponse`: what was heard so far, or the whole utterance."""
    BOT_RESPONSE = "bot_response"
    """`BotResponse`: the character's words."""
    BOT_VOICE = "bot_voice"
    """`BotVoice`: a piece of the character's voice."""
    AUDIO_RECEIVED = "audio_received"
    """bytes: voice that belongs to no `BotVoice`, as PCM16LE mono at the session's rate."""
    INTERRUPT = "interrupt"
    """`Interrupt`: stop playing."""
    VOICE_STARTED = "voice_started"
    """Nothing: voice became active."""
    VOICE_STOPPED = "voice_stopped"
    """Nothing: voice is no longer active."""
    MUTE_CHANGED = "mute_changed"
    """bool: whether microphone audio is now held back."""
    VOICE_ERROR = "voice_error"
    """`VoiceError`: the server could not start voice, or it broke."""
    VOICE_TIMEOUT = "voice_timeout"
    """`VoiceTimeout`: nobody spoke for long, voice was stopped."""
    SESSION_TIMEOUT = "session_timeout"
    """`SessionTimeout`: nothing happened for long, the server disconnects."""
    SESSION_REJECTED = "session_rejected"
    """`SessionRejected`: the server ended an open session for good."""
    AUTH_ERROR = "auth_error"
    """`AuthError`: the server withdrew the credentials of an open session."""
    QUOTA_EXCEEDED = "quota_exceeded"
    """`QuotaExceeded`: the account's allowance is used up; the session stays."""
    CLIENT_ACTION = "client_action"
    """`ClientAction`: something the character asks the client to do."""
    CAMERA_CAPTURE_REQUEST = "camera_capture_request"
    """`CameraCaptureRequest`: the character asks for a picture; `send_camera_image` answers."""
    MEMORY_UPDATED = "memory_updated"
    """`MemoryUpdatedEvent`: what the character remembers has grown; asked for by ``realtime_memory``."""
    MODERATION_WARNING = "moderation_warning"
    """`ModerationWarning`: the server minds what was said; level ``terminated`` ends the session."""
    MODERATION_FLAG = "moderation_flag"
    """`ModerationFlag`: what is to be done with a message, such as to hide it."""
    AGENT_TURN_TEXT = "agent_turn_text"
    """`AgentTurnText`: what one of two characters that speak with each other says."""
    AGENT_TURN_VOICE = "agent_turn_voice"
    """`AgentTurnVoice`: a piece of its voice, which comes as `AUDIO_RECEIVED` too."""
    AGENT_TURN_COMPLETE = "agent_turn_complete"
    """`AgentTurnComplete`: one of the two has had its turn."""
    AGENT_CONVERSATION_COMPLETE = "agent_conversation_complete"
    """`AgentConversationComplete`: the two have ended."""
    LIVEKIT_CONNECTED = "livekit_connected"
    """Never: LiveKit is not part of this client; a program written for one that has it may register."""
    LIVEKIT_DISCONNECTED = "livekit_disconnected"
    """Never, as `LIVEKIT_CONNECTED`."""
    AUDIO_DROPPED = "audio_dropped"
    """`AudioDropped`: microphone audio grew too old while the network took nothing; once per stall."""
    TURN_IN_DOUBT = "turn_in_doubt"
    """`TurnInDoubt`: the connection was lost, nobody knows whether a turn was heard; it is not repeated."""
    OTHER = "other"
    """`OtherEvent`: an event that has no type here."""
    ERROR = "error"
    """`EstuaryError`: the server reported an error, a payload was malformed, a listener failed."""


class ConnectionState(StrEnum):
    """How a client stands with its server."""

    DISCONNECTED = "disconnected"
    CONNECTING = "connecting"
    CONNECTED = "connected"
    RECONNECTING = "reconnecting"
    ERROR = "error"
    """Refused, or given up; only a call to `connect` changes that."""


class TurnInDoubt(msgspec.Struct, frozen=True, kw_only=True):
    """A turn of which nobody knows whether the server took it before the connection was lost.

    Attributes:
        text: The words of a typed turn; None for a spoken one.
    """

    text: str | None = None


class OtherEvent(msgspec.Struct, frozen=True, kw_only=True):
    """An event of the server that has no type here.

    Attributes:
        name: Its name on the wire.
        payload: Its payload as plain JSON types; None where there was none.
    """

    name: str
    payload: Any = None


class BotVoice(msgspec.Struct, frozen=True, kw_only=True):
    """A piece of the character's voice.

    Attributes:
        pcm: The samples, PCM16LE mono at ``sample_rate``. May be empty, and of odd length from some servers.
        sample_rate: Rate in Hz.
        message_id: The reply it belongs to.
        chunk_index: Counts the pieces of a reply from 0.
        is_final: Nothing follows for this reply.
        is_interjection: Said in between, not the answer itself.
    """

    pcm: bytes
    sample_rate: int
    message_id: str = ""
    chunk_index: int = 0
    is_final: bool = False
    is_interjection: bool = False

    @property
    def audio(self) -> str:
        """The samples as base64 text, as they came over the wire."""
        return base64.b64encode(self.pcm).decode()
