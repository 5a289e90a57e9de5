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
"""

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
