from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from app.audio.far_end import FarEnd
from app.audio.playback.gain import DUCK_DB, Gain
from app.audio.playback.renderer import Renderer
from tests.audio.signals import Samples, align, level_db, pcm_of, samples_of, tone

_RATE = 24_000


class Device:
    """Asks a renderer for blocks of 10 ms, as a device of some rate does, 30 ms before they are heard."""

    def __init__(self, rate: int = _RATE) -> None:
        self.far_end = FarEnd()
        self.far: list[tuple[bytes, int]] = []
        self.far_end.listen(lambda pcm, rate: self.far.append((pcm, rate)))
        self.gain = Gain()
        self.renderer = Renderer(_RATE, self.gain, self.far_end)
        self.now = 0.0
        self.heard = b""
        self.become(rate)

    def become(self, rate: int) -> None:
        """Be another device from now on."""
        self.rate = rate
        self.renderer.begin(rate)

    def play(self, seconds: float) -> bytes:
        """Play so long and return what it was given."""
        given = b""
        for _ in range(round(seconds * 100)):
            given += self.renderer.block(self.rate // 100 * 2, self.now + 0.03)
            self.now += 0.01
        self.heard += given
        return given

    def frames(self) -> list[bytes]:
        return self.renderer.clock.take_heard(self.now + 1)

    @property
    def played(self) -> int:
        return self.renderer.clock.played(self.now + 1)


def _steps(samples: Samples) -> float:
    return float(abs(np.diff(samples)).max())


def test_pieces_follow_each_other_without_a_gap_and_silence_follows() -> None:
    device, said = Device(), tone(440, _RATE, 0.5)
    for start in range(0, len(said), 999):
        device.renderer.queue.write(said[start : start + 999])
    assert device.play(1.0) == said + bytes(_RATE)
    assert device.played == len(said) // 2


@pytest.mark.parametrize("milliseconds", [10, 20, 25, 30, 50, 95])
def test_frames_of_20_ms_tell_what_is_heard_and_one_of_silence_ends_them(milliseconds: int) -> None:
    device, said = Device(), tone(440, _RATE, milliseconds / 1000)
    device.renderer.queue.write(said)
    device.play(0.5)
    frames = device.frames()
    assert {len(frame) for frame in frames} == {960}
    assert b"".join(frames)[: len(said)] == said
    assert [any(frame) for frame in frames].count(False) == 1
    assert not any(frames[-1])
    assert not device.renderer.is_running


@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100, 48_000])
def test_the_far_end_is_exactly_what_the_device_got(rate: int) -> None:
    device = Device(rate)
    device.gain.volume = 0.7
    device.renderer.queue.write(tone(440, _RATE, 0.3))
    device.play(0.1)
    device.gain.is_ducked = True
    device.play(0.1)
    device.renderer.overlay.add(tone(900, _RATE, 0.1))
    device.renderer.clear()
    device.play(0.3)
    assert b"".join(pcm for pcm, _ in device.far) == device.heard
    assert {(len(pcm), at) for pcm, at in device.far} == {(rate // 100 * 2, rate)}


def test_a_duck_is_soft_from_the_second_block_on() -> None:
    device = Device()
    device.renderer.queue.write(tone(500, _RATE, 2.0))
    loud = device.play(0.1)
    device.gain.is_ducked = True
    device.play(0.01)
    soft = device.play(0.1)
    assert level_db(soft, _RATE, 500) - level_db(loud, _RATE, 500) == pytest.approx(DUCK_DB, abs=0.2)


def test_a_message_after_a_duck_that_ended_in_silence_is_loud_from_its_first_sample() -> None:
    device, said = Device(), tone(440, _RATE, 0.2)
    device.renderer.queue.write(tone(440, _RATE, 0.2))
    device.gain.is_ducked = True
    device.play(0.5)
    device.gain.is_ducked = False
    device.play(0.01)
    device.renderer.queue.write(said)
    assert device.play(0.2) == said


@pytest.mark.parametrize("rate", [16_000, 44_100, 48_000])
def test_for_a_device_of_another_rate_it_is_resampled_whole(rate: int) -> None:
    device = Device(rate)
    device.play(0.5)
    for hertz in (440, 1_000):
        device.renderer.queue.write(tone(hertz, _RATE, 0.5))
        given, expected = device.play(1.0), tone(hertz, rate, 0.5)
        start, likeness = align(given, expected)
        assert likeness > 0.999
        assert start / rate < 0.01, "the filter's length, and none of the silence it had made ahead"
        assert level_db(given[2 * start :][: len(expected)], rate, hertz) == pytest.approx(
            level_db(expected, rate, hertz), abs=0.1
        )
        assert not any(given[-rate // 5 :])
    assert device.played == _RATE


@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100, 48_000])
def test_clear_is_silent_within_a_block_without_a_click(rate: int) -> None:
    for offset in range(10):
        device = Device(rate)
        device.renderer.queue.write(tone(300, _RATE, 2.0))
        before = device.play(0.2 + offset / 100)
        device.renderer.clear()
        after = device.play(0.3)
        samples = samples_of(before[-200:] + after)
        assert _steps(samples) < 16_000 * 2 * np.pi * 300 / rate * 1.1 + 150
        assert abs(samples_of(after)[rate // 200 + 1 :]).max() <= 1, "the filter's rounding is not heard"
        assert not device.renderer.queue.samples
        heard = samples_of(before + after)
        begin, end = int((heard != 0).argmax()), int(np.flatnonzero(abs(heard) > 1)[-1])
        assert device.played / _RATE == pytest.approx((end - begin) / rate, abs=0.004)
        assert device.played == device.renderer.queue.written_samples
        assert [any(frame) for frame in device.frames()].count(False) == 1


@pytest.mark.parametrize("rate", [24_000, 48_000])
def test_what_is_written_after_a_clear_is_whole(rate: int) -> None:
    device, said = Device(rate), tone(700, _RATE, 0.3)
    device.renderer.queue.write(tone(300, _RATE, 2.0))
    device.play(0.2)
    device.renderer.clear()
    device.renderer.queue.write(said)
    given = device.play(1.0)
    assert align(given[rate // 100 * 2 :], tone(700, rate, 0.3))[1] > 0.99


@pytest.mark.parametrize("rate", [24_000, 48_000])
def test_clear_in_the_silence_after_a_message_changes_nothing(rate: int) -> None:
    device, said = Device(rate), tone(700, _RATE, 0.3)
    for _ in range(3):
        device.renderer.queue.write(said)
        device.play(0.5)
        device.renderer.clear()
        device.play(0.02)
    assert device.played == device.renderer.queue.written_samples == 3 * len(said) // 2


@pytest.mark.parametrize("rate", [24_000, 48_000])
def test_what_plays_may_be_let_play_to_its_end(rate: int) -> None:
    device, said = Device(rate), tone(300, _RATE, 0.5)
    device.renderer.queue.write(said + tone(700, _RATE, 0.5))
    device.play(0.2)
    device.renderer.clear(after=len(said) // 2)
    device.play(1.0)
    assert align(device.heard, tone(300, rate, 0.5))[1] > 0.999
    assert device.played == len(said) // 2


@pytest.mark.parametrize("rates", [(24_000, 48_000), (48_000, 44_100), (48_000, 24_000), (48_000, 48_000)])
def test_what_waits_goes_on_at_another_device(rates: tuple[int, int]) -> None:
    device, said = Device(rates[0]), tone(440, _RATE, 2.0)
    device.renderer.queue.write(said)
    device.play(0.5)
    counted = device.played
    device.become(rates[1])
    given = device.play(2.0)
    assert device.played == len(said) // 2
    assert counted <= _RATE // 2 + 0.04 * _RATE
    heard_s = (samples_of(given) != 0).sum() / rates[1]
    assert heard_s > 1.5 - 0.05, "only what was resampled for the other device is lost"


def test_a_cue_is_heard_over_a_message_and_is_no_part_of_it() -> None:
    device, said = Device(), tone(440, _RATE, 0.5, amplitude=8_000)
    device.gain.is_ducked = True
    device.renderer.queue.write(said)
    device.play(0.02)
    device.renderer.overlay.add(tone(2_000, _RATE, 0.1, amplitude=8_000))
    given = device.play(0.1)
    device.play(0.5)
    assert level_db(given, _RATE, 2_000) == pytest.approx(
        level_db(tone(2_000, _RATE, 0.1, 8_000), _RATE, 2_000), abs=0.3
    )
    assert level_db(b"".join(device.frames()), _RATE, 2_000) < -70
    assert device.played == len(said) // 2


@pytest.mark.parametrize("rate", [24_000, 44_100])
def test_a_cue_alone_is_heard_and_not_counted(rate: int) -> None:
    device = Device(rate)
    device.play(0.5)
    device.renderer.overlay.add(tone(2_000, _RATE, 0.1))
    assert align(device.play(0.5), tone(2_000, rate, 0.1))[1] > 0.999
    assert (device.played, device.frames(), device.renderer.is_running) == (0, [], False)


def test_dropping_leaves_nothing() -> None:
    device = Device()
    device.renderer.queue.write(tone(440, _RATE, 1.0))
    device.renderer.overlay.add(tone(440, _RATE, 1.0))
    device.renderer.drop()
    assert not any(device.play(0.5))


@pytest.mark.parametrize("rate", [_RATE, 48_000])
def test_a_lost_device_ends_what_is_played_with_a_frame_of_silence_and_leaves_none_to_the_next(
    rate: int,
) -> None:
    device = Device(rate)
    device.renderer.queue.write(tone(440, _RATE, 1.0))
    device.renderer.overlay.add(tone(440, _RATE, 1.0))
    device.play(0.25)
    device.renderer.lose(device.now)
    assert not device.renderer.is_running
    frames = device.frames()
    assert [any(frame) for frame in frames[-2:]] == [True, False]
    assert device.renderer.clock.is_settled
    device.become(rate)
    assert not any(device.play(0.5))
    assert device.frames() == []
    device.renderer.queue.write(tone(440, _RATE, 0.1))
    device.play(0.5)
    assert [any(frame) for frame in device.frames()] == [True] * 5 + [False]


def test_a_lost_device_that_played_nothing_leaves_nothing() -> None:
    device = Device()
    device.play(0.1)
    device.renderer.lose(device.now)
    assert device.frames() == []


def test_the_clock_knows_when_a_resampled_sample_is_heard() -> None:
    device = Device(48_000)
    device.renderer.queue.write(pcm_of(np.full(_RATE, 9_000.0)))
    device.play(1.5)
    begins = int((abs(samples_of(device.heard)) > 4_500).argmax()) / 48_000
    assert device.renderer.clock.left_at(0) == pytest.approx(begins + 0.03, abs=0.002)
    last = device.renderer.clock.left_at(_RATE - 1)
    assert last == pytest.approx(begins + 1 + 0.03, abs=0.004)
    counts = [device.renderer.clock.played(now / 100) for now in range(150)]
    assert all(after >= before for before, after in pairwise(counts))
