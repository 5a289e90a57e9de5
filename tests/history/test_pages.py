from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.history import Who
from tests.history.samples import opened


@pytest.fixture
def in_new_york(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "America/New_York")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.mark.asyncio
async def test_an_empty_history_has_an_empty_page(tmp_path: Path) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        page = await kept.history.pages.newest()
        assert (page.messages, page.has_older, page.has_newer) == ((), False, False)
        assert await kept.history.pages.count() == 0
        assert await kept.history.pages.days() == ()
        assert await kept.history.pages.conversations() == ()
        assert await kept.history.pages.message(1) is None


@pytest.mark.asyncio
async def test_the_newest_are_shown_and_the_older_ones_by_pages(tmp_path: Path) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        said = kept.say(*(str(number) for number in range(250)))
        page = await kept.history.pages.newest()
        assert list(page.messages) == said[150:]
        assert (page.has_older, page.has_newer) == (True, False)
        page = await kept.history.pages.older(page.messages[0].id)
        assert list(page.messages) == said[50:150]
        assert (page.has_older, page.has_newer) == (True, True)
        page = await kept.history.pages.older(page.messages[0].id)
        assert list(page.messages) == said[:50]
        assert (page.has_older, page.has_newer) == (False, True)
        page = await kept.history.pages.newer(page.messages[-1].id, 190)
        assert list(page.messages) == said[50:240]
        assert (page.has_older, page.has_newer) == (True, True)
        page = await kept.history.pages.newer(page.messages[-1].id)
        assert list(page.messages) == said[240:]
        assert (page.has_older, page.has_newer) == (True, False)
        assert await kept.history.pages.message(said[7].id) == said[7]


@pytest.mark.asyncio
async def test_a_jump_shows_what_is_around_even_what_was_deleted(tmp_path: Path) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        said = kept.say(*(str(number) for number in range(100)))
        page = await kept.history.pages.around(said[50].id, 11)
        assert list(page.messages) == said[45:56]
        assert (page.has_older, page.has_newer) == (True, True)
        assert list((await kept.history.pages.around(said[2].id, 11)).messages) == said[:8]
        page = await kept.history.pages.around(said[99].id, 11)
        assert list(page.messages) == said[89:]
        assert (page.has_older, page.has_newer) == (True, False)
        await kept.history.erasure.message(said[50].id)
        page = await kept.history.pages.around(said[50].id, 10)
        assert list(page.messages) == [*said[45:50], *said[51:56]]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.booleans(), max_size=60), st.integers(1, 9), st.data())
@pytest.mark.asyncio
async def test_pages_of_any_size_put_together_are_the_whole(
    tmp_path_factory: pytest.TempPathFactory, belongs: list[bool], limit: int, data: st.DataObject
) -> None:
    async with opened(tmp_path_factory.mktemp("any") / "h.sqlite3") as kept:
        pages, other = kept.history.pages, kept.history.begin(kept.conversation.partner, "Other")
        both = [
            kept.history.add(kept.conversation if is_first else other, Who.PERSON, str(number))
            for number, is_first in enumerate(belongs)
        ]
        for chosen in (None, kept.conversation.id):
            whole = [each for each in both if chosen in {None, each.conversation_id}]
            assert await pages.count(chosen) == len(whole)
            page = await pages.newest(limit, chosen)
            back = list(page.messages)
            while page.has_older:
                page = await pages.older(back[0].id, limit, chosen)
                assert 0 < len(page.messages) <= limit
                back = [*page.messages, *back]
            assert back == whole
            page = await pages.newer(0, limit, chosen)
            forth = list(page.messages)
            while page.has_newer:
                page = await pages.newer(forth[-1].id, limit, chosen)
                forth += page.messages
            assert forth == whole
            if whole:
                at = data.draw(st.integers(0, len(whole) - 1))
                assert await pages.position(whole[at].id, chosen) == at
                around = await pages.around(whole[at].id, limit, chosen)
                first = whole.index(around.messages[0])
                assert list(around.messages) == whole[first : first + len(around.messages)]
                assert whole[at] in around.messages
                assert around.has_older == (first > 0)
                assert around.has_newer == (first + len(around.messages) < len(whole))


@pytest.mark.asyncio
async def test_a_day_begins_at_midnight_where_the_person_is(tmp_path: Path, in_new_york: None) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        moments = [
            datetime(2026, 3, 8, 4, 59, 59, 999_000, tzinfo=UTC),  # a last millisecond in winter
            datetime(2026, 3, 8, 5, 0, tzinfo=UTC),
            datetime(2026, 3, 9, 3, 59, tzinfo=UTC),  # the day of 23 hours
            datetime(2026, 3, 9, 4, 0, tzinfo=UTC),
            datetime(2026, 3, 9, 4, 0, tzinfo=UTC),
            datetime(2026, 11, 1, 4, 0, tzinfo=UTC),  # the day of 25 hours
            datetime(2026, 11, 2, 4, 59, tzinfo=UTC),
            datetime(2026, 11, 2, 5, 0, tzinfo=UTC),
        ]
        said = [kept.history.add(kept.conversation, Who.PERSON, "x", created_at=each) for each in moments]
        days = await kept.history.pages.days()
        assert [(day.date, day.first_id) for day in days] == [
            (date(2026, 3, 7), said[0].id),
            (date(2026, 3, 8), said[1].id),
            (date(2026, 3, 9), said[3].id),
            (date(2026, 11, 1), said[5].id),
            (date(2026, 11, 2), said[7].id),
        ]
        assert [each.day for each in said] == [
            days[0].date,
            *[days[1].date] * 2,
            *[days[2].date] * 2,
            *[days[3].date] * 2,
            days[4].date,
        ]
        assert await kept.history.pages.days(kept.conversation.id) == days
        assert await kept.history.pages.days(1) == ()


@pytest.mark.asyncio
async def test_conversations_are_listed_latest_first_with_what_to_call_them(tmp_path: Path) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        first, partner = kept.conversation, kept.conversation.partner
        named = kept.history.begin(partner, "Heron", "Trip")
        kept.history.begin(partner, "Nobody spoke in this one")
        kept.history.add(first, Who.NOTICE, "Connected.")
        kept.history.add(first, Who.PERSON, "Hello there")
        kept.history.add(named, Who.CHARACTER, "Where to?")
        await kept.history.rename(first.id, "Greeting")
        await kept.history.sign(named.id, "Ada")
        assert await kept.history.pages.speakers([named.id, named.id, first.id, 77]) == {
            named.id: "Ada",
            first.id: first.character_name,
        }
        assert await kept.history.pages.speakers([]) == {}
        assert len(await kept.history.pages.numbers(first.id)) == 2
        assert await kept.history.pages.numbers(77) == ()
        latest, older = await kept.history.pages.conversations()
        assert (latest.id, latest.title, latest.opening, latest.messages) == (
            named.id,
            "Trip",
            "Where to?",
            1,
        )
        assert (older.id, older.title, older.opening, older.messages) == (
            first.id,
            "Greeting",
            "Hello there",
            2,
        )
        assert (older.partner, older.character_name, older.started_at) == (partner, "Heron", first.started_at)
        assert abs(older.started_at - datetime.now().astimezone()) < timedelta(minutes=1)
