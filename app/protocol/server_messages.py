"""What an Estuary server says to a client."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Final

import msgspec

from app.protocol.memory import Memory
from app.protocol.message import Message

LOWEST_RATE: Final = 4_000
"""Lowest sample rate in Hz that is taken for audio."""

HIGHEST_RATE: Final = 192_000
"""Highest sample rate in Hz that is taken for audio."""


class SessionInfo(Message, frozen=True, kw_only=True):
    """The session is open: the only sign that a client is in.

    With ``exactly_once`` the server tells a repeated turn by its ``turn_id``: it takes none twice, and
    answers a repetition with what it had to say to the first. The answer to a typed turn has the turn's id
    for its ``message_id``.
    """

    event: ClassVar[str] = "session_info"

    session_id: str
    conversation_id: str = ""
    character_id: str = ""
    player_id: str = ""
    exactly_once: bool = False


class AuthError(Message, frozen=True, kw_only=True):
    """The credentials were refused."""

    event: ClassVar[str] = "auth_error"
    bare_field: ClassVar[str | None] = "error"

    error: str = "authentication failed"


class SessionRejected(Message, frozen=True, kw_only=True):
    """The server will not open this session now; it disconnects right after."""

    event: ClassVar[str] = "session_rejected"

    reason: str = ""
    cap: int | None = None


class SttResponse(Message, frozen=True, kw_only=True):
    """What speech recognition heard so far (interim), or the whole utterance (final)."""

    event: ClassVar[str] = "stt_response"

    text: str = ""
    is_final: bool = False


class BotResponse(Message, frozen=True, kw_only=True):
    """The character's words: ``text`` so far, ``partial`` the newest piece.

    On the final one ``text`` is the whole reply. Some servers send ``partial`` as a boolean and ``text`` as
    the newest piece only; `app.estuary.transcript` copes with both.
    """

    event: ClassVar[str] = "bot_response"

    text: str = ""
    is_final: bool = False
    partial: str | bool = ""
    message_id: str = ""
    chunk_index: int = 0
    is_interjection: bool = False


class BotVoice(Message, frozen=True, kw_only=True):
    """A piece of the character's voice: PCM16LE mono at ``sample_rate``, else at the session's rate."""

    event: ClassVar[str] = "bot_voice"

    audio: bytes = b""
    message_id: str = ""
    chunk_index: int = 0
    is_final: bool = False
    is_interjection: bool = False
    sample_rate: Annotated[int, msgspec.Meta(ge=LOWEST_RATE, le=HIGHEST_RATE)] | None = None


class Interrupt(Message, frozen=True, kw_only=True):
    """Stop playing ``message_id`` (or whatever plays). ``interrupted_at``: epoch seconds or ISO time."""

    event: ClassVar[str] = "interrupt"

    message_id: str | None = None
    reason: str | None = None
    interrupted_at: float | str | None = None


class VoiceStarted(Message, frozen=True, kw_only=True):
    """Speech recognition is open."""

    event: ClassVar[str] = "voice_started"


class VoiceStopped(Message, frozen=True, kw_only=True):
    """Speech recognition is closed."""

    event: ClassVar[str] = "voice_stopped"


class VoiceError(Message, frozen=True, kw_only=True):
    """Voice could not be started or broke."""

    event: ClassVar[str] = "voice_error"
    bare_field: ClassVar[str | None] = "error"

    error: str = ""


class VoiceTimeout(Message, frozen=True, kw_only=True):
    """Nobody spoke for long: speech recognition was closed, the session stays."""

    event: ClassVar[str] = "voice_timeout"

    reason: str = "voice_inactivity"
    idle_seconds: float = 0
    timeout_seconds: float = 0


class SessionTimeout(Message, frozen=True, kw_only=True):
    """Nothing happened for long: the server disconnects, and no client may come back by itself."""

    event: ClassVar[str] = "session_timeout"

    reason: str = "inactivity"
    idle_seconds: float = 0
    timeout_seconds: float = 0


class QuotaExceeded(Message, frozen=True, kw_only=True):
    """The account's allowance is used up; the session stays."""

    event: ClassVar[str] = "quota_exceeded"

    message: str = ""
    current: int = 0
    limit: int = 0
    remaining: int = 0
    tier: str = ""


