from __future__ import annotations

import numpy as np

from app.audio.playback.overlay import Overlay, mixed
from tests.audio.signals import pcm_of, samples_of


def _pcm(value: float, samples: int) -> bytes:
    return pcm_of(np.full(samples, value))


def test_a_sound_begins_with_the_next_block_and_ends() -> None:
    overlay = Overlay()
    overlay.add(_pcm(100, 15))
    blocks = [overlay.lay_over(_pcm(1_000, 10), 1.0) for _ in range(3)]
    assert blocks == [_pcm(1_100, 10), _pcm(1_100, 5) + _pcm(1_000, 5), _pcm(1_000, 10)]
    assert overlay.is_empty


def test_a_block_without_a_sound_is_the_very_same() -> None:
    block = bytes(20)
    assert Overlay().lay_over(block, 0.5) is block


def test_sounds_are_heard_over_each_other() -> None:
    overlay = Overlay()
    overlay.add(_pcm(100, 20))
    assert overlay.lay_over(bytes(20), 1.0) == _pcm(100, 10)
    overlay.add(_pcm(1_000, 20))
    assert overlay.lay_over(bytes(20), 1.0) == _pcm(1_100, 10)
    assert overlay.lay_over(bytes(20), 1.0) == _pcm(1_000, 10)


def test_a_sound_is_as_loud_as_the_volume() -> None:
    overlay = Overlay()
    overlay.add(_pcm(1_000, 10))
    assert overlay.lay_over(_pcm(10, 10), 0.25) == _pcm(260, 10)


def test_what_is_dropped_is_not_heard_and_an_odd_byte_shifts_nothing() -> None:
    overlay = Overlay()
    overlay.add(_pcm(1_000, 10))
    overlay.clear()
    overlay.add(b"\1\0\7")
    overlay.add(b"\1\0")
    assert overlay.lay_over(bytes(4), 1.0) == b"\2\0\0\0"


def test_what_is_too_loud_is_clipped() -> None:
    assert list(samples_of(mixed(_pcm(30_000, 2), _pcm(30_000, 1)))) == [32_767, 30_000]
    assert list(samples_of(mixed(_pcm(-30_000, 1), _pcm(-30_000, 1)))) == [-32_768]
