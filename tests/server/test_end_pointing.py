from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pytest

from app.audio.speech.voice_activity import GatedVoiceActivity
from app.audio.wav import read_wav
from app.core.audio_format import FRAME_MS, AudioFormat
from app.server.end_pointing import (
    END_SILENCE_MS,
    LEAD_MS,
    PAUSE_MS,
    PRE_ROLL_MS,
    Change,
    EndPointer,
    TurnBegan,
    TurnEnd,
    TurnEnded,
    TurnGrew,
)
from tests.integration.conftest import Speech
from tests.integration.flite import Voice

SPEECH, SILENCE = "s", "."
SIZE = AudioFormat().frame_bytes
ONSET = SPEECH * 5


class Script:
    """Hears speech where the script says so."""

    def __init__(self, script: str) -> None:
        self._verdicts = iter(script)

    def is_speech(self, frame: bytes) -> bool:
        return next(self._verdicts) == SPEECH


def frame(number: int) -> bytes:
    return number.to_bytes(2, "little") * (SIZE // 2)


def frames(numbers: Iterable[int]) -> bytes:
    return b"".join(frame(number) for number in numbers)


def changes(script: str, end: TurnEnd) -> list[Change | None]:
    pointer = EndPointer(Script(script), end)
    return [pointer.push(frame(number)) for number in range(len(script))]


def grown(found: Iterable[Change | None]) -> list[bytes]:
    return [change.audio for change in found if isinstance(change, TurnGrew)]


def test_the_sound_before_speech_was_noticed_is_kept() -> None:
    quiet = PRE_ROLL_MS // FRAME_MS
    *before, began = changes(SILENCE * quiet + ONSET, TurnEnd.SILENCE)
    assert before == [None] * (quiet + 4)
    # The frames that were needed to notice it count as before.
    assert began == TurnBegan(frames(range(5, quiet + 5)))


def begun(levels: list[int]) -> int:
    """Return how many frames a turn begins with, of which the last five are noticed as speech."""
    pointer = EndPointer(Script(SILENCE * (len(levels) - 5) + ONSET), TurnEnd.SILENCE)
    *_, change = [pointer.push(frame(level)) for level in levels]
    assert isinstance(change, TurnBegan)
    return len(change.audio) // SIZE


def test_a_turn_begins_with_its_sound_however_late_that_is_noticed() -> None:
    lead, most = LEAD_MS // FRAME_MS, PRE_ROLL_MS // FRAME_MS
    for sounding in (5, 8, 15, most - lead):
        assert begun([20] * 30 + [9_000] * sounding) == sounding + lead
    assert begun([20] * 30 + [9_000] * (most + 3)) == most


def test_what_sounded_before_a_silence_is_not_part_of_it() -> None:
    lead = LEAD_MS // FRAME_MS
    assert begun([900] * 9 + [20] * lead + [9_000] * 6) == lead + 6
    assert begun([900] * 9 + [20] * (lead - 1) + [9_000] * 6) == 9 + lead - 1 + 6  # within a word


def test_in_noise_a_turn_begins_as_early_as_it_can() -> None:
    assert begun([2_000] * 40 + [9_000] * 6) == PRE_ROLL_MS // FRAME_MS


@pytest.mark.parametrize("voice", ["rms", "slt"])
@pytest.mark.parametrize("words", ["hello there", "stop", "set a timer", "five plus six", "show me the way"])
def test_no_first_word_is_cut(speech: Speech, voice: Voice, words: str) -> None:
    pcm = read_wav(speech(words, voice))[0]
    samples = np.abs(np.frombuffer(pcm, "<i2").astype(int))
    onset_ms = int(np.argmax(samples > 0.02 * samples.max())) / 16
    pointer = EndPointer(GatedVoiceActivity(), TurnEnd.SILENCE)
    for number in range(len(pcm) // SIZE):
        change = pointer.push(pcm[number * SIZE : (number + 1) * SIZE])
        if isinstance(change, TurnBegan):
            break
    assert isinstance(change, TurnBegan)
    began_ms = (number + 1) * FRAME_MS - len(change.audio) // SIZE * FRAME_MS
    assert began_ms < onset_ms - 50


def test_speech_at_the_very_beginning_loses_nothing() -> None:
    assert changes(ONSET, TurnEnd.SILENCE)[-1] == TurnBegan(frames(range(5)))


def test_each_later_frame_is_handed_on_once() -> None:
    found = changes(ONSET + "s.ss", TurnEnd.SILENCE)
    assert found[5:] == [TurnGrew(frame(number)) for number in range(5, 9)]


def test_silence_ends_a_turn() -> None:
    silent = END_SILENCE_MS // FRAME_MS
    found = changes(ONSET + SILENCE * (silent + 3), TurnEnd.SILENCE)
    assert [type(change) for change in found[5:]] == [TurnGrew] * (silent - 1) + [TurnEnded] + [
        type(None)
    ] * 3


def test_a_pause_within_a_sentence_does_not() -> None:
    pause = SILENCE * (END_SILENCE_MS // FRAME_MS - 1)
    found = changes(ONSET + pause + "ss" + pause + "ss", TurnEnd.SILENCE)
    assert TurnEnded() not in found


@pytest.mark.parametrize("end", TurnEnd)
def test_a_pause_is_noticed_once_and_early(end: TurnEnd) -> None:
    pause = PAUSE_MS // FRAME_MS
    script = ONSET + SILENCE * (pause - 2) + "ss" + SILENCE * (pause + 5) + "ss" + SILENCE * pause
    pauses = [
        script[:number].count(SPEECH)
        for number, change in enumerate(changes(script, end))
        if isinstance(change, TurnGrew) and change.is_pause
    ]
    # Not after the first five frames of speech, whose gap is too short; after seven, and after nine.
    assert pauses == [7, 9]


def test_the_next_turn_begins_with_its_own_sound() -> None:
    silence = SILENCE * (END_SILENCE_MS // FRAME_MS)
    script = ONSET + silence + SILENCE * 2 + ONSET
    found = [change for change in changes(script, TurnEnd.SILENCE) if not isinstance(change, TurnGrew | None)]
    first_after = len(ONSET + silence)
    assert found == [
        TurnBegan(frames(range(5))),
        TurnEnded(),
        TurnBegan(frames(range(first_after, len(script)))),
    ]


@pytest.mark.parametrize("script", [SILENCE * 200, "s......" * 30, ""])
@pytest.mark.parametrize("end", TurnEnd)
def test_without_speech_there_is_no_turn(script: str, end: TurnEnd) -> None:
    pointer = EndPointer(Script(script), end)
    assert {pointer.push(frame(0)) for _ in script} <= {None}
    assert not pointer.is_in_turn
    assert pointer.release() is None


def test_in_push_to_talk_only_the_release_ends_a_turn() -> None:
    two_seconds = SILENCE * (2_000 // FRAME_MS)
    script = ONSET + two_seconds + ONSET + two_seconds
    pointer = EndPointer(Script(script), TurnEnd.RELEASE)
    found = [pointer.push(frame(number)) for number in range(len(script))]
    assert found[4] == TurnBegan(frames(range(5)))
    assert [change.audio for change in found[5:] if isinstance(change, TurnGrew)] == [
        frame(number) for number in range(5, len(script))
    ]
    assert pointer.is_in_turn
    assert pointer.release() == TurnEnded()
    assert pointer.release() is None


def test_a_release_forgets_what_came_before_it() -> None:
    pointer = EndPointer(Script(SILENCE * 3 + "ssss" + ONSET), TurnEnd.RELEASE)
    for _ in range(7):
        pointer.push(frame(1))
    pointer.release()
    # Four frames of speech before the release and one after it do not make an onset.
    assert [pointer.push(frame(2)) for _ in range(4)] == [None] * 4
    assert pointer.push(frame(2)) == TurnBegan(frame(2) * 5)
