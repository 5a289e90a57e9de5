"""What is subtracted of an echo, in a room whose clocks drift, and what is left of a voice over it."""

from __future__ import annotations

import math

import numpy as np
import pytest

from app.audio.speech.echo_subtractor import PARTITIONS, EchoSubtractor
from tests.audio.room import Room
from tests.audio.signals import Samples, pcm_of, samples_of

RATE = 16_000
FRAME = 320
LEARNT_S = 6


def voice(seconds: float, seed: int, rms: float = 3_000) -> Samples:
    """Return noise that comes and goes as syllables do."""
    envelope = np.repeat(1 + np.sin(np.arange(round(seconds * 50)) / 4), FRAME)
    result: Samples = np.random.default_rng(seed).standard_normal(envelope.size) * rms * envelope
    return result


def frames(samples: Samples) -> list[bytes]:
    pcm = pcm_of(samples)
    return [pcm[at : at + 2 * FRAME] for at in range(0, len(pcm) - 2 * FRAME + 1, 2 * FRAME)]


def subtracted(
    far: Samples, near: Samples, late: range = range(0), missed: range = range(0)
) -> tuple[Samples, list[float]]:
    """Return what is left of ``near`` and by how much each frame exceeds its echo.

    Args:
        far: What is played; frames ``late`` come with the one after, frames ``missed`` are not played.
        near: What is heard.
    """
    subtractor = EchoSubtractor(RATE)
    left, over = [], []
    held = b""
    for number, (played, heard) in enumerate(zip(frames(far), frames(near), strict=False)):
        if number in late:
            held = played
        elif number not in missed:
            subtractor.played(held + played)
            held = b""
        left.append(subtractor.heard(heard) or heard)
        over.append(subtractor.over_echo_db)
    return samples_of(b"".join(left)), over


def fall_db(before: Samples, after: Samples) -> float:
    size = min(before.size, after.size)
    return float(10 * np.log10((before[:size] ** 2).sum() / (after[:size] ** 2).sum()))


@pytest.fixture(scope="module")
def far() -> Samples:
    return voice(10, 1)


def heard_of(far: Samples) -> Samples:
    heard = Room(RATE).hear(far)
    return heard + np.random.default_rng(5).standard_normal(heard.size) * 5


def test_an_echo_is_subtracted_although_the_clocks_drift(far: Samples) -> None:
    near = heard_of(far)
    left, over = subtracted(far, near)
    assert fall_db(near[LEARNT_S * RATE :], left[LEARNT_S * RATE :]) > 12
    assert max(over[LEARNT_S * 50 :]) < 3


def test_a_voice_over_it_is_left_whole(far: Samples) -> None:
    near = heard_of(far)
    person = np.zeros(near.size)
    said = voice(10 - LEARNT_S, 2, 2_000)
    person[LEARNT_S * RATE : LEARNT_S * RATE + said.size] = said
    left, over = subtracted(far, near + person)
    at = slice(LEARNT_S * RATE, LEARNT_S * RATE + RATE)  # its first second
    assert np.corrcoef(left[at], person[at])[0, 1] > 0.97
    assert fall_db(person[at], left[at]) == pytest.approx(0, abs=1)
    assert np.median(over[LEARNT_S * 50 : LEARNT_S * 50 + 50]) > 5


@pytest.mark.parametrize("at_frame", [350, 351])
def test_a_frame_of_the_far_end_that_is_late_costs_little(far: Samples, at_frame: int) -> None:
    near = heard_of(far)
    left, _ = subtracted(far, near, late=range(at_frame, at_frame + 1))
    after = slice((at_frame + PARTITIONS + 2) * FRAME, (at_frame + PARTITIONS + 52) * FRAME)
    assert fall_db(near[after], left[after]) > 9


def test_a_loudspeaker_that_stops_for_a_moment_is_still_known(far: Samples) -> None:
    gap = range(350, 357)
    played = far.copy()
    played[gap.start * FRAME : gap.stop * FRAME] = 0
    near = heard_of(played)
    left, _ = subtracted(far, near, missed=gap)
    after = slice((gap.stop + 4) * FRAME, (gap.stop + 54) * FRAME)
    assert fall_db(near[after], left[after]) > 9


def test_blocks_of_half_a_frame_are_put_together(far: Samples) -> None:
    near = heard_of(far)
    subtractor, left = EchoSubtractor(RATE), []
    pcm = pcm_of(far)
    subtractor.played(pcm[:FRAME])  # from now on a half is there too soon
    for number, heard in enumerate(frames(near)):
        at = FRAME + number * 2 * FRAME
        subtractor.played(pcm[at : at + FRAME])
        subtractor.played(pcm[at + FRAME : at + 2 * FRAME])
        left.append(subtractor.heard(heard) or heard)
    assert fall_db(near[LEARNT_S * RATE :], samples_of(b"".join(left))[LEARNT_S * RATE :]) > 12


def test_where_nothing_is_played_there_is_nothing_to_subtract(far: Samples) -> None:
    subtractor = EchoSubtractor(RATE)
    (frame, *_) = frames(voice(0.1, 3))
    assert subtractor.heard(frame) is None
    assert subtractor.over_echo_db == math.inf
    subtractor.played(frames(far)[10])
    answers = [subtractor.heard(frame) for _ in range(PARTITIONS + 2)]
    assert answers[0] is not None
    assert answers[-1] is None
