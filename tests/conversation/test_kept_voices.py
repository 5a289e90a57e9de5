from __future__ import annotations

import pytest

from app.conversation import happening as h
from app.conversation.kept_voices import KEPT_BYTES, PIECE_BYTES, KeptVoices
from app.conversation.line import Author, Line
from app.estuary.events import BotVoice

SECOND = 48_000
"""Bytes of a second at 24 kHz."""


class Kept:
    """A store, and what it told."""

    def __init__(self, limit: int = KEPT_BYTES) -> None:
        self.told: list[set[str]] = []
        self.voices = KeptVoices(lambda ready: self.told.append(set(ready)), limit)

    def come(self, message_id: str, pcm: bytes = b"\1\0", *, final: bool = False) -> None:
        self.voices.keep(BotVoice(pcm=pcm, sample_rate=24_000, message_id=message_id, is_final=final))

    def happen(self, happening: h.Happening, *lines: Line) -> None:
        self.voices.follow(happening, lines)

    def pcm(self, message_id: str) -> bytes:
        return b"".join(piece.pcm for piece in self.voices.of(message_id))


def line(number: int, message_id: str) -> Line:
    return Line(number, Author.CHARACTER if message_id else Author.PERSON, "hello", message_id=message_id)


def test_a_reply_is_kept_once_all_of_its_voice_came() -> None:
    kept = Kept()
    kept.come("m", b"\1\0")
    kept.come("m", b"\2\0")
    assert (kept.told, kept.pcm("m")) == ([], b"")
    kept.come("m", b"", final=True)
    assert (kept.told, kept.pcm("m")) == ([{"m"}], b"\1\0\2\0")
    assert kept.pcm("another") == b""


def test_pieces_stay_as_they_came() -> None:
    kept = Kept()
    for rate in (16_000, 24_000):
        kept.voices.keep(BotVoice(pcm=b"\1\0", sample_rate=rate, message_id="m", is_final=rate == 24_000))
    assert [piece.sample_rate for piece in kept.voices.of("m")] == [16_000, 24_000]


@pytest.mark.parametrize("cut", [h.Interrupted("m"), h.Interrupted(None), h.Lost()])
def test_a_reply_that_is_cut_is_kept_as_far_as_it_came(cut: h.Happening) -> None:
    kept = Kept()
    kept.come("m", b"\1\0")
    kept.happen(cut)
    assert (kept.told, kept.pcm("m")) == ([{"m"}], b"\1\0")
    kept.come("m", b"\2\0", final=True)
    assert kept.pcm("m") == b"\1\0\2\0"
    assert kept.told == [{"m"}]


def test_only_the_reply_that_was_cut_is_taken_for_whole() -> None:
    kept = Kept()
    kept.come("a")
    kept.come("b")
    kept.happen(h.Interrupted("a"))
    assert kept.told == [{"a"}]


def test_a_reply_without_voice_or_name_is_not_kept() -> None:
    kept = Kept()
    kept.come("silent", b"", final=True)
    kept.come("", b"\1\0", final=True)
    kept.happen(h.Interrupted(None))
    assert (kept.told, kept.voices.size) == ([], 0)


def test_what_else_happens_changes_nothing() -> None:
    kept = Kept()
    kept.come("m", final=True)
    kept.happen(h.MuteChanged(True), line(1, "m"))
    kept.happen(h.Recalled((line(1, "m"),)))
    assert kept.told == [{"m"}]


def test_the_oldest_whole_reply_goes_first() -> None:
    kept = Kept(limit=3 * (SECOND + PIECE_BYTES))
    for name in ("a", "b", "c"):
        kept.come(name, bytes(SECOND), final=True)
    assert kept.told[-1] == {"a", "b", "c"}
    kept.come("d", b"\1\0")
    assert kept.told[-1] == {"b", "c"}
    kept.come("d", bytes(SECOND - 2), final=True)
    assert kept.told[-1] == {"c", "d"}
    assert kept.voices.size <= 3 * (SECOND + PIECE_BYTES)
    kept.come("a", b"\1\0", final=True)
    assert kept.pcm("a") == b"", "a late part was taken for the whole reply"


def test_a_reply_longer_than_everything_that_may_be_kept_is_not_kept() -> None:
    kept = Kept(limit=SECOND)
    kept.come("long", bytes(SECOND))
    kept.come("long", b"\1\0", final=True)
    assert (kept.told, kept.voices.size) == ([], 0)
    kept.come("short", b"\1\0", final=True)
    assert kept.told == [{"short"}]


def test_many_short_pieces_count_for_what_they_take() -> None:
    kept = Kept(limit=10_000)
    for number in range(1_000):
        kept.come(f"m{number}", b"\1\0", final=True)
    assert kept.voices.size <= 10_000
    assert len(kept.told[-1]) == 10_000 // (PIECE_BYTES + 2)
    assert kept.told[-1] >= {"m999", "m998"}


def test_the_voice_of_a_deleted_line_is_forgotten() -> None:
    kept = Kept()
    lines = line(1, ""), line(2, "a"), line(3, "b"), line(4, "never spoken")
    for name in ("a", "b"):
        kept.come(name, final=True)
    for number in (1, 4):
        kept.happen(h.Deleted(number), *lines)
    assert kept.told == [{"a"}, {"a", "b"}]
    kept.happen(h.Deleted(2), *lines)
    assert kept.told[-1] == {"b"}
    assert kept.pcm("a") == b""
    assert kept.voices.size == 2 + PIECE_BYTES


def test_the_voices_of_a_deleted_conversation_are_forgotten() -> None:
    kept = Kept()
    for name in ("a", "b", "c"):
        kept.come(name, final=True)
    lines = line(2, "a"), line(3, "b"), line(4, ""), line(5, "c")
    kept.happen(h.ConversationDeleted(frozenset({2, 3, 4})), *lines)
    assert kept.told[-1] == {"c"}


def test_a_line_deleted_while_it_is_spoken_leaves_nothing() -> None:
    kept = Kept()
    kept.come("m")
    kept.happen(h.Deleted(7), line(7, "m"))
    kept.come("m", final=True)
    assert (kept.told, kept.voices.size) == ([], 0)


@pytest.mark.parametrize("end", [h.Emptied(), h.Moved()])
def test_everything_is_forgotten(end: h.Happening) -> None:
    kept = Kept()
    kept.come("a", final=True)
    kept.come("b")
    kept.happen(end)
    assert (kept.told[-1], kept.voices.size) == (set(), 0)
    kept.come("b", final=True)
    assert kept.told[-1] == set()
    kept.come("c", final=True)
    assert kept.told[-1] == {"c"}
