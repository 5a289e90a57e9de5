from __future__ import annotations

from array import array

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from app.estuary.utterance import (
    BREATH_S,
    HANG_S,
    KEPT_S,
    LEAD_S,
    WORDS_S,
    Fate,
    Spoken,
    Utterance,
)

RATE = 16_000
FRAME_S = 0.02


def tone(peak: int, mark: int = 0) -> bytes:
    """Return 20 ms with this peak; ``mark`` tells frames apart."""
    return array("h", [peak, -peak, mark] + [0] * 317).tobytes()


QUIET = tone(0)
LOUD = tone(8_000)


def loud(count: int, first: int = 0) -> list[bytes]:
    return [tone(8_000, first + number) for number in range(count)]


def quiet(seconds: float) -> list[bytes]:
    return [QUIET] * round(seconds / FRAME_S)


def hearing(*frames: list[bytes]) -> Utterance:
    """Return an utterance on a connection that has heard these frames."""
    utterance = Utterance(RATE)
    add(utterance, *frames)
    return utterance


def add(utterance: Utterance, *frames: list[bytes]) -> None:
    for run in frames:
        for frame in run:
            utterance.add(frame)


def all_of(spoken: list[Spoken]) -> list[bytes]:
    return [frame for each in spoken for frame in each.frames]


# What counts as speech


def test_silence_is_not_speech_and_a_loud_frame_is() -> None:
    utterance = hearing(quiet(5))
    assert not utterance.is_spoken
    utterance.add(LOUD)
    assert utterance.is_spoken


def test_speech_ends_after_a_second_of_quiet() -> None:
    utterance = hearing(loud(5), quiet(HANG_S - 0.1))
    assert utterance.is_spoken
    add(utterance, quiet(0.2))
    assert not utterance.is_spoken


@pytest.mark.parametrize(("noise", "is_spoken"), [(100, True), (2_500, False)])
def test_what_is_loud_stands_out_of_the_noise_of_the_room(noise: int, is_spoken: bool) -> None:
    utterance = hearing([tone(noise)] * 500, [tone(3_000)])
    assert utterance.is_spoken is is_spoken


def test_a_steady_noise_is_soon_no_speech_any_more() -> None:
    utterance = hearing(quiet(1), [tone(3_000)] * round(60 / FRAME_S))
    assert not utterance.is_spoken


def test_soft_speech_that_the_server_understands_is_speech() -> None:
    utterance = hearing([tone(300)] * 50)
    utterance.heard(has_words=False, is_final=False)
    was_spoken = utterance.is_spoken
    utterance.heard(has_words=True, is_final=False)
    assert (was_spoken, utterance.is_spoken) == (False, True)
    assert utterance.lost(is_told_by_id=True) is Fate.RESEND
    assert [each.frames for each in utterance.resumed()] == [(tone(300),) * round(LEAD_S / FRAME_S)]


def test_a_held_button_is_speech_however_quiet_it_is() -> None:
    utterance = Utterance(RATE)
    utterance.press()
    add(utterance, quiet(20))
    assert utterance.is_spoken
    utterance.release()
    assert not utterance.is_spoken


def test_a_frame_of_nothing_changes_nothing() -> None:
    utterance = hearing([b""])
    assert not utterance.is_spoken
    assert utterance.lost(is_told_by_id=False) is Fate.NOTHING


# Its id


def test_the_first_frame_of_an_utterance_bears_its_id() -> None:
    utterance = Utterance(RATE)
    first = utterance.mark()
    assert first
    assert (utterance.mark(), utterance.mark()) == (None, None)
    utterance.heard(has_words=True, is_final=False)
    assert utterance.mark() is None
    utterance.heard(has_words=True, is_final=True)
    second = utterance.mark()
    assert second
    assert second != first
    utterance.press()
    assert utterance.mark() not in {None, first, second}


def test_on_a_new_connection_it_keeps_its_id() -> None:
    utterance = Utterance(RATE)
    first = utterance.mark()
    add(utterance, loud(3))
    utterance.lost(is_told_by_id=False)
    assert [each.turn_id for each in utterance.resumed()] == [first]
    assert utterance.mark() is None


