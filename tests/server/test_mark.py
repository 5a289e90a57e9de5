from __future__ import annotations

import math

from app.server.mark import Mark, Marks


def test_without_ids_a_turn_has_no_marks() -> None:
    assert Marks().end_turn(is_over=False) == ()


def test_a_turn_has_the_mark_of_its_utterance() -> None:
    marks = Marks()
    marks.begin(Mark("a"), is_in_turn=False)
    assert marks.end_turn(is_over=False) == (Mark("a", 1),)


def test_turns_that_were_taken_before_count() -> None:
    marks = Marks()
    marks.begin(Mark("a", 2), is_in_turn=False)
    assert marks.end_turn(is_over=False) == (Mark("a", 3),)


def test_a_mark_that_became_no_turn_is_forgotten_at_the_next() -> None:
    marks = Marks()
    marks.begin(Mark("a cough"), is_in_turn=False)
    marks.begin(Mark("b"), is_in_turn=False)
    assert marks.end_turn(is_over=False) == (Mark("b", 1),)


def test_utterances_that_became_one_turn_are_both_in_it() -> None:
    marks = Marks()
    marks.begin(Mark("a"), is_in_turn=False)
    marks.begin(Mark("b"), is_in_turn=True)
    assert marks.end_turn(is_over=False) == (Mark("a", 1), Mark("b", 1))


def test_an_utterance_that_became_two_turns_is_in_both() -> None:
    marks = Marks()
    marks.begin(Mark("a"), is_in_turn=False)
    assert marks.end_turn(is_over=False) == (Mark("a", 1),)
    assert marks.end_turn(is_over=False) == (Mark("a", 2),)


def test_a_mark_that_comes_just_after_its_turn_began_takes_it_from_the_one_before() -> None:
    marks = Marks()
    marks.begin(Mark("a"), is_in_turn=False)
    marks.end_turn(is_over=False)
    marks.begin(Mark("b"), is_in_turn=True)
    assert marks.end_turn(is_over=False) == (Mark("b", 1),)


def test_of_an_utterance_that_is_over_nothing_is_left() -> None:
    marks = Marks()
    marks.begin(Mark("a"), is_in_turn=False)
    assert marks.end_turn(is_over=True) == (Mark("a", math.inf),)
