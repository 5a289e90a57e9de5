"""The Estuary SDK: voice and text conversations with a character over a WebSocket.

    config = EstuaryConfig(
        server_url="https://api.estuary-ai.com", api_key="est_...", character_id="...", player_id="user-1"
    )
    async with EstuaryClient(config) as client:
        client.on("stt_response", heard)
        await client.connect()
        await client.start_voice()

The client alone needs no audio packages; `VoiceSession`, which owns a microphone and a speaker, does. The
types of the REST calls, `EstuaryClient.characters`, ``memory`` and ``players``, are in `app.estuary.rest`.

Each name is imported when it is first used: whoever wants an enumeration pays for no client.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from app.estuary.client import EstuaryClient
    from app.estuary.config import EstuaryConfig
    from app.estuary.credentials import ClientCredential, TokenProvider
    from app.estuary.errors import AnswerTimeout, ConfigError, ErrorCode, EstuaryError
    from app.estuary.events import (
        AgentConversationComplete,
        AgentTurnComplete,
        AgentTurnText,
        AgentTurnVoice,
        AudioDropped,
        AuthError,
        BotResponse,
        BotVoice,
        CameraCaptureRequest,
        ClientAction,
        ConnectionState,
        EventName,
        Interrupt,
        MemoryUpdatedEvent,
        ModerationFlag,
        ModerationWarning,
        OtherEvent,
        QuotaExceeded,
        SessionInfo,
        SessionRejected,
        SessionTimeout,
        SttResponse,
        TurnInDoubt,
        VoiceError,
        VoiceTimeout,
    )
    from app.estuary.player import AudioPlayer, PlaybackEvent
    from app.estuary.recorder import AudioRecorder
    from app.estuary.transcript import Transcript
    from app.estuary.voice_mode import VoiceMode, VoiceState
    from app.estuary.voice_session import VoiceSession
    from app.protocol.client_messages import SessionCapabilities

__all__ = [
    "AgentConversationComplete",
    "AgentTurnComplete",
    "AgentTurnText",
    "AgentTurnVoice",
    "AnswerTimeout",
    "AudioDropped",
    "AudioPlayer",
    "AudioRecorder",
    "AuthError",
    "BotResponse",
    "BotVoice",
    "CameraCaptureRequest",
    "ClientAction",
    "ClientCredential",
    "ConfigError",
    "ConnectionState",
    "ErrorCode",
    "EstuaryClient",
    "EstuaryConfig",
    "EstuaryError",
    "EventName",
    "Interrupt",
    "MemoryUpdatedEvent",
    "ModerationFlag",
    "ModerationWarning",
    "OtherEvent",
    "PlaybackEvent",
    "QuotaExceeded",
    "SessionCapabilities",
    "SessionInfo",
    "SessionRejected",
    "SessionTimeout",
    "SttResponse",
    "TokenProvider",
    "Transcript",
    "TurnInDoubt",
    "VoiceError",
    "VoiceMode",
    "VoiceSession",
    "VoiceState",
    "VoiceTimeout",
]

_HOMES: Final = {
    "app.estuary.client": ("EstuaryClient",),
    "app.estuary.config": ("EstuaryConfig",),
    "app.estuary.credentials": ("ClientCredential", "TokenProvider"),
    "app.estuary.errors": ("AnswerTimeout", "ConfigError", "ErrorCode", "EstuaryError"),
    "app.estuary.player": ("AudioPlayer", "PlaybackEvent"),
    "app.estuary.recorder": ("AudioRecorder",),
    "app.estuary.transcript": ("Transcript",),
    "app.estuary.voice_mode": ("VoiceMode", "VoiceState"),
    "app.estuary.voice_session": ("VoiceSession",),
    "app.protocol.client_messages": ("SessionCapabilities",),
}
"""Where the names are that are no events."""

_HOME_OF: Final = {name: home for home, names in _HOMES.items() for name in names}
_EVENTS: Final = "app.estuary.events"


if not TYPE_CHECKING:  # a checker of types would believe any name

    def __getattr__(name: str) -> Any:
        if name not in __all__:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        value = getattr(import_module(_HOME_OF.get(name, _EVENTS)), name)
        globals()[name] = value  # asked for once
        return value