def test_on_a_new_connection_silence_gets_an_id_with_its_next_frame() -> None:
    utterance = hearing(quiet(3))
    utterance.mark()
    utterance.lost(is_told_by_id=True)
    assert utterance.resumed() == []
    assert utterance.mark() is not None


# What becomes of it


@pytest.mark.parametrize("is_told_by_id", [True, False])
def test_silence_is_forgotten(is_told_by_id: bool) -> None:
    utterance = hearing(quiet(10))
    assert utterance.lost(is_told_by_id=is_told_by_id) is Fate.NOTHING
    assert utterance.resumed() == []


@pytest.mark.parametrize("is_told_by_id", [True, False])
def test_what_is_being_said_is_sent_again_from_its_beginning(is_told_by_id: bool) -> None:
    utterance = hearing(quiet(5), loud(50), quiet(0.5), loud(20, 50), quiet(BREATH_S - 0.1))
    assert utterance.lost(is_told_by_id=is_told_by_id) is Fate.RESEND
    add(utterance, loud(5, 70))
    frames = all_of(utterance.resumed())
    assert frames[: round(LEAD_S / FRAME_S) - 1] == [QUIET] * (round(LEAD_S / FRAME_S) - 1)
    assert [frame for frame in frames if frame != QUIET] == loud(75)


def test_what_was_said_just_now_is_in_doubt_where_repetitions_are_not_told() -> None:
    utterance = hearing(loud(50), quiet(BREATH_S + 0.1))
    assert utterance.lost(is_told_by_id=False) is Fate.IN_DOUBT
    assert utterance.resumed() == []


def test_what_was_said_just_now_is_sent_again_where_repetitions_are_told() -> None:
    utterance = hearing(loud(50), quiet(BREATH_S + 0.1))
    turn_id = utterance.mark()
    assert utterance.lost(is_told_by_id=True) is Fate.RESEND
    (spoken,) = utterance.resumed()
    assert spoken.turn_id == turn_id
    assert [frame for frame in spoken.frames if frame != QUIET] == loud(50)


def test_what_was_said_a_while_ago_still_waits_for_its_words() -> None:
    utterance = hearing(loud(50), quiet(HANG_S + 2))
    assert utterance.lost(is_told_by_id=True) is Fate.RESEND
    assert [frame for frame in all_of(utterance.resumed()) if frame != QUIET] == loud(50)


def test_what_was_understood_so_far_is_in_doubt_too() -> None:
    utterance = hearing(quiet(1))
    utterance.heard(has_words=True, is_final=False)
    add(utterance, quiet(HANG_S + 0.1))
    assert utterance.lost(is_told_by_id=False) is Fate.IN_DOUBT


def test_after_long_silence_no_words_are_waited_for() -> None:
    utterance = hearing(loud(50))
    utterance.heard(has_words=True, is_final=False)
    add(utterance, quiet(WORDS_S + 0.1))
    assert utterance.lost(is_told_by_id=True) is Fate.NOTHING


def test_what_was_understood_is_not_sent_again() -> None:
    utterance = hearing(loud(50), quiet(0.5))
    utterance.heard(has_words=True, is_final=True)
    add(utterance, quiet(0.2))
    assert utterance.lost(is_told_by_id=True) is Fate.NOTHING
    assert utterance.resumed() == []


def test_what_was_said_before_is_in_doubt_and_what_is_being_said_is_sent_again() -> None:
    utterance = hearing(loud(50), quiet(HANG_S + 0.5), loud(5, 100))
    assert utterance.lost(is_told_by_id=False) is Fate.IN_DOUBT
    assert [frame for frame in all_of(utterance.resumed()) if frame != QUIET] == loud(5, 100)


def test_a_server_that_tells_repetitions_gets_all_of_it() -> None:
    utterance = hearing(loud(50), quiet(HANG_S + 0.5), loud(5, 100))
    assert utterance.lost(is_told_by_id=True) is Fate.RESEND
    assert [frame for frame in all_of(utterance.resumed()) if frame != QUIET] == loud(50) + loud(5, 100)


