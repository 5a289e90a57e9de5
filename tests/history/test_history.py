from __future__ import annotations

import asyncio
import threading
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.history import History, HistoryError, MessageState, Partner, Who, history_file
from tests.history.samples import Kept, opened, two_windows


@pytest.mark.asyncio
async def test_a_reply_is_kept_as_it_is_shown(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    async with opened(file) as kept:
        history = kept.history
        conversation = history.begin(Partner("c", "p"), "Heron", "First")
        heard = history.add(conversation, Who.PERSON, "what", state=MessageState.PROVISIONAL)
        heard = replace(heard, text="What time is it?", state=MessageState.FINAL)
        history.change(heard)
        reply = history.add(
            conversation,
            Who.CHARACTER,
            "It",
            state=MessageState.STREAMING,
            turn_id="turn-1",
            clip="turn-1.opus",
        )
        reply = replace(reply, text="It is late.", state=MessageState.INTERRUPTED, heard_chars=5)
        history.change(reply)
        assert (await history.pages.newest()).messages == (heard, reply)
    async with opened(file) as kept:
        assert (await kept.history.pages.newest()).messages == (heard, reply)
        (record,) = await kept.history.pages.conversations()
        assert record == replace(conversation, opening="What time is it?", messages=2)


@pytest.mark.asyncio
async def test_what_was_cut_short_by_the_end_is_shown_as_interrupted(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    async with opened(file) as kept:
        kept.history.add(
            kept.conversation, Who.CHARACTER, "It is", state=MessageState.STREAMING, heard_chars=2
        )
    async with opened(file) as kept:
        (message,) = (await kept.history.pages.newest()).messages
        assert (message.text, message.state, message.heard_chars) == ("It is", MessageState.INTERRUPTED, 2)
        assert len((await kept.history.search.find("it is")).hits) == 1


@pytest.mark.asyncio
async def test_a_conversation_goes_on_another_time(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    async with opened(file) as kept:
        kept.say("one")
    async with opened(file) as kept:
        (record,) = await kept.history.pages.conversations()
        kept.history.add(record, Who.PERSON, "two")
        page = await kept.history.pages.newest(conversation_id=record.id)
        assert [message.text for message in page.messages] == ["one", "two"]


@pytest.mark.asyncio
async def test_two_profiles_do_not_mix(heron_home: Path) -> None:
    async with opened(history_file("local")) as one, opened(history_file("Local")) as other:
        one.say("here")
        other.say("there")
        assert await one.texts() == ["here"]
        assert await other.texts() == ["there"]


@pytest.mark.asyncio
async def test_two_windows_write_and_see_each_other(tmp_path: Path) -> None:
    async with two_windows(tmp_path / "h.sqlite3") as windows:

        async def talk(kept: Kept, name: str) -> None:
            for number in range(40):
                message = kept.history.add(
                    kept.conversation, Who.CHARACTER, name, state=MessageState.STREAMING
                )
                await asyncio.sleep(0.002)
                kept.history.change(replace(message, text=f"{name} {number}", state=MessageState.FINAL))
                if number % 5 == 0:
                    await kept.history.flush()
            await kept.history.flush()

        await asyncio.gather(talk(windows[0], "one"), talk(windows[1], "other"))
        pages = [await kept.history.pages.newest(1000) for kept in windows]
        assert pages[0] == pages[1]
        assert len(pages[0].messages) == 80
        assert all(message.state is MessageState.FINAL for message in pages[0].messages)
        for name in ("one", "other"):
            texts = [each.text for each in pages[0].messages if each.text.startswith(f"{name} ")]
            assert texts == [f"{name} {number}" for number in range(40)]
        assert windows[0].told == windows[1].told == []


@pytest.mark.asyncio
async def test_a_window_opened_during_a_reply_does_not_end_it(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    async with opened(file) as kept:
        reply = kept.history.add(kept.conversation, Who.CHARACTER, "It", state=MessageState.STREAMING)
        await kept.history.flush()
        async with opened(file) as other:
            kept.history.change(replace(reply, text="It is"))
            await kept.history.flush()
            (shown,) = (await other.history.pages.newest()).messages
            assert (shown.text, shown.state) == ("It is", MessageState.STREAMING)
        kept.history.change(replace(reply, text="It is late.", state=MessageState.FINAL))
        assert len((await kept.history.search.find("late")).hits) == 1


@pytest.mark.asyncio
async def test_without_room_the_talk_goes_on_and_is_written_later(tmp_path: Path) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        store = kept.history._store
        await store.write(lambda base: base.execute("PRAGMA max_page_count = 1").fetchone())
        said = kept.say(*(f"{number} {'x' * 3000}" for number in range(50)))
        with pytest.raises(HistoryError, match=r"^The disk is full"):
            await kept.history.flush()
        assert not kept.history.is_kept
        more = kept.say("and more")
        assert await kept.texts() == []
        with pytest.raises(HistoryError, match="full"):
            await kept.history.erasure.everything()
        await asyncio.sleep(0)
        (sentence,) = kept.told
        assert sentence.startswith("The disk is full")
        await store._outcome(
            store._writer,
            lambda: store._database.run(
                lambda base: base.execute("PRAGMA max_page_count = 100000").fetchone()
            ),
        )
        await kept.history.flush()
        assert not store.behind.has_failed
        assert list((await kept.history.pages.newest()).messages) == [*said, *more]
        assert kept.told[1:] == ["The history is written again."]


@pytest.mark.asyncio
async def test_a_moment_of_one_s_own_is_kept_and_the_order_is_that_of_adding(tmp_path: Path) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        moment = datetime(2026, 1, 2, 3, 4, 5, 678_999, tzinfo=UTC)
        later = kept.history.add(kept.conversation, Who.PERSON, "now")
        early = kept.history.add(kept.conversation, Who.PERSON, "then", created_at=moment)
        assert early.created_at == moment.replace(microsecond=678_000)
        assert (await kept.history.pages.newest()).messages == (later, early)


@pytest.mark.asyncio
async def test_nothing_holds_the_loop_for_long(tmp_path: Path) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        held: list[float] = []
        for number in range(300):
            began = time.perf_counter()
            kept.say(f"word {number} " * 50)
            held.append(time.perf_counter() - began)
        assert sorted(held)[-10] < 0.008, "the machine may stand still now and then"
        assert await kept.history.pages.count() == 300


@pytest.mark.asyncio
async def test_it_ends_with_its_threads_and_tasks(tmp_path: Path) -> None:
    history = History(tmp_path / "h.sqlite3", print)
    await history.close()
    await history.open()
    assert sum(thread.name.startswith("heron-history") for thread in threading.enumerate()) == 2
    await history.close()
    await history.close()
    assert not any(thread.name.startswith("heron-history") for thread in threading.enumerate())
