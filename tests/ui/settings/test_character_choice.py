"""The characters of an account, chosen by name."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.settings import Profile, Text, Value
from app.estuary import EstuaryConfig
from app.estuary.rest import CharactersClient
from app.ui.appearance import Appearance
from app.ui.settings.character_choice import CharacterChoice
from tests.ui.open_window import until
from tests.ui.settings.at_desk import AtDesk, at_desk, gone

LEFT = Qt.MouseButton.LeftButton


def made(it: AtDesk, appearance: Appearance, url: str) -> tuple[CharacterChoice, list[Value]]:
    it.with_profiles(Profile("home-1", "Home", "server", url))
    choice = CharacterChoice(appearance, Text("the default one"), it.desk, "home-1")
    said: list[Value] = []
    choice.edited.connect(said.append)
    choice.show()
    return choice, said


@pytest.mark.asyncio
@pytest.mark.integration
async def test_one_of_the_accounts_characters_is_chosen_by_its_name(
    qtbot: QtBot, appearance: Appearance, embedded: EstuaryConfig, book: CharactersClient
) -> None:
    zeus = await book.create("Zeus & Co", tagline="throws things")
    async with at_desk() as it:
        it.drawer.keys["home-1"] = embedded.api_key
        choice, said = made(it, appearance, embedded.server_url)
        QTest.mouseClick(choice.choose, LEFT)
        assert choice.choose.text() == "Cancel"
        await until(choice.menu.isVisible, 10)
        actions = choice.menu.actions()
        assert actions[-1].text() == "Zeus && Co – throws things"
        actions[-1].trigger()
        choice.menu.close()
        assert said == [zeus.id]
        assert choice.field.line.text() == zeus.id
        assert choice.choose.text() == "Choose…"
        await gone(choice)


@pytest.mark.asyncio
async def test_what_is_missing_is_said_and_waiting_can_be_left(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        choice, said = made(it, appearance, "http://127.0.0.1:9")
        QTest.mouseClick(choice.choose, LEFT)
        await until(lambda: "needs an API key" in choice.sentence.text())
        it.drawer.locked = True
        for leave in (choice.choose.click, choice.leave):
            QTest.mouseClick(choice.choose, LEFT)
            await until(lambda: choice.choose.text() == "Cancel")
            leave()
            await until(lambda: choice.choose.text() == "Choose…")
            assert choice.sentence.text() == ""
        assert said == []
        await gone(choice)
