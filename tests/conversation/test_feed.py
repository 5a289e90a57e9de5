from __future__ import annotations

from app.conversation import happening as h
from app.conversation.audio_tap import AudioTap
from app.conversation.feed import Feed
from app.conversation.state import Link, State


def test_each_new_state_is_told_until_that_is_taken_back() -> None:
    feed, told = Feed(State()), list[State]()
    unsubscribe = feed.subscribe(told.append)
    feed.happened(h.LinkChanged(Link.READY))
    assert told == [feed.state]
    assert feed.state == State(link=Link.READY)
    feed.happened(h.Recalled(()))
    assert len(told) == 1
    unsubscribe()
    feed.happened(h.LinkChanged(Link.FAILED))
    assert len(told) == 1
    assert feed.state.link is Link.FAILED


def test_who_leaves_while_being_told_takes_nobody_along() -> None:
    feed, told = Feed(State()), list[str]()

    def leave(_: State) -> None:
        told.append("leaver")
        unsubscribe()

    unsubscribe = feed.subscribe(leave)
    feed.subscribe(lambda _: told.append("other"))
    feed.happened(h.LinkChanged(Link.READY))
    feed.happened(h.LinkChanged(Link.FAILED))
    assert told == ["leaver", "other", "other"]


def test_sound_is_passed_on_with_where_it_comes_from() -> None:
    feed, heard = Feed(State()), list[tuple[AudioTap, bytes]]()
    undo = feed.on_audio(lambda tap, frame: heard.append((tap, frame)))
    feed.audio(AudioTap.CHARACTER, b"ab")
    undo()
    feed.audio(AudioTap.MICROPHONE, b"cd")
    assert heard == [(AudioTap.CHARACTER, b"ab")]
