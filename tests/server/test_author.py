from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from app.server.author import Author
from app.server.replies.replier import Prompt
from app.server.wording import Wording, WordsFailed
from tests.server.stand_ins import BrokenReplier, ScriptedReplier, SlowReplier

PATIENCE_S = 5.0
PROMPT = Prompt("hello", "ada", "default", datetime.now(UTC))


async def whole(wording: Wording) -> str:
    async with asyncio.timeout(PATIENCE_S):
        return "".join([piece async for piece in wording.pieces()])


@pytest.mark.asyncio
async def test_a_reply_is_made_once_and_to_its_end_though_nobody_reads_it() -> None:
    replier = SlowReplier("One.", " Two.")
    author = Author(replier)
    wording = author.begin(PROMPT)
    assert await anext(wording.pieces()) == "One."
    replier.may_end.set()
    async with asyncio.timeout(PATIENCE_S):
        await replier.is_closed.wait()
    assert await whole(wording) == "One. Two."
    assert await whole(wording) == "One. Two."
    await author.close()


@pytest.mark.asyncio
async def test_the_replier_is_left_in_peace_once_the_words_are_cut() -> None:
    replier = SlowReplier("One.", " Two.")
    author = Author(replier)
    wording = author.begin(PROMPT)
    await anext(wording.pieces())
    wording.cut()
    async with asyncio.timeout(PATIENCE_S):
        await replier.is_closed.wait()
    assert await whole(wording) == "One."
    await author.close()


@pytest.mark.asyncio
async def test_closing_ends_what_is_being_made() -> None:
    replier = SlowReplier("One.", " Two.")
    author = Author(replier)
    wordings = [author.begin(PROMPT), author.begin(PROMPT)]
    await anext(wordings[0].pieces())
    await author.close()
    assert replier.is_closed.is_set()
    assert wordings[0].text == "One."
    assert all(wording.is_finished for wording in wordings)
    assert asyncio.all_tasks() == {asyncio.current_task()}
    await author.close()


@pytest.mark.asyncio
async def test_closing_ends_what_has_not_begun() -> None:
    author = Author(ScriptedReplier("One."))
    wording = author.begin(PROMPT)
    await author.close()
    assert await whole(wording) == ""
    assert not wording.has_failed


@pytest.mark.asyncio
async def test_a_replier_that_fails_fails_only_its_reply() -> None:
    author = Author(BrokenReplier())
    failed = author.begin(PROMPT)
    with pytest.raises(WordsFailed):
        await whole(failed)
    assert failed.has_failed
    await author.close()
