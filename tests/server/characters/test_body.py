from __future__ import annotations

from typing import Any

import pytest

from app.server.characters.body import _RULES, BodyReader, Fault, Invalid, _path
from app.server.characters.character import Character, default_of

READER = BodyReader(["en-us+f3", "de"], ["en"])


def faults(body: object, *, is_new: bool = False) -> tuple[Fault, ...]:
    with pytest.raises(Invalid) as caught:
        (READER.created if is_new else READER.changed)(body)
    assert str(caught.value) == caught.value.faults[0].sentence
    return caught.value.faults


def test_a_whole_body_becomes_the_fields_of_a_character() -> None:
    body = {
        "persona": {"name": "Ada", "tagline": "t", "personality": "p", "background": "b",
                    "system_prompt": "s"},
        "llm": {"provider": "x", "model": "m", "temperature": 0, "max_tokens": 9, "verbosity": "low"},
        "tts": {"provider": "x", "model": "m", "voice": "de", "speed": 2, "delivery_mode": "STABLE"},
        "stt": {"provider": "x", "language": "en"},
        "vad": {"sensitivity": 1, "min_speech_duration_ms": 10},
        "vlm": {"model": "v"},
        "avatar": "https://example.org/a.png",
        "text_only": True,
        "verbose": True,
        "actions": [{"name": "wave"}],
        "is_public": True,
        "greeting": "Hello.",
        "greets": True,
        "something_new": {"of": "another version"},
    }  # fmt: skip
    fields = READER.created(body)
    own = {"id", "created_at", "updated_at"}
    assert set(fields) == set(Character.__struct_fields__) - own
    assert (fields["tts_voice"], fields["llm_temperature"], fields["tts_speed"]) == ("de", 0.0, 2.0)
    assert (fields["vad_min_speech_duration_ms"], fields["greeting"]) == (10, "Hello.")
    assert Character(**fields).name == "Ada"


def test_only_what_is_named_changes() -> None:
    assert READER.changed({}) == {}
    assert READER.changed({"tts": {"speed": 1.5}, "llm": None, "persona": {}}) == {"tts_speed": 1.5}


def test_null_is_as_if_it_had_never_been_set() -> None:
    body = {"persona": {"tagline": None}, "tts": {"voice": None, "speed": None}, "actions": None}
    assert READER.changed(body) == {"tagline": None, "tts_voice": None, "tts_speed": 1.0, "actions": []}


@pytest.mark.parametrize("name", sorted(_RULES))
def test_every_field_has_a_rule_that_takes_its_default(name: str) -> None:
    value: Any = default_of(name)
    *outer, key = _path(name)
    body: dict[str, Any] = {key: value}
    for part in outer:
        body = {part: body}
    assert READER.changed(body) == {name: value}


@pytest.mark.parametrize("body", [{}, {"persona": {}}, {"persona": {"tagline": "t"}}, {"persona": None}])
def test_a_new_character_needs_a_name(body: object) -> None:
    assert faults(body, is_new=True) == (Fault(("body", "persona", "name"), "A character needs a name."),)


@pytest.mark.parametrize(
    ("body", "place", "sentence"),
    [
        (None, ("body",), "The body must be a JSON object."),
        ([], ("body",), "The body must be a JSON object."),
        ({"persona": "Ada"}, ("body", "persona"), "This must be a JSON object."),
        ({"persona": {"name": None}}, ("body", "persona", "name"), "A character needs a name."),
        ({"persona": {"name": ""}}, ("body", "persona", "name"), "This must not be empty."),
        ({"tts": {"speed": 9}}, ("body", "tts", "speed"), "This must be a number from 0.5 to 2."),
        ({"tts": {"voice": "x"}}, ("body", "tts", "voice"), "There is no voice “x” here; GET /api/v1/capabilities lists those there are."),  # noqa: E501
        ({"stt": {"language": "de"}}, ("body", "stt", "language"),
         "“de” is not recognised here; there is en."),
        ({"greets": "yes"}, ("body", "greets"), "This must be true or false."),
    ],
)  # fmt: skip
def test_a_fault_is_told_with_its_place(body: object, place: tuple[str, ...], sentence: str) -> None:
    assert faults(body) == (Fault(place, sentence),)


def test_all_faults_are_told_at_once() -> None:
    found = faults({"tts": {"speed": 9, "voice": 3}, "persona": 1})
    assert {fault.place for fault in found} == {
        ("body", "tts", "speed"),
        ("body", "tts", "voice"),
        ("body", "persona"),
    }
