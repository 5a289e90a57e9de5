from __future__ import annotations

import msgspec

from app.estuary.rest import Capabilities, OfferedLanguage, OfferedVoice

WIRE = {
    "engines": {"replies": "builtin"},
    "honoured": ["name", "tts_voice"],
    "notes": {"llm_temperature": "No effect here."},
    "voices": [{"id": "en-us+f3", "name": "English (America), female 3", "language": "en-us"}],
    "languages": [{"id": "en", "name": "English"}],
    "limits": {"tts_speed": [0.5, 2.0]},
}


def test_what_a_server_tells_is_read_and_what_is_new_is_left() -> None:
    told = msgspec.convert(WIRE, Capabilities)
    assert told.honoured == {"name", "tts_voice"}
    assert told.notes == {"llm_temperature": "No effect here."}
    assert told.voices == (OfferedVoice(id="en-us+f3", name="English (America), female 3", language="en-us"),)
    assert told.languages == (OfferedLanguage(id="en", name="English"),)
    assert told.limits == {"tts_speed": (0.5, 2.0)}


def test_a_server_may_tell_less() -> None:
    assert msgspec.convert({}, Capabilities) == Capabilities()
