from __future__ import annotations

from app.server.capabilities import capabilities
from app.server.characters.body import _RULES
from app.server.voices.voice import VoiceChoice

SETTABLE = set(_RULES) | {"tts_voice", "stt_language"}


def test_every_field_that_can_be_set_is_honoured_or_explained() -> None:
    told = capabilities([])
    assert set(told["honoured"]) <= SETTABLE
    assert set(told["notes"]) <= SETTABLE
    silent = SETTABLE - set(told["honoured"]) - set(told["notes"])
    assert silent == {"verbose", "is_public"}, "nobody can see these take effect"


def test_what_has_no_effect_says_so() -> None:
    told = capabilities([])
    for name in set(told["notes"]) - set(told["honoured"]):
        assert told["notes"][name].startswith(("No effect here", "Kept for other servers"))


def test_the_voices_are_told_as_they_are() -> None:
    told = capabilities([VoiceChoice("tone", "A tone", "en")])
    assert told["voices"] == [{"id": "tone", "name": "A tone", "language": "en"}]
    assert told["languages"] == [{"id": "en", "name": "English"}]
    assert told["limits"]["tts_speed"] == [0.5, 2.0]
