from __future__ import annotations

import asyncio
import math

import pytest

from app.server.mark import Mark
from app.server.turn_log import MOST_PLAYERS, MOST_TURNS, Taken, Turn, TurnBook, TurnLog
from app.server.wording import Wording

ADA = ("default", "ada")


def turn(words: str = "what time is it") -> Turn:
    return Turn(words, Wording.of("It is noon."), "s1")


def test_a_turn_is_found_under_its_id() -> None:
    log = TurnLog()
    assert log.taken("a") is None
    taken = turn()
    log.take(taken, [Mark("a", 1)])
    assert log.taken("a") == Taken((taken,), Mark("a", 1))
    assert log.taken("b") is None


def test_a_turn_without_an_id_is_not_kept() -> None:
    log = TurnLog()
    log.take(turn(), [])
    assert log.taken("") is None


def test_a_turn_may_have_two_ids() -> None:
    log = TurnLog()
    taken = turn()
    log.take(taken, [Mark("a", 1), Mark("b", 2)])
    assert log.taken("a") == Taken((taken,), Mark("a", 1))
    assert log.taken("b") == Taken((taken,), Mark("b", 2))


def test_an_id_may_have_two_turns() -> None:
    log = TurnLog()
    first, second = turn("what time is it"), turn("in london")
    log.take(first, [Mark("a", 1)])
    log.take(second, [Mark("a", math.inf)])
    assert log.taken("a") == Taken((first, second), Mark("a", math.inf))


def test_the_turns_of_one_id_are_bounded() -> None:
    log = TurnLog()
    turns = [turn(str(number)) for number in range(100)]
    for each in turns:
        log.take(each, [Mark("a")])
    taken = log.taken("a")
    assert taken is not None
    assert taken.turns == tuple(turns[-len(taken.turns) :])
    assert len(taken.turns) == 8


def test_the_last_turns_are_kept() -> None:
    log = TurnLog()
    for number in range(MOST_TURNS):
        log.take(turn(), [Mark(str(number))])
    assert log.taken("0") is not None
    log.take(turn(), [Mark("0")])  # taken on: it is a late one now
    log.take(turn(), [Mark("one more")])
    assert log.taken("0") is not None
    assert log.taken("1") is None
    assert log.taken("2") is not None
    assert log.taken("one more") is not None


@pytest.mark.parametrize("other", [("default", "grace"), ("another", "ada")])
def test_each_player_has_a_log_for_each_character(other: tuple[str, str]) -> None:
    book = TurnBook()
    book.log(ADA).take(turn(), [Mark("a")])
    assert book.log(ADA).taken("a") is not None
    assert book.log(other).taken("a") is None


def test_who_was_here_last_is_remembered() -> None:
    book = TurnBook()
    first, second = book.log(ADA), book.log(("default", "grace"))
    for number in range(MOST_PLAYERS - 2):
        book.log(("default", str(number)))
    assert book.log(ADA) is first
    book.log(("default", "one more"))
    assert book.log(ADA) is first
    assert book.log(("default", "grace")) is not second


def test_no_event_loop_is_needed() -> None:
    with pytest.raises(RuntimeError):
        asyncio.get_running_loop()
    TurnBook().log(ADA).take(turn(), [Mark("a")])


def test_what_was_said_to_a_character_can_be_forgotten() -> None:
    book = TurnBook()
    players = [ADA, ("default", "grace"), ("another", "ada")]
    logs = [book.log(player) for player in players]
    for log in logs:
        log.take(turn(), [Mark("a")])
    book.forget("default", "ada")
    assert [log.taken("a") is None for log in logs] == [True, False, False]
    assert book.log(ADA) is not logs[0]
    book.forget("default")
    assert [log.taken("a") is None for log in logs] == [True, True, False]