def test_what_is_said_without_a_connection_is_sent_turn_by_turn() -> None:
    utterance = hearing(loud(10), quiet(0.1))
    utterance.lost(is_told_by_id=False)
    add(utterance, loud(5, 10), quiet(HANG_S + 0.5), loud(20, 20), quiet(HANG_S + 2), loud(3, 50))
    spoken = utterance.resumed()
    assert [[frame for frame in each.frames if frame != QUIET] for each in spoken] == [
        loud(15),
        loud(20, 20),
        loud(3, 50),
    ]
    assert len({each.turn_id for each in spoken}) == 3
    utterance.delivered()
    utterance.heard(has_words=True, is_final=True)
    assert utterance.lost(is_told_by_id=True) is Fate.NOTHING


@pytest.mark.parametrize("is_told_by_id", [True, False])
@pytest.mark.parametrize("has_resumed", [True, False])
def test_a_connection_that_is_lost_again_loses_nothing(is_told_by_id: bool, has_resumed: bool) -> None:
    utterance = hearing(loud(10))
    utterance.lost(is_told_by_id=is_told_by_id)
    add(utterance, loud(5, 10), quiet(HANG_S + 0.5), loud(5, 20), quiet(0.5))
    first = utterance.resumed() if has_resumed else []
    add(utterance, quiet(0.1))
    assert utterance.lost(is_told_by_id=is_told_by_id) is Fate.RESEND
    second = utterance.resumed()
    assert [frame for frame in all_of(second) if frame != QUIET] == loud(15) + loud(5, 20)
    assert not has_resumed or [each.turn_id for each in first] == [each.turn_id for each in second]


def test_what_was_delivered_is_in_doubt_when_the_connection_is_lost_again() -> None:
    utterance = hearing(loud(10))
    utterance.lost(is_told_by_id=False)
    add(utterance, quiet(0.5))
    assert len(utterance.resumed()) == 1
    utterance.delivered()
    assert utterance.lost(is_told_by_id=False) is Fate.IN_DOUBT


def test_speech_that_ends_while_it_is_sent_again_is_put_by_when_the_connection_is_lost_again() -> None:
    utterance = hearing(loud(10))
    utterance.lost(is_told_by_id=False)
    utterance.resumed()
    add(utterance, loud(5, 10), quiet(HANG_S + 1))
    assert utterance.lost(is_told_by_id=False) is Fate.RESEND
    assert [frame for frame in all_of(utterance.resumed()) if frame != QUIET] == loud(15)


# With a button


def test_a_press_begins_anew() -> None:
    utterance = hearing(loud(10))
    utterance.press()
    add(utterance, loud(3, 50))
    assert utterance.lost(is_told_by_id=True) is Fate.RESEND
    assert all_of(utterance.resumed()) == loud(3, 50)


def test_words_of_the_turn_before_do_not_end_a_press() -> None:
    utterance = Utterance(RATE)
    utterance.press()
    add(utterance, loud(3))
    utterance.heard(has_words=True, is_final=True)
    assert utterance.lost(is_told_by_id=True) is Fate.RESEND
    assert all_of(utterance.resumed()) == loud(3)


@pytest.mark.parametrize("pause_s", [0.0, 5.0])
def test_a_pause_in_a_press_parts_nothing(pause_s: float) -> None:
    utterance = Utterance(RATE)
    utterance.press()
    add(utterance, loud(3), quiet(pause_s), loud(3, 10), quiet(pause_s))
    assert utterance.lost(is_told_by_id=False) is Fate.RESEND
    (spoken,) = utterance.resumed()
    assert list(spoken.frames) == [*loud(3), *quiet(pause_s), *loud(3, 10), *quiet(pause_s)]


@pytest.mark.parametrize(("is_told_by_id", "fate"), [(True, Fate.RESEND), (False, Fate.IN_DOUBT)])
def test_a_released_turn_waits_for_its_words(is_told_by_id: bool, fate: Fate) -> None:
    utterance = Utterance(RATE)
    utterance.press()
    add(utterance, loud(3), quiet(2))
    utterance.release()
    assert utterance.lost(is_told_by_id=is_told_by_id) is fate
    assert all_of(utterance.resumed()) == ([*loud(3), *quiet(2)] if is_told_by_id else [])


