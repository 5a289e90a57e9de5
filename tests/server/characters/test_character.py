from __future__ import annotations

import msgspec

from app.server.characters.character import DEFAULT_ID, HERON, Character, default_of
from app.server.voices.voice import Manner


def test_the_one_that_is_always_there() -> None:
    assert (HERON.id, HERON.name, HERON.greets, HERON.text_only) == (DEFAULT_ID, "Heron", False, False)
    assert HERON.manner == Manner()


def test_how_it_speaks() -> None:
    ada = Character(tts_voice="en-gb+f2", tts_speed=1.5, text_only=True)
    assert ada.manner == Manner("en-gb+f2", 1.5, is_mute=True)


def test_it_tells_every_field_and_what_clients_expect_besides() -> None:
    told = HERON.told()
    assert set(Character.__struct_fields__) < set(told)
    assert (told["is_active"], told["launch_status"], told["player_id"]) == (True, "running", None)
    assert msgspec.json.decode(msgspec.json.encode(told)) == told


def test_what_a_field_is_when_nothing_is_said() -> None:
    assert (default_of("tts_speed"), default_of("tagline"), default_of("actions")) == (1.0, None, [])
