from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.audio.speech.voice_activity import (
    ONSET_FRAMES,
    ONSET_WINDOW,
    GatedVoiceActivity,
    SpeechChange,
    SpeechSmoother,
    VoiceActivity,
)
from tests.audio import noises
from tests.audio.signals import pcm_of, pink_noise, tone

_FRAME = 640


def _frames(pcm: bytes) -> list[bytes]:
    return [pcm[start : start + _FRAME] for start in range(0, len(pcm) - _FRAME + 1, _FRAME)]


def _share(detector: VoiceActivity, pcm: bytes) -> float:
    verdicts = [detector.is_speech(frame) for frame in _frames(pcm)]
    return sum(verdicts) / len(verdicts)


def _changes(smoother: SpeechSmoother, verdicts: str) -> list[tuple[int, SpeechChange]]:
    """Push one verdict per character, ``x`` for speech; return the changes and where they came."""
    changes = ((index, smoother.push(mark == "x")) for index, mark in enumerate(verdicts))
    return [(index, change) for index, change in changes if change is not None]


def test_silence_is_no_speech() -> None:
    assert _share(GatedVoiceActivity(), bytes(16_000 * 2)) == 0


@pytest.mark.parametrize(
    "noise",
    [
        pink_noise(10.0, rms=1000),
        pcm_of(noises.typing(20.0)),
        pcm_of(noises.music(20.0)),
        b"".join(pcm_of(noises.door_slam(seed=seed)) + bytes(32_000) for seed in range(5)),
    ],
    ids=["pink noise", "typing", "music", "door"],
)
def test_noise_is_no_speech(noise: bytes) -> None:
    detector, smoother = GatedVoiceActivity(), SpeechSmoother()
    assert [smoother.push(detector.is_speech(frame)) for frame in _frames(noise)].count(
        SpeechChange.STARTED
    ) == 0


def test_a_murmur_far_away_is_no_speech() -> None:
    assert _share(GatedVoiceActivity(), tone(200, 16_000, 1.0, amplitude=40)) == 0


@pytest.mark.parametrize("size", [0, 639, 960])
def test_frame_of_another_size_is_refused(size: int) -> None:
    with pytest.raises(ValueError, match="640 bytes"):
        GatedVoiceActivity().is_speech(bytes(size))


def test_speech_begins_with_enough_frames_and_ends_after_the_silence() -> None:
    smoother = SpeechSmoother(silence_ms=100)
    changes = _changes(smoother, "..xxxxx....." + "...")
    assert changes == [(6, SpeechChange.STARTED), (11, SpeechChange.STOPPED)]
    assert not smoother.is_speaking


def test_click_starts_nothing() -> None:
    assert _changes(SpeechSmoother(), "xxx......." * 20) == []


def test_speech_with_a_hole_still_begins() -> None:
    assert _changes(SpeechSmoother(), "xx.xx.x") == [(6, SpeechChange.STARTED)]


def test_lone_frame_does_not_hold_a_turn_open() -> None:
    changes = _changes(SpeechSmoother(silence_ms=200), "xxxxx" + "....x....." + "..")
    assert changes == [(4, SpeechChange.STARTED), (14, SpeechChange.STOPPED)]


def test_pause_to_think_does_not_end_a_turn() -> None:
    smoother = SpeechSmoother(silence_ms=200)
    assert _changes(smoother, "xxxxx" + ".........xx" * 5) == [(4, SpeechChange.STARTED)]
    assert smoother.is_speaking


def test_silence_is_told_as_it_grows() -> None:
    smoother = SpeechSmoother(silence_ms=500)
    _changes(smoother, "xxxxx...")
    assert smoother.silence_ms == 60
    _changes(smoother, "xx")
    assert smoother.silence_ms == 0


def test_reset_forgets() -> None:
    smoother = SpeechSmoother()
    _changes(smoother, "xxxxxx..")
    smoother.reset()
    assert (smoother.is_speaking, smoother.silence_ms) == (False, 0)
    assert _changes(smoother, "xxxx") == []


@pytest.mark.parametrize("silence_ms", [0, 19, -100])
def test_silence_shorter_than_a_frame_is_refused(silence_ms: int) -> None:
    with pytest.raises(ValueError, match="at least 20"):
        SpeechSmoother(silence_ms)


@given(st.text("x.", max_size=300), st.integers(20, 1000))
def test_changes_take_turns_and_stop_only_after_the_silence(verdicts: str, silence_ms: int) -> None:
    changes = _changes(SpeechSmoother(silence_ms), verdicts)
    kinds = [change for _, change in changes]
    assert (
        kinds
        == [SpeechChange.STARTED, SpeechChange.STOPPED] * (len(kinds) // 2) + kinds[len(kinds) // 2 * 2 :]
    )
    for index, change in changes:
        if change is SpeechChange.STARTED:
            assert verdicts[max(0, index - ONSET_WINDOW + 1) : index + 1].count("x") >= ONSET_FRAMES
        else:
            quiet = -(-silence_ms // 20)
            assert "xx" not in verdicts[index - quiet + 1 : index + 1]
            assert verdicts[index] == "."