class ServerError(Message, frozen=True, kw_only=True):
    """Something failed on the server; the session stays."""

    event: ClassVar[str] = "error"
    bare_field: ClassVar[str | None] = "message"

    message: str = ""
    error: str | None = None


class ClientAction(Message, frozen=True, kw_only=True):
    """Something the character asks the client to do."""

    event: ClassVar[str] = "client_action"

    name: str
    arguments: dict[str, Any] = msgspec.field(default_factory=dict)
    message_id: str = ""
    chunk_index: int = 0
    timestamp: str = ""


class CameraCapture(Message, frozen=True, kw_only=True):
    """The character asks for a picture; a `CameraImage` with the same ``request_id`` answers."""

    event: ClassVar[str] = "camera_capture"

    request_id: str = ""
    text: str | None = None


class MemoryUpdated(Message, frozen=True, kw_only=True):
    """What the character keeps of the conversation has grown."""

    event: ClassVar[str] = "memory_updated"

    agent_id: str = ""
    player_id: str = ""
    memories_extracted: int = 0
    facts_extracted: int = 0
    conversation_id: str = ""
    new_memories: tuple[Memory, ...] = ()
    timestamp: str = ""


class ModerationWarning(Message, frozen=True, kw_only=True):
    """The server minds what was said; at level ``terminated`` it ends the session for good."""

    event: ClassVar[str] = "moderation_warning"

    level: str = ""
    message: str = ""

    @property
    def is_terminal(self) -> bool:
        """Whether the session is over and no client may come back by itself."""
        return self.level == "terminated"


class ModerationFlag(Message, frozen=True, kw_only=True):
    """What is to be done with a message, such as to hide its words: ``action`` ``redacted``."""

    event: ClassVar[str] = "moderation_flag"

    message_id: str = ""
    action: str = ""
    message: str = ""


class AgentTurnText(Message, frozen=True, kw_only=True):
    """What one of two characters that speak with each other says."""

    event: ClassVar[str] = "agent_turn_text"

    agent_id: str = ""
    text: str = ""
    chunk_index: int = 0
    turn_number: int = 0
    is_final: bool = False


class AgentTurnVoice(Message, frozen=True, kw_only=True):
    """A piece of the voice of one of two characters, at the session's rate."""

    event: ClassVar[str] = "agent_turn_voice"

    audio: bytes = b""
    agent_id: str = ""
    chunk_index: int = 0
    turn_number: int = 0
    is_final: bool = False


class AgentTurnComplete(Message, frozen=True, kw_only=True):
    """One of two characters has had its turn."""

    event: ClassVar[str] = "agent_turn_complete"

    agent_id: str = ""
    text: str = ""
    turn_number: int = 0


class AgentConversationComplete(Message, frozen=True, kw_only=True):
    """Two characters have ended their conversation."""

    event: ClassVar[str] = "agent_conversation_complete"

    winner_agent_id: str = ""
    reason: str = ""
    total_turns: int = 0


SERVER_MESSAGES: Final[tuple[type[Message], ...]] = (
    SessionInfo,
    AuthError,
    SessionRejected,
    SttResponse,
    BotResponse,
    BotVoice,
    Interrupt,
    VoiceStarted,
    VoiceStopped,
    VoiceError,
    VoiceTimeout,
    SessionTimeout,
    QuotaExceeded,
    ServerError,
    ClientAction,
    CameraCapture,
    MemoryUpdated,
    ModerationWarning,
    ModerationFlag,
    AgentTurnText,
    AgentTurnVoice,
    AgentTurnComplete,
    AgentConversationComplete,
)
"""Every message a server sends that Heron knows; a client ignores the others."""
