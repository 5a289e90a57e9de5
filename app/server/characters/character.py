"""A character: who it is, how it speaks, and what it is told to be."""

from __future__ import annotations

from typing import Any, Final

import msgspec

from app.server.voices.voice import Manner

DEFAULT_ID: Final = "default"
"""Id of the character that every server of this kind has, and that cannot be deleted."""


class Character(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is kept of a character, under the names of the Estuary REST interface.

    Fields that no engine here uses are kept all the same: a client may have set them for another server.

    Attributes:
        id: Names the character.
        name: What it is called, and calls itself.
        tagline: One line about it.
        personality: What it is like.
        background: Where it comes from.
        system_prompt: What a language model is told besides.
        greeting: What it says at the first meeting of a run; this server's own field.
        greets: Whether it says so; this server's own field.
        avatar: Its picture: an ``https:`` address, or the picture itself as a ``data:`` address.
        tts_voice: Which of the voices it has; None for the engine's own choice.
        tts_speed: How fast it speaks; 1 is normal.
        text_only: Whether it has no voice.
        created_at: When it was made, ISO time.
        updated_at: When it was last changed, ISO time.
    """

    id: str = DEFAULT_ID
    name: str = "Heron"
    tagline: str | None = None
    personality: str | None = None
    background: str | None = None
    system_prompt: str | None = None
    greeting: str | None = None
    greets: bool = False
    avatar: str | None = None
    tts_provider: str = "espeak-ng"
    tts_model: str = "espeak-ng"
    tts_voice: str | None = None
    tts_speed: float = 1.0
    tts_delivery_mode: str | None = None
    vlm_model: str | None = None
    llm_provider: str = "builtin"
    llm_model: str = "builtin"
    llm_temperature: float = 0.7
    llm_max_tokens: int = 2048
    llm_verbosity: str = "medium"
    stt_provider: str = "pocketsphinx"
    stt_language: str = "en"
    vad_sensitivity: float = 0.5
    vad_min_speech_duration_ms: int = 250
    text_only: bool = False
    verbose: bool = False
    actions: list[dict[str, Any]] = msgspec.field(default_factory=list)
    is_public: bool = False
    created_at: str | None = None
    updated_at: str | None = None

    @property
    def manner(self) -> Manner:
        """How it speaks."""
        return Manner(self.tts_voice, self.tts_speed, is_mute=self.text_only)

    def told(self) -> dict[str, Any]:
        """Return it as the REST interface tells it."""
        answer: dict[str, Any] = msgspec.to_builtins(self)
        return answer | {"player_id": None, "is_active": True, "launch_status": "running"}


HERON: Final = Character()
"""The character as it is before anybody has changed it."""

_DEFAULTS: Final = msgspec.structs.asdict(HERON)


def default_of(name: str) -> Any:
    """Return what a field is when nothing is said of it."""
    return _DEFAULTS[name]
