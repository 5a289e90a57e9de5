from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.server.replies.apology import TOO_LONG
from app.server.replies.builtin import LONGEST_PROMPT, BuiltinCharacter
from app.server.replies.interjection import Interjection
from app.server.replies.replier import Replier
from app.server.replies.timers import TimerBook
from app.server.replies.words import listed
from app.server.store import Store
from tests.server.replies.conftest import Asking, prompt

UNABLE = "Ask me what I can do."


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("hello heron what time is it", "14:05"),
        ("thanks and what is two plus two", "is 4."),
        ("what day is it tomorrow", "Tuesday"),
        ("how many days until the second of may", "160 days"),
        ("how many days are in two weeks", "14 days"),
        ("how many minutes are in an hour", "60 minutes"),
        ("how many miles are ten kilometers", "6.214"),
        ("set a timer for two hours and thirty minutes", "two hours and thirty minutes"),
        ("how long is left until christmas", "32 days"),
        ("remember that two plus two is four", "I will remember"),
        ("remember that the timer is for ten minutes", "I will remember"),
        ("what is my name", "You have not told me that"),
        ("who are you", "I am Heron"),
        ("what is the time in berlin", "I only know the time here"),
        ("what is your name and what is two plus two", "is 4."),
        ("", "did not catch"),
        ("…", "did not catch"),
    ],
)
async def test_the_right_ability_answers(ask: Asking, text: str, part: str) -> None:
    assert part in await ask(text)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "text",
    [
        "what is the capital of france",
        "what's the weather like tomorrow",
        "tell me a joke",
        "play some music in the kitchen",
        "how old is the king of england",
        "send an email to my mother",
        "who won the match yesterday",
        "turn on the light",
        "is it going to rain",
        "what did i do on christmas",
        "my bike is in the garage",
        "to argue",
    ],
)
async def test_says_plainly_what_it_cannot_do(ask: Asking, text: str) -> None:
    assert UNABLE in await ask(text)


@pytest.mark.asyncio
async def test_yields_sentence_by_sentence_and_nothing_is_lost(character: BuiltinCharacter) -> None:
    replier: Replier = character
    pieces = [piece async for piece in replier.reply(prompt("who are you"))]
    assert len(pieces) == 3
    assert all(piece.rstrip().endswith(".") for piece in pieces)
    whole = "".join(pieces)
    assert whole.startswith("I am Heron, a small built-in character. I am a program")
    assert "  " not in whole


@pytest.mark.asyncio
async def test_a_decimal_point_ends_no_sentence(character: BuiltinCharacter) -> None:
    pieces = [piece async for piece in character.reply(prompt("what is 3.5 times 2.5"))]
    assert pieces == ["3.5 times 2.5 is 8.75."]


@pytest.mark.asyncio
async def test_may_be_interrupted(character: BuiltinCharacter) -> None:
    reply = character.reply(prompt("who are you"))
    assert await anext(reply) == "I am Heron, a small built-in character."
    aclose = getattr(reply, "aclose", None)
    assert aclose is not None
    await aclose()
    assert [piece async for piece in reply] == []


@pytest.mark.asyncio
async def test_what_is_told_outlives_the_character(tmp_path: Path, ask: Asking, store: Store) -> None:
    await ask("remember that my bike is in the garage")
    store.close()
    again = Store(tmp_path)
    character = BuiltinCharacter(again, TimerBook(lambda _: None))
    pieces = [piece async for piece in character.reply(prompt("where is my bike"))]
    again.close()
    assert pieces == ["You told me: your bike is in the garage."]


@pytest.mark.asyncio
async def test_a_timer_it_sets_rings(store: Store) -> None:
    rung: asyncio.Queue[Interjection] = asyncio.Queue()
    timers = TimerBook(rung.put_nowait)
    character = BuiltinCharacter(store, timers)
    pieces = [piece async for piece in character.reply(prompt("set a timer for one second"))]
    assert pieces == ["I have set a timer for one second."]
    async with asyncio.timeout(5):
        interjection = await rung.get()
    assert interjection == Interjection("heron", "anna", "Your one second timer is done.", rings=True)
    timers.close()


HOSTILE = [
    "nine to the power of nine to the power of nine",
    "five " * 200,
    "(" * LONGEST_PROMPT,
    "9^" * 499 + "9",
    "1e999 + 1e999",
    "9" * LONGEST_PROMPT + " + 1",
    "√" * LONGEST_PROMPT,
    "-" * LONGEST_PROMPT,
    "half of " * 120,
    "in ten days " * 80,
    "in nine hundred trillion years",
    "how many miles " * 60,
    "timer for " + "nine hundred trillion " * 20 + "hours",
    "remember that " + "my " * 300,
    "forget " * 140,
    "where is my " + "thing " * 150,
    "\ud800 remember that \udfff is here",
    "remember that \x00 is nothing",
    "१२३ + ५",
    "🎉" * 500,
    "'; DROP TABLE facts; --",
    "remember that '); DROP TABLE facts; --",
    "%s %d {0} {prompt.now} \\n",
]


@pytest.mark.asyncio
@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_words_get_a_sentence_at_once(ask: Asking, store: Store, text: str) -> None:
    for number in range(100):
        store.remember("heron", "anna", f"my thing {number} is in place {number}")
    started = time.perf_counter()
    answer = await ask(text)
    assert time.perf_counter() - started < 2
    assert answer.rstrip()[-1] in ".?!"
    assert len(answer) < 1500
    assert store.facts("heron", "anna")


@pytest.mark.asyncio
async def test_a_very_long_text_is_refused(ask: Asking) -> None:
    assert await ask("a" * (LONGEST_PROMPT + 1)) == TOO_LONG
    assert await ask("two plus two " * 1_000_000) == TOO_LONG


VOCABULARY = listed("""
    what is the of to and a half in two ten hundred thousand million point minus plus times divided by percent
    over power squared square root feet miles kilometers celsius degrees days until may first christmas friday
    timer set for minutes hours remember forget cancel my where that 5 12.5 % ( ) + - * / ^ = 24th 2026-02-30
    3/4/2026 how many much left sum add from difference between off into time ago last next
""")


@pytest.mark.asyncio
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(st.sampled_from(VOCABULARY), min_size=1, max_size=14))
async def test_any_words_get_an_answer(ask: Asking, words: list[str]) -> None:
    answer = await ask(" ".join(words))
    assert answer.rstrip()[-1] in ".?!"


@pytest.mark.asyncio
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
async def test_any_text_gets_an_answer(ask: Asking, text: str) -> None:
    assert (await ask(text)).strip()
