"""The Estuary SDK: voice and text conversations with a character over a WebSocket.

    config = EstuaryConfig(
        server_url="https://api.estuary-ai.com", api_key="est_...", character_id="...", player_id="user-1"
    )
    async with EstuaryClient(config) as client:
        client.on("stt_response", heard)
        await client.connect()
        await client.start_voice()

The client alone needs no audio packages; `VoiceSession`, which owns a microphone and a speaker, does.
"""

from app.estuary.client import EstuaryClient
from app.estuary.config import EstuaryConfig
from app.estuary.errors import ConfigError, ErrorCode, EstuaryError
from app.estuary.events import (
    AuthError,
    BotResponse,
    BotVoice,
    ClientAction,
    ConnectionState,
    EventName,
    Interrupt,
    QuotaExceeded,
    SessionInfo,
    SessionRejected,
    SessionTimeout,
    SttResponse,
    VoiceError,
    VoiceTimeout,
)
from app.estuary.player import AudioPlayer, PlaybackEvent
from app.estuary.recorder import AudioRecorder
from app.estuary.transcript import Transcript
from app.estuary.voice_mode import VoiceMode, VoiceState
from app.estuary.voice_session import VoiceSession

__all__ = [
    "AudioPlayer",
    "AudioRecorder",
    "AuthError",
    "BotResponse",
    "BotVoice",
    "ClientAction",
    "ConfigError",
    "ConnectionState",
    "ErrorCode",
    "EstuaryClient",
    "EstuaryConfig",
    "EstuaryError",
    "EventName",
    "Interrupt",
    "PlaybackEvent",
    "QuotaExceeded",
    "SessionInfo",
    "SessionRejected",
    "SessionTimeout",
    "SttResponse",
    "Transcript",
    "VoiceError",
    "VoiceMode",
    "VoiceSession",
    "VoiceState",
    "VoiceTimeout",
]
