"""What a type checker knows of each event: its name, and what its listeners are called with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal, Protocol, overload

from app.estuary import events as estuary
from app.estuary.errors import EstuaryError


class Subscribe(Protocol):
    """Call ``callback`` for each ``event``: a name of `EventName`, which says what it is called with.

    A coroutine function is awaited for one event after the other; a plain function is called at once and must
    not block. Either may call the client.

    Raises:
        ValueError: There is no event of that name.
        TypeError: ``callback`` cannot be called.
    """

    @overload
    def __call__(
        self, event: Literal["connected"], callback: Callable[[estuary.SessionInfo], object]
    ) -> None: ...
    @overload
    def __call__(self, event: Literal["disconnected"], callback: Callable[[str], object]) -> None: ...
    @overload
    def __call__(self, event: Literal["reconnecting"], callback: Callable[[int], object]) -> None: ...
    @overload
    def __call__(
        self,
        event: Literal["connection_state_changed"],
        callback: Callable[[estuary.ConnectionState], object],
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["stt_response"], callback: Callable[[estuary.SttResponse], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["bot_response"], callback: Callable[[estuary.BotResponse], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["bot_voice"], callback: Callable[[estuary.BotVoice], object]
    ) -> None: ...
    @overload
    def __call__(self, event: Literal["audio_received"], callback: Callable[[bytes], object]) -> None: ...
    @overload
    def __call__(
        self, event: Literal["interrupt"], callback: Callable[[estuary.Interrupt], object]
    ) -> None: ...
    @overload
    def __call__(self, event: Literal["mute_changed"], callback: Callable[[bool], object]) -> None: ...
    @overload
    def __call__(
        self, event: Literal["voice_error"], callback: Callable[[estuary.VoiceError], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["voice_timeout"], callback: Callable[[estuary.VoiceTimeout], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["session_timeout"], callback: Callable[[estuary.SessionTimeout], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["session_rejected"], callback: Callable[[estuary.SessionRejected], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["auth_error"], callback: Callable[[estuary.AuthError], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["quota_exceeded"], callback: Callable[[estuary.QuotaExceeded], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["client_action"], callback: Callable[[estuary.ClientAction], object]
    ) -> None: ...
    @overload
    def __call__(
        self,
        event: Literal["camera_capture_request"],
        callback: Callable[[estuary.CameraCaptureRequest], object],
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["memory_updated"], callback: Callable[[estuary.MemoryUpdatedEvent], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["moderation_warning"], callback: Callable[[estuary.ModerationWarning], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["moderation_flag"], callback: Callable[[estuary.ModerationFlag], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["agent_turn_text"], callback: Callable[[estuary.AgentTurnText], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["agent_turn_voice"], callback: Callable[[estuary.AgentTurnVoice], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["agent_turn_complete"], callback: Callable[[estuary.AgentTurnComplete], object]
    ) -> None: ...
    @overload
    def __call__(
        self,
        event: Literal["agent_conversation_complete"],
        callback: Callable[[estuary.AgentConversationComplete], object],
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["audio_dropped"], callback: Callable[[estuary.AudioDropped], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["turn_in_doubt"], callback: Callable[[estuary.TurnInDoubt], object]
    ) -> None: ...
    @overload
    def __call__(self, event: Literal["other"], callback: Callable[[estuary.OtherEvent], object]) -> None: ...
    @overload
    def __call__(self, event: Literal["error"], callback: Callable[[EstuaryError], object]) -> None: ...
    @overload
    def __call__(
        self, event: Literal["voice_started", "voice_stopped"], callback: Callable[[], object]
    ) -> None: ...
    @overload
    def __call__(
        self, event: Literal["livekit_connected", "livekit_disconnected"], callback: Callable[..., object]
    ) -> None: ...
    @overload
    def __call__(self, event: estuary.EventName, callback: Callable[..., Any]) -> None: ...
    def __call__(self, event: str, callback: Callable[..., Any]) -> None:
        """Register ``callback`` for ``event``."""
