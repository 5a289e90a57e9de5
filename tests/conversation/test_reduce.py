from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from app.conversation import happening as h
from app.conversation.actions import OpenLink, SetTimer
from app.conversation.line import Author, Line
from app.conversation.reduce import reduce
from app.conversation.request import ActionRequest
from app.conversation.state import Link, Notice, State
from app.estuary.voice_mode import VoiceMode, VoiceState

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)


def after(*happenings: h.Happening) -> State:
    state = State()
    for happening in happenings:
        state = reduce(state, happening)
    return state


def heard(text: str, *, final: bool = False) -> h.Heard:
    return h.Heard(text, final, NOON)


def replied(text: str, *, final: bool = False, message: str = "m1") -> h.Replied:
    return h.Replied(message, text, final, NOON)


@pytest.mark.parametrize(
    ("happening", "changed"),
    [
        (h.LinkChanged(Link.READY), {"link": Link.READY}),
        (h.Met("Ada", "data:,"), {"character_name": "Ada", "character_picture": "data:,"}),
        (h.Met("", ""), {}),
        (h.Noticed(Notice("look")), {"notice": Notice("look")}),
        (h.VoiceChanged(VoiceState.HEARING), {"voice": VoiceState.HEARING}),
        (h.ModeChanged(VoiceMode.CONTINUOUS), {"mode": VoiceMode.CONTINUOUS}),
        (h.MuteChanged(is_muted=True), {"is_muted": True}),
        (h.RecordingChanged(is_recording=True), {"is_recording": True}),
        (h.MicrophoneChanged(has_microphone=False), {"has_microphone": False}),
        (h.MicrophoneOpened(is_open=True), {"is_microphone_open": True}),
        (h.VoicesKept(frozenset({"m1"})), {"voices": frozenset({"m1"})}),
        (h.Replaying("m1"), {"replaying": "m1"}),
    ],
)
def test_a_plain_fact_changes_its_own_field_only(happening: h.Happening, changed: dict[str, object]) -> None:
    assert reduce(State(), happening) == replace(State(), **changed)  # type: ignore[arg-type]


def test_an_interim_caption_grows_into_the_final_line() -> None:
    state = after(heard("what"), heard("what time"), heard("what time is it", final=True))
    assert state.lines == (Line(1, Author.PERSON, "what time is it", is_final=True, time=NOON),)


def test_a_caption_that_comes_to_nothing_goes_away() -> None:
    before = after(heard("one", final=True), replied("well", final=True))
    assert (
        after(heard("one", final=True), replied("well", final=True), heard("uh"), heard("", final=True))
        == before
    )
    assert reduce(before, heard("", final=True)) is before
    assert reduce(before, heard("")) is before


def test_the_next_turn_is_a_line_of_its_own() -> None:
    state = after(heard("one", final=True), heard("two"))
    assert [(line.number, line.text, line.is_final) for line in state.lines] == [
        (1, "one", True),
        (2, "two", False),
    ]


def test_a_caption_without_words_is_no_line() -> None:
    before = State()
    assert reduce(before, heard("")) is before


def test_a_reply_streams_into_its_line_by_message() -> None:
    state = after(replied("It"), replied("Wait", message="m2"), replied("It is noon.", final=True))
    assert [(line.text, line.is_final) for line in state.lines] == [("It is noon.", True), ("Wait", False)]
    assert all(line.author is Author.CHARACTER for line in state.lines)


def test_speech_over_a_streaming_reply_leaves_both_whole() -> None:
    state = after(replied("It is"), heard("no"), replied("It is noon."), heard("no wait", final=True))
    assert [line.text for line in state.lines] == ["It is noon.", "no wait"]


def test_an_interrupted_reply_is_marked_and_late_words_are_dropped() -> None:
    state = after(replied("It is", message="m1"), h.Interrupted("m1"), replied("It is noon.", final=True))
    (line,) = state.lines
    assert (line.text, line.is_interrupted, line.is_final) == ("It is", True, True)


def test_an_interrupt_of_nothing_in_particular_cuts_only_what_is_being_said() -> None:
    done = after(replied("It is noon.", final=True))
    assert reduce(done, h.Interrupted(None)) is done
    assert after(replied("It is"), h.Interrupted(None)).lines[0].is_interrupted


def test_an_interrupt_of_an_unknown_message_changes_nothing() -> None:
    before = after(replied("It is"))
    assert reduce(before, h.Interrupted("other")) is before


def test_a_loss_finishes_what_was_under_way_and_keeps_its_words() -> None:
    state = after(
        h.RecordingChanged(is_recording=True),
        h.VoiceChanged(VoiceState.HEARING),
        replied("It is"),
        heard("what"),
        h.Lost(),
    )
    assert [(line.text, line.is_final, line.is_interrupted) for line in state.lines] == [
        ("It is", True, True),
        ("what", True, False),
    ]
    assert (state.voice, state.is_recording) == (VoiceState.IDLE, False)


def test_typed_words_are_final_at_once() -> None:
    (line,) = after(h.Typed("hello", NOON)).lines
    assert (line.author, line.text, line.is_final) == (Author.PERSON, "hello", True)


def test_what_was_heard_of_a_reply_grows_and_never_shrinks() -> None:
    state = after(replied("It is noon.", final=True), h.Spoken("m1", 0), h.Spoken("m1", 6))
    assert state.lines[0].heard_chars == 6
    assert reduce(state, h.Spoken("m1", 4)) is state
    assert reduce(state, h.Spoken("other", 4)) is state
    assert reduce(state, h.Spoken("m1", None)).lines[0].heard_chars is None


def test_a_reply_keeps_how_far_it_was_heard_when_it_is_cut_and_when_words_come() -> None:
    state = after(replied("It is"), h.Spoken("m1", 2), replied("It is noon."), h.Interrupted("m1"))
    assert (state.lines[0].heard_chars, state.lines[0].is_interrupted) == (2, True)


def test_a_deleted_line_is_gone_and_the_others_stay() -> None:
    state = after(h.Typed("one", NOON), h.Typed("two", NOON), h.Typed("three", NOON), h.Deleted(2))
    assert [line.text for line in state.lines] == ["one", "three"]
    assert reduce(state, h.Deleted(2)) is state


def test_a_deleted_conversation_is_gone_and_the_others_stay() -> None:
    state = after(h.Typed("one", NOON), h.Typed("two", NOON), h.Typed("three", NOON))
    state = reduce(state, h.ConversationDeleted(frozenset({1, 3, 99})))
    assert [line.text for line in state.lines] == ["two"]
    assert reduce(state, h.ConversationDeleted(frozenset({99}))) is state


def test_elsewhere_nothing_of_what_was_said_before_is_shown() -> None:
    state = reduce(State(), h.Typed("hello", NOON))
    state = reduce(state, h.Noticed(Notice("Something.")))
    moved = reduce(state, h.Moved())
    assert (moved.lines, moved.notice) == ((), None)
    assert moved == State()


def test_a_request_is_there_until_it_is_answered() -> None:
    link = ActionRequest(1, OpenLink("https://example.org", "example.org"), NOON)
    timer = ActionRequest(2, SetTimer(60, "tea"), NOON, due=NOON)
    rung = replace(timer, has_rung=True)
    state = after(h.RequestMade(link), h.RequestMade(timer))
    assert state.requests == (link, timer)
    assert reduce(state, h.RequestMade(rung)).requests == (link, rung)
    assert reduce(state, h.RequestAnswered(1)).requests == (timer,)
    assert reduce(state, h.RequestAnswered(7)) is state
    for end in (h.Lost(), h.Moved()):
        assert reduce(state, end).requests == (timer,)
