from __future__ import annotations

import pytest

from app.estuary.rest import ActionParameter, AgentAction, Character, CharacterChanges
from app.estuary.rest.character_fields import body_of


def test_fields_are_grouped_by_what_they_are_about() -> None:
    fields: CharacterChanges = {
        "name": "n",
        "tagline": "t",
        "personality": "p",
        "background": "b",
        "system_prompt": "s",
        "llm_provider": "lp",
        "llm_model": "lm",
        "llm_temperature": 0.5,
        "llm_max_tokens": 100,
        "llm_verbosity": "low",
        "tts_provider": "tp",
        "tts_model": "tm",
        "tts_voice": "tv",
        "tts_speed": 1.5,
        "tts_delivery_mode": "STABLE",
        "stt_provider": "sp",
        "stt_language": "en",
        "vad_sensitivity": 0.4,
        "vad_min_speech_duration_ms": 250,
        "vlm_model": "vm",
        "avatar": "https://x.test/a.png",
        "text_only": True,
        "verbose": False,
        "actions": [{"name": "wave"}],
        "is_public": True,
        "greeting": "Good morning.",
        "greets": True,
    }
    assert body_of("update", fields) == {
        "persona": {"name": "n", "tagline": "t", "personality": "p", "background": "b", "system_prompt": "s"},
        "llm": {"provider": "lp", "model": "lm", "temperature": 0.5, "max_tokens": 100, "verbosity": "low"},
        "tts": {"provider": "tp", "model": "tm", "voice": "tv", "speed": 1.5, "delivery_mode": "STABLE"},
        "stt": {"provider": "sp", "language": "en"},
        "vad": {"sensitivity": 0.4, "min_speech_duration_ms": 250},
        "vlm": {"model": "vm"},
        "avatar": "https://x.test/a.png",
        "text_only": True,
        "verbose": False,
        "actions": [{"name": "wave"}],
        "is_public": True,
        "greeting": "Good morning.",
        "greets": True,
    }


def test_every_field_that_can_be_set_can_be_read() -> None:
    assert set(CharacterChanges.__annotations__) < set(Character.__struct_fields__)


def test_none_empties_a_field() -> None:
    assert body_of("update", {"tagline": None, "tts_voice": None, "actions": None}) == {
        "persona": {"tagline": None},
        "tts": {"voice": None},
        "actions": None,
    }


@pytest.mark.parametrize("name", ["tts_voise", "llm", "llm_", "persona", "id", "created_at", "vlm_provider"])
def test_a_field_that_is_not_there_is_refused(name: str) -> None:
    with pytest.raises(TypeError, match=rf"create\(\) got an unexpected keyword argument '{name}'"):
        body_of("create", {name: "x"})


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_a_number_that_json_does_not_know_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match=r"llm_temperature is (nan|inf): give a finite number"):
        body_of("create", {"llm_temperature": value})


def test_an_action_may_be_the_one_that_was_read() -> None:
    parameters = (
        ActionParameter(name="who", required=True),
        ActionParameter(name="how", description="gently"),
    )
    body = body_of("update", {"actions": (AgentAction(name="wave", parameters=parameters),)})
    assert body == {
        "actions": [
            {
                "name": "wave",
                "parameters": [
                    {"name": "who", "type": "string", "required": True},
                    {"name": "how", "type": "string", "required": False, "description": "gently"},
                ],
            }
        ]
    }
