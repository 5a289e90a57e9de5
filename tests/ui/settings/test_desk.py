from __future__ import annotations

import asyncio

import pytest
from pytestqt.qtbot import QtBot

from app.conversation.state import Notice, Severity
from app.core.errors import UserError
from app.core.settings import Profile, Settings, Sound
from tests.ui.settings.at_desk import at_desk

pytestmark = pytest.mark.asyncio


async def test_it_tells_of_every_change(qtbot: QtBot) -> None:
    told: list[Settings] = []
    async with at_desk() as it:
        it.desk.changed.connect(told.append)
        it.desk.store.update(Sound, tail_ms=300)
        it.desk.change_profile(Profile("home-1", kind="server"))
        assert [(each.sound.tail_ms, len(each.profiles.all)) for each in told] == [(300, 1), (300, 2)]
        assert it.desk.settings is told[-1]
    it.desk.store.update(Sound, tail_ms=400)
    assert len(told) == 2


async def test_what_goes_wrong_in_its_work_is_a_notice_and_what_is_left_is_broken_off(qtbot: QtBot) -> None:
    notices: list[Notice | None] = []

    async def fail() -> None:
        raise UserError("That did not work. Try again.")

    async with at_desk() as it:
        it.desk.bridge.notice_changed.connect(notices.append)
        await asyncio.wait([it.desk.do(fail(), "fail")])
        await asyncio.sleep(0)
        assert notices == [Notice("That did not work. Try again.", Severity.ERROR)]
        waiting = it.desk.do(asyncio.Event().wait(), "wait")  # type: ignore[arg-type]
    assert waiting.cancelled()
