"""The times of a turn, from what happened in it."""

from __future__ import annotations

from app.estuary.turn_times import KEPT_TURNS, TurnLog, TurnTimes


def spoken(log: TurnLog, at: float) -> None:
    log.spoke(at)
    log.spoke(at + 1)
    log.captioned(at + 1.5, has_words=True)


def test_a_turn_from_speech_to_sound() -> None:
    told: list[TurnTimes] = []
    log = TurnLog(told.append)
    spoken(log, 10.0)
    log.spoke(11.6)  # an echo after the words
    log.answered(11.7)
    log.answered(11.9)
    assert told == []
    log.heard(12.0)
    (turn,) = told
    assert turn == TurnTimes(10.0, 11.0, 11.5, 11.7, 12.0)
    assert (turn.caption_s, turn.answer_s) == (0.5, 1.0)
    assert log.turns == (turn,)


def test_what_did_not_happen_is_none() -> None:
    told: list[TurnTimes] = []
    log = TurnLog(told.append)
    log.captioned(1.0, has_words=True)
    log.captioned(2.0, has_words=True)
    assert told == [TurnTimes(final_caption=1.0)]
    assert (told[0].answer_s, told[0].duck_s, told[0].stop_s) == (None, None, None)


def test_words_of_another_turn_are_not_an_answer() -> None:
    told: list[TurnTimes] = []
    log = TurnLog(told.append)
    log.answered(1.0)
    log.heard(2.0)
    assert told == []


def test_a_turn_without_words_is_forgotten() -> None:
    told: list[TurnTimes] = []
    log = TurnLog(told.append)
    log.spoke(1.0)
    log.captioned(2.0, has_words=False)
    spoken(log, 5.0)
    log.heard(7.0)
    assert [turn.speech_began for turn in told] == [5.0]


def test_a_barge_in_belongs_to_the_turn_it_begins() -> None:
    told: list[TurnTimes] = []
    log = TurnLog(told.append)
    log.ducked(1.0, 1.1)
    log.silenced(1.7)
    spoken(log, 1.0)
    log.heard(4.0)
    assert (round(told[0].duck_s or 0, 3), round(told[0].stop_s or 0, 3)) == (0.1, 0.7)


def test_a_duck_that_came_to_nothing_is_no_barge_in() -> None:
    told: list[TurnTimes] = []
    log = TurnLog(told.append)
    log.ducked(1.0, 1.1)
    log.restored()
    spoken(log, 5.0)
    log.heard(7.0)
    assert (told[0].barge_in_onset, told[0].ducked) == (None, None)


def test_the_oldest_turns_go() -> None:
    log = TurnLog(lambda _: None)
    for number in range(KEPT_TURNS + 5):
        spoken(log, number)
        log.heard(number + 2)
    assert (len(log.turns), log.turns[0].speech_began) == (KEPT_TURNS, 5)
