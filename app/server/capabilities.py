"""What the engines here make of a character: an answer that only servers of this kind give."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Final

from app.core.translation import marked
from app.server.characters.body import HOTTEST
from app.server.characters.rules import LARGEST_AVATAR
from app.server.voices.voice import FASTEST, SLOWEST, VoiceChoice


@dataclass(frozen=True, slots=True)
class Language:
    """A language that can be recognised.

    Attributes:
        id: Its BCP 47 tag.
        name: What it is called.
    """

    id: str
    name: str


LANGUAGES: Final = (Language("en", "English"),)

_HONOURED: Final = (
    "name",
    "tagline",
    "personality",
    "background",
    "greeting",
    "greets",
    "avatar",
    "tts_voice",
    "tts_speed",
    "stt_language",
    "text_only",
)
"""Fields that take effect."""

_NO_MODEL: Final = marked("Capabilities", "No effect here: the built-in character has no language model.")
_SAID: Final = marked(
    "Capabilities",
    "The built-in character says this when it is asked who it is; it does not talk differently for it.",
)
_ONE_ENGINE: Final = marked("Capabilities", "No effect here: there is one engine, and it has one model.")
_NO_GATE: Final = marked("Capabilities", "No effect here: the end of speech is found without it.")

_NOTES: Final = {
    "tagline": _SAID,
    "personality": _SAID,
    "background": _SAID,
    "system_prompt": _NO_MODEL,
    "llm_provider": _NO_MODEL,
    "llm_model": _NO_MODEL,
    "llm_temperature": _NO_MODEL,
    "llm_max_tokens": _NO_MODEL,
    "llm_verbosity": _NO_MODEL,
    "tts_voice": marked(
        "Capabilities", "The character writes English; a voice of another language reads it with its accent."
    ),
    "tts_provider": _ONE_ENGINE,
    "tts_model": _ONE_ENGINE,
    "tts_delivery_mode": marked("Capabilities", "No effect here: the voice knows one way to speak."),
    "stt_provider": _ONE_ENGINE,
    "stt_language": marked("Capabilities", "The recognition here understands English only."),
    "vad_sensitivity": _NO_GATE,
    "vad_min_speech_duration_ms": _NO_GATE,
    "vlm_model": marked("Capabilities", "No effect here: the built-in character cannot see."),
    "actions": marked("Capabilities", "Kept for other servers: the built-in character asks for none."),
}
"""What a person should know about a field, by its name."""


def capabilities(voices: Iterable[VoiceChoice]) -> dict[str, Any]:
    """Return what is told of this server: which fields of a character it honours, and what it offers."""
    return {
        "engines": {"replies": "builtin", "voice": "espeak-ng", "recognition": "pocketsphinx"},
        "honoured": list(_HONOURED),
        "notes": dict(_NOTES),
        "voices": [asdict(voice) for voice in voices],
        "languages": [asdict(language) for language in LANGUAGES],
        "limits": {
            "tts_speed": [SLOWEST, FASTEST],
            "llm_temperature": [0.0, HOTTEST],
            "avatar": [0, LARGEST_AVATAR],
        },
    }
