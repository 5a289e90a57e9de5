"""From captured blocks to clean frames: lengths, rates, times, and what is taken out."""

from __future__ import annotations

import numpy as np
import pytest

from app.audio.frame import Frame
from app.audio.level import rms
from app.audio.speech.processing import ProcessingSettings
from app.audio.speech.voice_chain import VoiceChain

NOTHING = ProcessingSettings(False, False, False, False)
BLOCK_S = 0.02


def tone(seconds: float, rate: int, hertz: float = 440.0) -> bytes:
    times = np.arange(round(seconds * rate)) / rate
    return (8000 * np.sin(2 * np.pi * hertz * times)).astype("<i2").tobytes()


def noise(seconds: float, rate: int, seed: int) -> bytes:
    return (np.random.default_rng(seed).standard_normal(round(seconds * rate)) * 3000).astype("<i2").tobytes()


def blocks(pcm: bytes, rate: int) -> list[Frame]:
    size = round(rate * BLOCK_S) * 2
    pieces = [pcm[at : at + size] for at in range(0, len(pcm), size)]
    return [Frame(piece, rate, 100 + (number + 1) * BLOCK_S) for number, piece in enumerate(pieces)]


@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("wanted", [16_000, 24_000])
def test_whole_frames_leave_at_the_wanted_rate_and_say_when_they_were_heard(rate: int, wanted: int) -> None:
    chain = VoiceChain(NOTHING, wanted)
    frames = [frame for block in blocks(tone(1.0, rate), rate) for frame in chain.near(block)]
    assert {(len(frame.pcm), frame.rate) for frame in frames} == {(wanted // 50 * 2, wanted)}
    assert len(frames) in {49, 50} if rate == wanted else 46 <= len(frames) <= 50
    for number, frame in enumerate(frames):
        assert frame.captured_at == pytest.approx(100 + (number + 1) * BLOCK_S, abs=0.003)


def test_without_anything_to_do_samples_pass_unchanged() -> None:
    chain, pcm = VoiceChain(NOTHING), noise(0.5, 16_000, 1)
    assert b"".join(frame.pcm for block in blocks(pcm, 16_000) for frame in chain.near(block)) == pcm


def test_a_device_that_changes_its_rate_is_followed() -> None:
    chain = VoiceChain(NOTHING)
    heard = blocks(tone(0.5, 48_000), 48_000) + blocks(tone(0.5, 16_000), 16_000)
    frames = [frame for block in heard for frame in chain.near(block)]
    assert len(frames) in range(46, 51)
    assert {len(frame.pcm) for frame in frames} == {640}


@pytest.mark.parametrize("far_rate", [16_000, 24_000, 48_000])
def test_what_the_loudspeaker_plays_is_taken_out(far_rate: int) -> None:
    echo_only = ProcessingSettings(noise_suppression=False, gain_control=False, high_pass=False)
    chain = VoiceChain(echo_only)
    seconds = 4.0
    far = noise(seconds, 16_000, 2)
    echo = bytes(2 * 960) + (np.frombuffer(far, "<i2") // 4).astype("<i2").tobytes()  # 60 ms later, -12 dB
    played = np.frombuffer(far, "<i2").repeat(1)
    if far_rate != 16_000:
        from app.audio.resample import resample

        played = np.frombuffer(resample(far, 16_000, far_rate), "<i2")
    step = far_rate // 50
    residue = []
    for number, block in enumerate(blocks(echo[: len(far)], 16_000)):
        chain.far(played[number * step : (number + 1) * step].tobytes(), far_rate)
        residue += chain.near(block)
    late = b"".join(frame.pcm for frame in residue[-50:])
    assert rms(late) < 0.05 * rms(echo[-len(late) :])  # -26 dB


def test_a_changed_setting_counts_from_the_next_block_on() -> None:
    chain, pcm = VoiceChain(ProcessingSettings()), noise(0.2, 16_000, 3)
    for block in blocks(pcm, 16_000):
        chain.near(block)
    chain.settings = NOTHING
    assert chain.settings == NOTHING
    assert b"".join(frame.pcm for block in blocks(pcm, 16_000) for frame in chain.near(block)) == pcm


def test_another_device_is_another_way_for_the_echo() -> None:
    chain, far = VoiceChain(ProcessingSettings()), noise(4.0, 16_000, 4)
    echo = (np.frombuffer(far, "<i2") // 4).astype("<i2").tobytes()
    for number, block in enumerate(blocks(echo, 16_000)):
        chain.far(far[number * 640 : (number + 1) * 640], 16_000)
        chain.near(block)
    assert chain.has_converged
    chain.moved()
    chain.near(blocks(echo, 16_000)[0])
    assert not chain.has_converged
