"""What a client says to an Estuary server."""

from __future__ import annotations

from typing import Any, ClassVar, Final

import msgspec

from app.core.audio_format import DEFAULT_RATE
from app.protocol.message import Message

PUSH_TO_TALK: Final = "push_to_talk"
"""``turn_mode`` of a `StartVoice` that holds the end of the turn until `StopVoice`."""


class SessionCapabilities(msgspec.Struct, frozen=True, kw_only=True):
    """What the client's device can do. A device field left out counts as true on the server.

    Attributes:
        version: Version of this list.
        camera: The character may ask for a picture.
        microphone: The person can be heard.
        speaker: The character can be heard.
        client_action: The client takes ``client_action`` events; left out, it counts as false.
    """

    version: str = "1"
    camera: bool = True
    microphone: bool = True
    speaker: bool = True
    client_action: bool = False


class Authenticate(Message, frozen=True, kw_only=True, omit_defaults=True):
    """Who connects: sent inside the namespace connect, or as an event of its own by older clients."""

    event: ClassVar[str] = "authenticate"

    api_key: str | None = None
    client_token: str | None = None
    character_id: str = ""
    player_id: str = ""
    audio_sample_rate: int = DEFAULT_RATE
    realtime_memory: bool = False
    capabilities: SessionCapabilities | None = None

    def to_payload(self) -> dict[str, Any]:
        """Return the payload with its rate, which servers take for different ones when it is missing."""
        always = {"audio_sample_rate": self.audio_sample_rate, "realtime_memory": self.realtime_memory}
        return {**super().to_payload(), **always}

    def to_json(self) -> bytes:
        """Return `to_payload` as JSON text."""
        return msgspec.json.encode(self.to_payload())

    def __repr__(self) -> str:
        """Show everything but the secrets."""
        return f"Authenticate(character_id={self.character_id!r}, player_id={self.player_id!r})"


class Text(Message, frozen=True, kw_only=True, omit_defaults=True, rename={"text_only": "textOnly"}):
    """A typed turn. ``text_only`` asks for no voice; ``turn_id`` lets a server tell it from a repetition."""

    event: ClassVar[str] = "text"

    text: str = ""
    text_only: bool = False
    turn_id: str | None = None


class SayLine(Message, frozen=True, kw_only=True, omit_defaults=True):
    """Words for the character to say as they are, without asking the AI."""

    event: ClassVar[str] = "say_line"

    text: str = ""
    text_only: bool = False


class StartVoice(Message, frozen=True, kw_only=True, omit_defaults=True):
    """Open speech recognition; in push-to-talk this is a press."""

    event: ClassVar[str] = "start_voice"
    has_payload: ClassVar[bool] = False

    turn_mode: str | None = None

    @property
    def is_push_to_talk(self) -> bool:
        """Whether the end of the turn waits for `StopVoice`."""
        return self.turn_mode == PUSH_TO_TALK


class StopVoice(Message, frozen=True, kw_only=True, omit_defaults=True):
    """Close speech recognition; in push-to-talk this is the release, and so the end of the turn."""

    event: ClassVar[str] = "stop_voice"
    has_payload: ClassVar[bool] = False


class StreamAudio(Message, frozen=True, kw_only=True, omit_defaults=True):
    """Microphone audio: PCM16LE mono at the session's rate, usually one frame of 20 ms.

    ``turn_id`` stands on the first frame of an utterance and names it, so that a server can tell it from a
    repetition after a lost connection.
    """

    event: ClassVar[str] = "stream_audio"

    audio: bytes = b""
    turn_id: str | None = None


class ClientInterrupt(Message, frozen=True, kw_only=True, omit_defaults=True):
    """The person spoke over the character or stopped it; without a message id it means what plays now."""

    event: ClassVar[str] = "client_interrupt"

    message_id: str | None = None


class AudioPlaybackComplete(Message, frozen=True, kw_only=True, omit_defaults=True):
    """The last sample of a message has left the speaker."""

    event: ClassVar[str] = "audio_playback_complete"

    message_id: str | None = None


class CameraImage(Message, frozen=True, kw_only=True, omit_defaults=True):
    """A picture for the character to look at.

    ``image`` is base64 text; ``request_id`` names the `CameraCapture` it answers; ``sample_rate`` is the rate
    in Hz of the spoken answer, which some servers take for 16000 when it is missing.
    """

    event: ClassVar[str] = "camera_image"

    image: str = ""
    mime_type: str = ""
    request_id: str | None = None
    text: str | None = None
    sample_rate: int | None = None


class RenewAuthentication(Message, frozen=True, kw_only=True, omit_defaults=True):
    """A fresh token in place of one that is about to expire; answered by an ack with ``{"ok": true}``."""

    event: ClassVar[str] = "renew_authentication"

    client_token: str = ""

    def __repr__(self) -> str:
        """Show no secret."""
        return "RenewAuthentication()"


CLIENT_MESSAGES: Final[tuple[type[Message], ...]] = (
    Authenticate,
    Text,
    SayLine,
    StartVoice,
    StopVoice,
    StreamAudio,
    ClientInterrupt,
    AudioPlaybackComplete,
    CameraImage,
    RenewAuthentication,
)
"""Every message a client sends."""
