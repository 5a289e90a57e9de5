from __future__ import annotations

import msgspec
import pytest

from app.estuary.rest import ActionParameter, AgentAction, Character, CharacterListResponse

WIRE = {
    "id": "c",
    "name": "Heron",
    "tagline": "A bird",
    "personality": "calm",
    "background": "a lake",
    "avatar": None,
    "system_prompt": "Be a bird.",
    "tts_provider": "inworld",
    "tts_model": "m",
    "tts_voice": "v",
    "tts_speed": 1,
    "tts_delivery_mode": "SOMETHING_NEW",
    "vlm_model": "vlm",
    "llm_provider": "openai",
    "llm_model": "l",
    "llm_temperature": 0.7,
    "llm_max_tokens": 2048,
    "llm_verbosity": "unheard-of",
    "stt_provider": "deepgram",
    "stt_language": "en",
    "vad_sensitivity": 0.5,
    "vad_min_speech_duration_ms": 250,
    "text_only": True,
    "verbose": False,
    "actions": [{"name": "wave", "parameters": [{"name": "who", "required": True}]}],
    "player_id": "p",
    "is_public": False,
    "is_active": True,
    "launch_status": "stopped",
    "greeting": "Good morning.",
    "greets": True,
    "created_at": "2025-01-01T00:00:00Z",
    "updated_at": None,
}


def test_every_field_of_the_wire_is_read() -> None:
    character = msgspec.convert(WIRE, Character)
    told = msgspec.to_builtins(character)
    assert set(told) == set(WIRE)
    assert {name: told[name] for name in told if name != "actions"} == {
        name: value for name, value in WIRE.items() if name != "actions"
    }
    waving = AgentAction(name="wave", parameters=(ActionParameter(name="who", required=True),))
    assert character.actions == (waving,)


def test_what_the_server_does_not_tell_is_none() -> None:
    character = msgspec.convert({}, Character)
    assert (character.id, character.name, character.actions) == ("", "", ())
    others = set(Character.__struct_fields__) - {"id", "name", "actions"}
    assert {getattr(character, name) for name in others} == {None}


def test_a_character_does_not_change() -> None:
    with pytest.raises(AttributeError):
        Character().name = "other"  # type: ignore[misc]


def test_a_page_tells_where_it_lies() -> None:
    page = msgspec.convert(
        {"characters": [WIRE], "total": 41, "limit": 20, "offset": 40}, CharacterListResponse
    )
    assert (page.characters[0].name, page.total, page.limit, page.offset) == ("Heron", 41, 20, 40)
