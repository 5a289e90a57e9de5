"""What WebRTC's module takes out, and when it is known to have taken the echo out."""

from __future__ import annotations

import numpy as np
import pytest

from app.audio.level import rms
from app.audio.speech.processing import Processing, ProcessingSettings
from tests.audio.room import Room
from tests.audio.signals import Samples, pcm_of, samples_of, tone

RATE = 16_000
STEP = 640
NOTHING = ProcessingSettings(False, False, False, False)


def voice(seconds: float, seed: int) -> bytes:
    envelope = np.repeat(np.abs(np.sin(np.arange(seconds * 20) / 3)), RATE // 20)
    return pcm_of(np.random.default_rng(seed).standard_normal(envelope.size) * 4_000 * envelope)


def steps(pcm: bytes) -> list[bytes]:
    return [pcm[at : at + STEP] for at in range(0, len(pcm) - STEP + 1, STEP)]


def through(settings: ProcessingSettings, near: bytes, far: bytes | None = None) -> tuple[Processing, bytes]:
    processing, left = Processing(settings), b""
    for number, step in enumerate(steps(near)):
        if far is not None:
            processing.far(far[number * STEP : (number + 1) * STEP], RATE)
        left += processing.near(step)
    return processing, left


def _delay(sought: Samples, recording: Samples) -> int:
    """Return by how many samples a piece comes late, up to 30 ms."""
    overlaps = np.correlate(recording[: sought.size + 700], sought, "valid")
    return int(overlaps.argmax())


def test_with_nothing_to_do_nothing_is_changed() -> None:
    near = voice(1, 1)
    assert through(NOTHING, near)[1] == near


def test_an_open_loudspeaker_in_a_room_is_taken_out_and_that_is_known() -> None:
    far = voice(8, 2)
    heard = pcm_of(Room(RATE).hear(samples_of(far)))[: len(far) // STEP * STEP]
    processing, left = through(ProcessingSettings(), heard, far)
    assert rms(left[-3 * 32_000 :]) < 0.13 * rms(heard[-3 * 32_000 :])  # noise is the hardest
    assert processing.is_converged
    processing.moved()
    assert not processing.is_converged


def test_a_voice_over_the_echo_is_there_from_its_first_sample_on_in_what_is_only_subtracted() -> None:
    far, at = voice(10, 2), 6 * RATE
    room = Room(RATE).hear(samples_of(far))
    person = np.zeros(room.size)
    person[at : at + 4 * RATE] = samples_of(voice(4, 7))[: room.size - at] * 0.5
    near = pcm_of(room + person)
    processing, left = Processing(ProcessingSettings()), []
    for number, step in enumerate(steps(near)):
        processing.far(far[number * STEP : (number + 1) * STEP], RATE)
        cancelled = processing.near(step)
        assert len(cancelled) == STEP
        left.append((samples_of(cancelled), samples_of(processing.over_echo or step)))
    first = slice(at // 320, at // 320 + 25)
    said = float((person[at : at + 25 * 320] ** 2).sum())
    taken, over = (sum(float((one[which] ** 2).sum()) for one in left[first]) for which in (0, 1))
    assert 0.9 * said < over < 1.3 * said
    assert taken < 0.85 * said  # the canceller takes some of the voice for an echo


def test_without_an_echo_nothing_is_subtracted() -> None:
    processing = Processing(ProcessingSettings())
    for step in steps(voice(0.2, 3)):
        processing.near(step)
        assert processing.over_echo is None
    apart = Processing(ProcessingSettings(echo_cancellation=False))
    for step in steps(voice(0.2, 3)):
        apart.far(step, RATE)
        apart.near(step)
        assert apart.over_echo is None


def rested(between: bytes) -> tuple[Processing, bytes, bytes]:
    """Learn the room, let the loudspeaker rest while ``between`` is heard, and let it play again.

    Args:
        between: What is heard meanwhile.

    Returns:
        What was processed, what came out meanwhile, and what is left of the echo then.
    """
    far, again = voice(6, 2), voice(1, 5)
    silence = bytes(len(between))
    heard = pcm_of(Room(RATE, drift=0).hear(samples_of(far + silence + again)))
    processing, out = Processing(ProcessingSettings()), b""
    for number, step in enumerate(steps(heard[: len(far)])):
        processing.far(far[number * STEP : (number + 1) * STEP], RATE)
        processing.near(step)
    for step in steps(between):
        processing.far(bytes(STEP), RATE)
        out += processing.near(step)
    left = b""
    for number, step in enumerate(steps(heard[len(far + silence) :][: len(again)])):
        processing.far(again[number * STEP : (number + 1) * STEP], RATE)
        processing.near(step)
        left += processing.over_echo or step
    return processing, out, left


@pytest.mark.parametrize("pause_s", [1, 12])
def test_the_way_is_known_after_the_loudspeaker_has_rested(pause_s: int) -> None:
    processing, _, left = rested(bytes(pause_s * 32_000))
    echo = pcm_of(Room(RATE, drift=0).hear(samples_of(voice(1, 5))))
    begin = slice(6_400, 25_600)  # at once, not after a second of learning anew
    assert rms(left[begin]) < 0.25 * rms(echo[begin])
    assert processing.is_converged


def test_while_the_loudspeaker_rests_rumble_is_cut_without_a_thump() -> None:
    low, speech = tone(40, RATE, 2.0), tone(400, RATE, 2.0)
    pause = bytes(3 * 32_000) + low + speech + low
    _, out, _ = rested(pause)
    heard = out[3 * 32_000 :]
    assert rms(heard[32_000:64_000]) < 0.3 * rms(low)
    assert rms(heard[96_000:128_000]) > 0.9 * rms(speech)
    hum = pcm_of(np.full(RATE * 6, 800.0))  # what a bad sound card adds, always there
    _, out, _ = rested(hum)
    late = samples_of(out[2 * 32_000 :])
    assert np.abs(late).max() < 200


@pytest.mark.parametrize("rate", [16_000, 24_000])
@pytest.mark.parametrize("cue_at_s", [-0.4, 0.6])
def test_a_word_has_no_gap_where_the_loudspeaker_begins_and_goes_to_rest(rate: int, cue_at_s: float) -> None:
    near = pcm_of(np.random.default_rng(4).standard_normal(5 * rate) * 2_000)
    cue, begin = tone(700, rate, 0.1), round(cue_at_s * rate) * 2
    processing, left, size = Processing(ProcessingSettings(), rate), b"", rate // 50 * 2
    for at in range(0, len(near), size):
        is_cue = begin <= at < begin + len(cue) // size * size
        processing.far(cue[at - begin : at - begin + size] if is_cue else bytes(size), rate)
        left += processing.near(near[at : at + size])
    said, heard = samples_of(near), samples_of(left)
    delays = [_delay(said[at : at + rate // 4], heard[at:]) for at in range(rate // 4, 4 * rate, rate // 8)]
    assert max(delays) - min(delays) <= 2


def test_rumble_is_cut_and_a_voice_is_not() -> None:
    high_pass = ProcessingSettings(echo_cancellation=False)
    low, speech = tone(40, RATE, 2.0), tone(400, RATE, 2.0)
    assert rms(through(high_pass, low)[1][32_000:]) < 0.3 * rms(low[32_000:])
    assert rms(through(high_pass, speech)[1][32_000:]) > 0.9 * rms(speech[32_000:])


def test_steady_noise_is_suppressed() -> None:
    hiss = pcm_of(np.random.default_rng(3).standard_normal(4 * RATE) * 300)
    suppressed = ProcessingSettings(echo_cancellation=False, high_pass=False, noise_suppression=True)
    assert rms(through(suppressed, hiss)[1][-32_000:]) < 0.5 * rms(hiss)


@pytest.mark.parametrize("size", [0, 320, 638])
def test_a_frame_of_another_length_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="20 ms"):
        Processing(ProcessingSettings()).near(bytes(size))
