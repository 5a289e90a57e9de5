"""What can be said of a character when it is made or changed."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypedDict

import msgspec

from app.estuary.rest.character import AgentAction

_PERSONA: Final = frozenset({"name", "tagline", "personality", "background", "system_prompt"})
_SECTIONS: Final = frozenset({"llm", "tts", "stt", "vad", "vlm"})
"""Parts of the body that are named by the beginning of a field's name."""


class CharacterFields(TypedDict, total=False):
    """The fields of a character besides its name; see `Character` for what they mean."""

    tagline: str | None
    personality: str | None
    background: str | None
    system_prompt: str | None
    llm_provider: str | None
    llm_model: str | None
    llm_temperature: float | None
    llm_max_tokens: int | None
    llm_verbosity: str | None
    tts_provider: str | None
    tts_model: str | None
    tts_voice: str | None
    tts_speed: float | None
    tts_delivery_mode: str | None
    stt_provider: str | None
    stt_language: str | None
    vad_sensitivity: float | None
    vad_min_speech_duration_ms: int | None
    vlm_model: str | None
    avatar: str | None
    text_only: bool | None
    verbose: bool
    actions: Sequence[AgentAction | Mapping[str, Any]] | None
    is_public: bool
    greeting: str | None
    greets: bool


class CharacterChanges(CharacterFields, total=False):
    """The fields of a character that can be changed."""

    name: str


def body_of(call: str, fields: Mapping[str, object]) -> dict[str, object]:
    """Return the fields as the server wants them: grouped by what they are about.

    Args:
        call: Whom an unknown field is blamed on.
        fields: The fields by their flat names; one that is None becomes null.

    Raises:
        TypeError: There is no field of that name.
        ValueError: A number is not finite.
    """
    body: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in CharacterChanges.__annotations__:
            raise TypeError(f"{call}() got an unexpected keyword argument {name!r}")
        if isinstance(value, float) and not math.isfinite(value):
            raise ValueError(f"{name} is {value}: give a finite number.")
        section, key = _place(name)
        part = body if section is None else body.setdefault(section, {})
        part[key] = _told(name, value)
    return body


def _place(name: str) -> tuple[str | None, str]:
    """Return the section of the body that a field belongs to (None for none), and its name there."""
    if name in _PERSONA:
        return "persona", name
    section, _, key = name.partition("_")
    return (section, key) if section in _SECTIONS else (None, name)


def _told(name: str, value: Any) -> object:
    return [_action(each) for each in value] if name == "actions" and value is not None else value


def _action(action: AgentAction | Mapping[str, Any]) -> dict[str, Any]:
    """Return an action as plain JSON types, without the descriptions it does not have."""
    if not isinstance(action, AgentAction):
        return dict(action)
    told: dict[str, Any] = msgspec.to_builtins(action)
    return _described(told) | {"parameters": [_described(each) for each in told["parameters"]]}


def _described(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}
