from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from app.conversation import happening as h
from app.conversation import restoring as module
from app.conversation.restoring import Restoring
from app.conversation.state import Link
from app.core.errors import UserError

pytestmark = pytest.mark.asyncio

BACK = "The local character is back. Please say that again."
GONE = "The connection to the character was lost. Try again."


class Place:
    """A conversation whose server comes back as its script says; at its end there is nothing to wait for."""

    def __init__(self) -> None:
        self.script: list[bool | None] = []
        self.is_local = True
        self.said: list[str] = []
        self.reopened = 0
        self.links: list[Link] = []
        self.settled = asyncio.Event()
        self.restoring = Restoring(self.happened, lambda: self.is_local, self.reopen, self.give_up)

    def happened(self, happening: h.Happening) -> None:
        if isinstance(happening, h.LinkChanged):
            self.links.append(happening.link)
        elif isinstance(happening, h.Noticed) and happening.notice is not None:
            self.said.append(happening.notice.text)
            if happening.notice.text == BACK:
                self.settled.set()

    async def reopen(self) -> bool | None:
        self.reopened += 1
        await asyncio.sleep(0)
        outcome = self.script.pop(0)
        if outcome is None:
            self.settled.set()
        if outcome:
            self.restoring.opened()
        return outcome

    async def give_up(self, error: UserError) -> None:
        self.said.append(str(error))
        self.settled.set()

    async def lose(self) -> None:
        self.settled.clear()
        self.restoring.begin("the child has ended")
        await asyncio.wait_for(self.settled.wait(), 5)
        await asyncio.sleep(0)


@pytest_asyncio.fixture
async def place() -> AsyncIterator[Place]:
    place = Place()
    yield place
    await place.restoring.stop()


async def test_a_local_character_is_started_again_until_it_is_there(place: Place) -> None:
    place.script = [False, True]
    await place.lose()
    assert (place.reopened, place.said[-1]) == (2, BACK)
    assert place.links == [Link.RECONNECTING] * 2


async def test_one_that_ends_again_and_again_is_given_up(place: Place) -> None:
    place.restoring.opened()
    for _ in range(3):
        place.script = [True]
        await place.lose()
    assert place.said[-1] == BACK
    await place.lose()
    assert (place.reopened, place.said[-1]) == (3, GONE)
    place.restoring.forget()
    place.script = [True]
    await place.lose()
    assert place.said[-1] == BACK


async def test_one_that_was_there_for_long_has_all_its_chances_again(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_STEADY_S", -1.0)
    for _ in range(5):
        place.script = [True]
        await place.lose()
    assert (place.reopened, place.said[-1]) == (5, BACK)


async def test_any_other_server_is_lost(place: Place) -> None:
    place.is_local = False
    await place.lose()
    assert (place.reopened, place.said) == (0, [GONE])


async def test_what_could_not_be_opened_at_all_is_not_tried_again(place: Place) -> None:
    place.script = [None]
    await place.lose()
    assert (place.reopened, BACK in place.said, GONE in place.said) == (1, False, False)


async def test_it_is_done_once_at_a_time(place: Place) -> None:
    place.script = [True]
    place.restoring.begin("once")
    await place.lose()
    assert place.reopened == 1
