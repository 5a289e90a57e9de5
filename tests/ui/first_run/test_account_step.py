"""An account in the first steps, against a real server."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.settings import Profile
from app.ui.appearance import Appearance
from app.ui.first_run.account_step import AccountStep
from tests.estuary.peer_server import KEY, PeerServer
from tests.ui.open_window import settle, until
from tests.ui.settings.at_desk import AtDesk, at_desk, gone

LEFT = Qt.MouseButton.LeftButton

pytestmark = pytest.mark.asyncio


async def entered(appearance: Appearance, it: AtDesk) -> AccountStep:
    step = AccountStep(appearance, it.desk)
    step.show()
    step.activateWindow()
    await until(step.isActiveWindow)
    step.enter()
    return step


async def test_a_key_and_a_character_that_work_are_talked_with(qtbot: QtBot, appearance: Appearance) -> None:
    async with PeerServer() as server, at_desk() as it:
        it.with_profiles(Profile("cloud-1", "", "estuary", server.url, "someone"))
        step = await entered(appearance, it)
        assert step.form is not None
        assert step.form.key is not None
        assert step.form.profile_id == "cloud-1"
        assert set(step.form.rows) == {"character_id"}
        assert step.form.key.line.hasFocus()
        QTest.keyClicks(step.form.key.line, KEY)
        passed: list[bool] = []
        step.passed.connect(lambda: passed.append(True))
        QTest.mouseClick(step.form.trial.button, LEFT)  # what is written counts, though the line is not left
        await until(lambda: passed == [True], 10)
        assert it.drawer.keys == {"cloud-1": KEY}
        assert it.desk.profiles.current_id == "cloud-1"
        step.leave()
        assert it.desk.profiles.current_id == "cloud-1"
        assert not step.form.key.line.text()
        await gone(step)


@pytest.mark.parametrize(
    ("key", "character", "said"),
    [
        ("", "someone", "needs an API key."),
        ("est_wrong", "someone", "refused: "),
        (KEY, "", "The character is missing."),
    ],
)
async def test_the_exact_failure_is_said_and_nobody_goes_on(
    qtbot: QtBot, appearance: Appearance, key: str, character: str, said: str
) -> None:
    async with PeerServer() as server, at_desk() as it:
        it.with_profiles(Profile("cloud-1", "", "estuary", server.url, character))
        step = await entered(appearance, it)
        passed: list[bool] = []
        step.passed.connect(lambda: passed.append(True))
        assert step.form is not None
        assert step.form.key is not None
        QTest.keyClicks(step.form.key.line, key)
        QTest.mouseClick(step.form.trial.button, LEFT)
        await until(lambda: step.form is not None and not step.form.trial.is_busy, 10)
        assert said in step.form.trial.sentence.text()
        assert "est_wrong" not in step.form.trial.sentence.text()
        assert passed == []
        assert it.desk.profiles.current_id == "local"
        await gone(step)


async def test_a_profile_that_nothing_was_written_into_is_gone_again(
    qtbot: QtBot, appearance: Appearance
) -> None:
    async with at_desk() as it:
        step = await entered(appearance, it)
        assert [profile.kind for profile in it.desk.profiles] == ["local", "estuary"]
        step.leave()
        assert [profile.kind for profile in it.desk.profiles] == ["local"]
        step.enter()
        assert step.form is not None
        assert step.form.key is not None
        QTest.keyClicks(step.form.key.line, KEY)
        step.leave()
        await settle()
        kept = it.desk.profiles.all[1]
        assert (kept.kind, it.drawer.keys) == ("estuary", {kept.id: KEY})
        await gone(step)
