"""Whether the words of a turn are still to come."""

from __future__ import annotations

from datetime import UTC, datetime

from app.conversation import happening as h
from app.conversation.owed_words import OwedWords
from app.estuary import VoiceState

IDLE = h.VoiceChanged(VoiceState.IDLE)
FINAL = h.Heard("hello", is_final=True, time=datetime.now(UTC))
INTERIM = h.Heard("hell", is_final=False, time=datetime.now(UTC))


def test_a_turn_without_words_is_missed_once() -> None:
    owed = OwedWords()
    assert not owed.is_missed_after(IDLE)
    owed.pressed()
    owed.released()
    assert not owed.is_missed_after(h.VoiceChanged(VoiceState.THINKING))
    assert not owed.is_missed_after(INTERIM)
    assert owed.is_missed_after(IDLE)
    assert not owed.is_missed_after(IDLE)


def test_words_a_lost_connection_and_another_press_end_the_wait() -> None:
    for end in (FINAL, h.Lost()):
        owed = OwedWords()
        owed.released()
        assert not owed.is_missed_after(end)
        assert not owed.is_missed_after(IDLE)
    owed = OwedWords()
    owed.released()
    owed.pressed()
    assert not owed.is_missed_after(IDLE)
