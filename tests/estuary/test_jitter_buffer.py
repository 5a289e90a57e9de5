from __future__ import annotations

from app.estuary.jitter_buffer import GROWTH_S, JITTER_CAP_S, JITTER_S, PAUSE_S, JitterBuffer


class Voice:
    """A message that comes in chunks and is played at once as far as it is let through, in simulated time."""

    def __init__(self, buffer: JitterBuffer[int]) -> None:
        self.buffer = buffer
        self.played: list[int] = []
        self.gaps_s = 0.0
        self.started_at: float | None = None
        self._ends_at = 0.0

    def come(self, number: int, at: float, seconds: float = 0.02) -> None:
        is_dry = at >= self._ends_at
        is_begun = self.started_at is not None
        items = self.buffer.push(number, seconds, at, is_dry=is_dry, is_begun=is_begun)
        if not items:
            return
        if self.started_at is None:
            self.started_at = at
        elif is_dry:
            self.gaps_s += at - self._ends_at
        self._ends_at = max(self._ends_at, at) + seconds * len(items)
        self.played += items


def _stutter(number: int) -> float:
    """Return when chunk ``number`` of 20 ms comes: five at a time, as late as the last of them."""
    return number // 5 * 0.1 + 0.065


def test_small_chunks_wait_until_enough_is_there() -> None:
    voice = Voice(JitterBuffer())
    for number in range(10):
        voice.come(number, at=number * 0.02)
    assert voice.started_at is not None
    assert JITTER_S - 0.021 <= voice.started_at <= JITTER_S
    assert (voice.played, voice.gaps_s) == (list(range(10)), 0.0)


def test_a_chunk_of_100_ms_does_not_wait() -> None:
    voice = Voice(JitterBuffer())
    voice.come(1, at=0.0, seconds=0.1)
    assert voice.started_at == 0.0


def test_chunks_that_come_unevenly_leave_no_gap() -> None:
    late = [0.0, 0.035, 0.01, 0.04, 0.0, 0.03, 0.045, 0.02]
    voice, without = Voice(JitterBuffer()), Voice(JitterBuffer(0.0))
    for number in range(200):
        for each in (voice, without):
            each.come(number, at=number * 0.02 + late[number % len(late)])
    assert (len(voice.played), voice.gaps_s) == (200, 0.0)
    assert without.gaps_s > 0.02, "the test is one"


def test_nothing_waits_while_something_plays() -> None:
    voice = Voice(JitterBuffer())
    for number in range(8):
        voice.come(number, at=0.001 * number)
    assert voice.played == list(range(8))
    assert not voice.buffer.is_holding


def test_a_message_that_runs_dry_waits_for_more_than_before_up_to_a_limit() -> None:
    buffer: JitterBuffer[int] = JitterBuffer()
    sizes = [
        buffer.jitter_s
        for number in range(60)
        if buffer.push(number, 0.02, number * 0.03, is_dry=True, is_begun=True)
    ]
    assert sizes[0] == JITTER_S + GROWTH_S
    assert sizes == sorted(sizes)
    assert sizes[-1] == JITTER_CAP_S


def test_once_it_has_grown_the_same_unevenness_leaves_no_gap() -> None:
    buffer: JitterBuffer[int] = JitterBuffer(0.02)
    voices = [Voice(buffer) for _ in range(4)]
    for turn, voice in enumerate(voices):
        for number in range(100):
            voice.come(number, at=turn * 10 + _stutter(number) + number % 5 * 0.001)
    assert voices[0].gaps_s > 0
    assert voices[-1].gaps_s == 0
    assert buffer.jitter_s <= JITTER_CAP_S


def test_a_pause_between_two_sentences_is_no_jitter() -> None:
    voice = Voice(JitterBuffer())
    voice.come(1, at=0.0, seconds=0.1)
    voice.come(2, at=0.1 + PAUSE_S + 0.01, seconds=0.1)
    assert (voice.buffer.jitter_s, voice.played) == (JITTER_S, [1, 2])


def test_what_is_kept_back_can_be_let_go_or_cut() -> None:
    buffer: JitterBuffer[int] = JitterBuffer()
    for number in range(3):
        assert buffer.push(number, 0.02, 0.0, is_dry=True, is_begun=False) == []
    buffer.cut(0.0, lambda number: number != 1)
    assert (buffer.is_holding, round(buffer.held_s, 3)) == (True, 0.04)
    assert buffer.release(0.0) == [0, 2]
    assert (buffer.is_holding, buffer.held_s) == (False, 0)


def test_without_a_time_nothing_is_kept_back_and_nothing_grows() -> None:
    buffer: JitterBuffer[int] = JitterBuffer(0.0)
    for number in range(5):
        assert buffer.push(number, 0.001, number * 0.1, is_dry=True, is_begun=number > 0) == [number]
    assert buffer.jitter_s == 0.0
