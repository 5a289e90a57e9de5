from __future__ import annotations

from app.core.settings.talk import Talk
from app.estuary.voice_mode import VoiceMode


def test_its_modes_are_those_of_a_voice_session() -> None:
    mode = Talk.settings()[0]
    assert {option for option, _ in mode.kind.options} == {each.value for each in VoiceMode}  # type: ignore[union-attr]
    assert VoiceMode(Talk().mode) is VoiceMode.PUSH_TO_TALK


def test_a_hold_from_outside_lasts_a_minute_unless_somebody_chooses() -> None:
    assert Talk().longest_hold_s == 60
