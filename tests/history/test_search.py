from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from app.history import Message, MessageState, Who, schema
from app.history.search_form import parts_of, search_form
from tests.history.samples import Kept, opened

TEXTS = (
    'He said: "hello", and left.',
    "100% sure * maybe_not",
    "C++ or C#? See a\\b and x'y",
    "日本語を話します",
    "שָׁלוֹם עולם",
    "مُحَمَّد",
    "Thanks 👍🏽👨‍👩‍👧 ❤️",
    "café CAFÉ cafe\u0301",
    "weather tomorrow",
    "NEAR AND OR NOT found: form -col ^x {a b}",
    "",
    "   \n\t",
    "a" * 3000 + " end",
)


async def found(kept: Kept, query: str) -> list[str]:
    return [hit.message.text for hit in (await kept.history.search.find(query)).hits]


@pytest.mark.asyncio
async def test_what_people_type_finds_what_they_mean(tmp_path: Path) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        kept.say(*TEXTS)
        for query, at in {
            '"hello"': 0,
            "“hello”": 0,
            "100%": 1,
            "%": 1,
            "*": 1,
            "_": 1,
            "c++": 2,
            "a\\b": 2,
            "X'Y": 2,
            "本語": 3,
            "話": 3,
            "שלום": 4,
            "محمد": 5,
            "👍": 6,
            "👨‍👩‍👧": 6,
            "❤": 6,
            "cafe": 7,
            "CAFÉ": 7,
            "tom wea": 8,
            "near": 9,
            "NOT AND": 9,
            "-col": 9,
            "found:": 9,
            "{a": 9,
            "END": 12,
        }.items():
            assert await found(kept, query) == [TEXTS[at]], query
        for query in ("", "  ", "\u200f", "\x00", "hello there", "orrow", "+c", "zzz", '""""'):
            assert await found(kept, query) == [], query


@pytest.mark.asyncio
async def test_a_hit_shows_where_it_is_in_one_line(tmp_path: Path) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        kept.say(f"{'before ' * 30}\nthe Needle and{' after' * 60} needle", "needle")
        short, long = (await kept.history.search.find("needle")).hits
        assert (short.excerpt, short.places) == ("needle", ((0, 6),))
        assert long.excerpt.startswith("…before ")
        assert long.excerpt.endswith("…")
        assert "\n" not in long.excerpt
        assert len(long.excerpt) == 162
        assert [long.excerpt[start:end] for start, end in long.places] == ["Needle"]


@pytest.mark.asyncio
async def test_newest_come_first_and_older_ones_when_asked(tmp_path: Path) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        said = kept.say(*(f"bird {number}" for number in range(25)))
        other = kept.history.begin(kept.conversation.partner, "Other")
        elsewhere = kept.history.add(other, Who.CHARACTER, "bird elsewhere")
        search = kept.history.search
        first = await search.find("bird", 10)
        assert [hit.message for hit in first.hits] == [elsewhere, *reversed(said[16:])]
        assert first.has_more
        rest = await search.find("bird", 50, before_id=first.hits[-1].message.id)
        assert [hit.message for hit in rest.hits] == list(reversed(said[:16]))
        assert not rest.has_more
        there = await search.find("bird", conversation_id=other.id)
        assert [hit.message for hit in there.hits] == [elsewhere]


@pytest.mark.asyncio
async def test_words_that_still_change_are_not_found(tmp_path: Path) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        kept.history.add(kept.conversation, Who.PERSON, "perhaps", state=MessageState.PROVISIONAL)
        assert await found(kept, "perhaps") == []


TEXT = st.one_of(
    st.sampled_from(TEXTS),
    st.text(max_size=20),
    st.text(alphabet="ab \"'%*_-:^(){}\\éÉ日本👍ש\u200f1", max_size=12),
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TEXT, max_size=12), st.lists(TEXT, min_size=1, max_size=6))
@example(list(TEXTS), list(TEXTS))
@pytest.mark.asyncio
async def test_with_and_without_an_index_the_same_is_found_as_by_reading_all(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], queries: list[str]
) -> None:
    file = tmp_path_factory.mktemp("any") / "h.sqlite3"
    async with opened(file) as kept:
        said = kept.say(*texts)
        indexed = [await kept.history.search.find(query) for query in queries]
    with pytest.MonkeyPatch.context() as without:
        without.setattr(schema, "has_fts5", lambda _: False)
        async with opened(file) as kept:
            assert not kept.history.has_index
            read = [await kept.history.search.find(query) for query in queries]
    for query, one, other in zip(queries, indexed, read, strict=True):
        expected = [each.id for each in reversed(said) if is_match(each, query)]
        assert [hit.message.id for hit in one.hits] == expected
        assert one == other
        for hit in one.hits:
            assert hit.places, "what was found is shown"
            assert all(0 <= start < end <= len(hit.excerpt) for start, end in hit.places)


def is_match(message: Message, query: str) -> bool:
    form = f" {search_form(message.text)}"
    parts = parts_of(query)
    return bool(parts) and all(f" {' '.join(part)}" in form for part in parts)
