from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot

from app.conversation.state import Link, State
from app.core.settings import Profile
from app.estuary.rest import CharactersClient
from app.ui.appearance import Appearance
from app.ui.settings.character_slot import CharacterSlot
from tests.ui.open_window import until
from tests.ui.settings.at_desk import AtDesk, at_desk, gone
from tests.ui.stand_in import StandIn


class WithCharacters(StandIn):
    """A conversation with a server that knows characters."""

    def __init__(self, book: CharactersClient) -> None:
        super().__init__()
        self._book = book

    @property
    def characters(self) -> CharactersClient:  # type: ignore[override]
        return self._book


def stand(it: AtDesk, **changes: object) -> None:
    it.conversation.show(replace(State(), **changes))  # type: ignore[arg-type]


@pytest.mark.asyncio
async def test_without_a_server_it_says_what_to_do(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        slot = CharacterSlot(appearance, it.desk)
        slot.show()
        assert slot.page is None
        stand(it, link=Link.CONNECTING)
        assert slot.sentence.text() == "Connecting …"
        stand(it, link=Link.FAILED)
        assert slot.sentence.text() == "Not connected. Choose where to talk first."
        await gone(slot)


@pytest.mark.asyncio
@pytest.mark.integration
async def test_the_characters_of_the_server_are_shown_and_one_is_chosen(
    qtbot: QtBot, appearance: Appearance, book: CharactersClient
) -> None:
    async with at_desk() as it:
        it.conversation = WithCharacters(book)
        it.desk.bridge.attach(it.conversation)
        it.with_profiles(Profile("home-1", "Home", "server"), current="home-1")
        slot = CharacterSlot(appearance, it.desk)
        slot.show()
        await until(lambda: slot.page is not None)
        assert slot.page is not None
        assert not slot.sentence.isVisible()
        slot.page.chosen.emit("default")
        assert it.desk.profiles.current.character_id == "default"
        stand(it, link=Link.FAILED)
        await until(lambda: slot.page is None)
        assert slot.sentence.isVisible()
        await gone(slot)