@pytest.mark.parametrize("is_told_by_id", [True, False])
def test_a_turn_released_without_a_connection_survives_the_next_loss(is_told_by_id: bool) -> None:
    utterance = Utterance(RATE)
    utterance.press()
    add(utterance, loud(3), quiet(2))
    utterance.lost(is_told_by_id=is_told_by_id)
    utterance.release()
    for _ in range(3):
        assert all_of(utterance.resumed()) == [*loud(3), *quiet(2)]
        assert utterance.lost(is_told_by_id=is_told_by_id) is Fate.RESEND
    utterance.resumed()
    utterance.delivered()
    assert utterance.lost(is_told_by_id=False) is Fate.IN_DOUBT


def test_a_release_without_a_press_is_none() -> None:
    utterance = hearing(loud(3))
    utterance.release()
    add(utterance, quiet(HANG_S + WORDS_S))
    assert utterance.lost(is_told_by_id=True) is Fate.NOTHING


# Limits


@pytest.mark.parametrize("is_pressed", [True, False])
def test_of_a_very_long_utterance_the_last_thirty_seconds_are_kept(is_pressed: bool) -> None:
    utterance = Utterance(RATE)
    if is_pressed:
        utterance.press()
    frames = loud(2_000)
    for start in range(0, 2_000, 40):  # people breathe
        add(utterance, frames[start : start + 40], quiet(0.1))
    utterance.lost(is_told_by_id=True)
    kept = all_of(utterance.resumed())
    assert len(kept) == round(KEPT_S / FRAME_S)
    assert [frame for frame in kept if frame != QUIET][-100:] == frames[-100:]


def test_of_many_turns_without_a_connection_the_last_are_kept() -> None:
    utterance = hearing(quiet(1))
    utterance.lost(is_told_by_id=True)
    for turn in range(10):
        add(utterance, loud(200, turn * 200), quiet(HANG_S + 0.1))
    spoken = utterance.resumed()
    assert sum(len(each.frames) for each in spoken) * FRAME_S <= KEPT_S
    assert [frame for frame in spoken[-1].frames if frame != QUIET] == loud(200, 1_800)
    assert len(spoken) == 5


def test_one_turn_is_kept_however_long_it_is() -> None:
    utterance = hearing(quiet(1))
    utterance.lost(is_told_by_id=True)
    for start in range(0, 1_600, 40):
        add(utterance, loud(40, start), quiet(0.1))
    add(utterance, quiet(HANG_S))
    (spoken,) = utterance.resumed()
    assert len(spoken.frames) <= round(KEPT_S / FRAME_S) + 1


def test_when_voice_is_over_nothing_is_left() -> None:
    utterance = hearing(loud(3))
    utterance.lost(is_told_by_id=True)
    add(utterance, loud(3), quiet(HANG_S + 0.1), loud(3))
    utterance.forget()
    assert utterance.resumed() == []
    assert not utterance.is_spoken
    add(utterance, loud(3), quiet(0.5))
    assert utterance.lost(is_told_by_id=False) is Fate.IN_DOUBT


happenings = st.lists(
    st.one_of(
        st.integers(1, 80).map(lambda count: ("loud", count)),
        st.integers(1, 120).map(lambda count: ("quiet", count)),
        st.sampled_from(["interim", "final", "lost", "resumed", "delivered", "press", "release"]).map(
            lambda name: (name, 0)
        ),
    ),
    max_size=30,
)


@settings(max_examples=100, deadline=None)
@given(happened=happenings)
@example(happened=[("loud", 1), ("final", 0), ("interim", 0), ("lost", 0), ("loud", 1)])
def test_whatever_happens_memory_is_bounded_and_ids_are_not_shared(happened: list[tuple[str, int]]) -> None:
    utterance = Utterance(RATE)
    for name, count in happened:
        match name:
            case "loud":
                add(utterance, [LOUD] * count)
            case "quiet":
                add(utterance, [QUIET] * count)
            case "interim" | "final":
                utterance.heard(has_words=True, is_final=name == "final")
            case "lost":
                utterance.lost(is_told_by_id=bool(len(happened) % 2))
            case _:
                getattr(utterance, name)()
    spoken = utterance.resumed()
    assert len({each.turn_id for each in spoken}) == len(spoken)
    assert all(each.frames for each in spoken)
    assert sum(len(each.frames) for each in spoken) <= 2 * round(KEPT_S / FRAME_S) + 1
