from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.ui.far_hold import FarHold
from app.ui.hold import Hold, Holder
from tests.ui.open_window import settle, until


class Held:
    """A hold with its history, held from outside."""

    def __init__(self, longest_s: float = 60) -> None:
        self.hold = Hold()
        self.steps: list[str] = []
        self.hold.began.connect(lambda: self.steps.append("began"))
        self.hold.abandoned.connect(lambda: self.steps.append("abandoned"))
        self.hold.ended.connect(lambda: self.steps.append("ended"))
        self.longest_s = longest_s
        self.far = FarHold(lambda: self.hold, Holder.COMMAND, lambda: self.longest_s, self.hold)


def test_it_begins_and_ends_once(qtbot: QtBot) -> None:
    held = Held()
    held.far.end()
    held.far.begin()
    held.far.begin()
    assert held.far.is_on
    held.far.end()
    held.far.end()
    assert held.steps == ["began", "ended"]


def test_it_is_one_of_those_that_hold(qtbot: QtBot) -> None:
    held = Held()
    held.hold.begin(Holder.SPACE)
    held.far.begin()
    held.hold.end_near()
    held.far.end()
    assert held.steps == ["began", "ended"]


@pytest.mark.asyncio
async def test_it_ends_by_itself_and_a_second_press_does_not_prolong_it(qtbot: QtBot) -> None:
    held = Held(longest_s=0.05)
    held.far.begin()
    held.longest_s = 60
    held.far.begin()
    await until(lambda: len(held.steps) == 3)
    assert held.steps == ["began", "abandoned", "ended"]
    assert not held.far.is_on


@pytest.mark.asyncio
async def test_the_time_begins_anew_with_each_hold(qtbot: QtBot) -> None:
    held = Held(longest_s=0.05)
    held.far.begin()
    held.hold.end_all()  # the connection was lost, say
    held.longest_s = 60
    held.far.begin()
    await settle()
    assert held.far.is_on
    held.far.end()


@pytest.mark.asyncio
async def test_another_window_may_have_come_meanwhile(qtbot: QtBot) -> None:
    held = Held(longest_s=0.02)
    held.far.begin()
    old, held.hold = held.hold, Hold()
    old.end_all()
    await settle()
    assert not held.far.is_on
    held.far.begin()
    assert held.hold.is_held
    held.far.end()
