"""How far a frame rises above the expected echo, over a room whose echo is known."""

from __future__ import annotations

import numpy as np
import pytest

from app.audio.speech.echo_gauge import EchoGauge
from tests.audio.signals import Samples, pcm_of

RATE = 16_000
FRAME = 320


def noise(frames: int, rms: float, seed: int) -> Samples:
    # Syllables rather than a steady hiss: a voice comes and goes.
    envelope = np.repeat(1 + np.sin(np.arange(frames) / 4), FRAME)
    result: Samples = np.random.default_rng(seed).standard_normal(frames * FRAME) * rms * envelope
    return result


def over_echo(seconds: int = 10, *, voice_at_s: float | None = None) -> list[float]:
    """Return what the gauge says of each frame of an echo that is 12 dB softer and 80 ms late."""
    frames = seconds * 50
    far = noise(frames, 3_000, 1)
    near = np.concatenate((np.zeros(4 * FRAME), far))[: far.size] / 4 + noise(frames, 5, 2)
    if voice_at_s is not None:
        at = int(voice_at_s * RATE)
        near[at:] += noise(frames, 3_000, 3)[: near.size - at]
    gauge, found = EchoGauge(RATE), []
    for at in range(0, far.size, FRAME):
        gauge.played(pcm_of(far[at : at + FRAME]))
        is_echo = voice_at_s is None or at < voice_at_s * RATE
        found.append(gauge.heard(pcm_of(near[at : at + FRAME]), is_echo=is_echo))
    return found


def test_an_echo_that_was_learnt_is_what_is_expected() -> None:
    late = over_echo()[-250:]
    assert np.percentile(late, 95) < 4
    assert np.median(late) == pytest.approx(0, abs=3)


def test_before_anything_is_learnt_an_echo_is_no_voice() -> None:
    assert max(over_echo(1)) < 3


def test_a_voice_rises_above_the_echo_at_once_and_stays_there() -> None:
    voice_at = 400
    found = over_echo(voice_at_s=voice_at / 50)
    assert max(found[voice_at : voice_at + 3]) > 6
    assert np.median(found[voice_at:]) > 6


def test_with_nothing_played_it_compares_with_the_room() -> None:
    gauge = EchoGauge(RATE)
    room = np.random.default_rng(4).standard_normal(50 * FRAME) * 20
    voice = noise(1, 2_000, 5)
    quiet = [gauge.heard(pcm_of(room[at : at + FRAME])) for at in range(0, room.size, FRAME)]
    assert max(quiet[10:]) < 10
    assert gauge.heard(pcm_of(voice)) > 20
    assert not gauge.is_echo_loud


def test_a_block_of_the_far_end_that_comes_in_halves_is_not_lost() -> None:
    far = noise(500, 3_000, 1)
    near = np.concatenate((np.zeros(4 * FRAME), far))[: far.size] / 4 + noise(500, 5, 2)
    gauge, found, pcm = EchoGauge(RATE), [], pcm_of(far)
    gauge.played(pcm[:FRAME])
    for at in range(0, far.size, FRAME):
        is_late = (at // FRAME) % 25 == 24  # now and then a half is not there yet
        gauge.played(pcm[2 * at + FRAME : 2 * at + (2 if is_late else 3) * FRAME])
        found.append(gauge.heard(pcm_of(near[at : at + FRAME])))
        if is_late:
            gauge.played(pcm[2 * at + 2 * FRAME : 2 * at + 3 * FRAME])
    assert max(found[250:]) < 5
