from __future__ import annotations

import pytest

from app.audio.capture.recording import Level, Verdict
from app.conversation.hearing import SILENT_FRAMES, SPOKEN_FRAMES, UNHEARD_FRAMES, Hearing
from app.conversation.state import Notice, Severity

VOICE = Level(peak_db=-12.0, rms_db=-25.0)
WHISPER = Level(peak_db=-40.0, rms_db=-55.0)
SHOUT = Level(peak_db=0.0, rms_db=-3.0)
ROOM = Level(peak_db=-50.0, rms_db=-65.0)
NOTHING = Level(peak_db=-96.0, rms_db=-96.0)


def after(hearing: Hearing, level: Level, frames: int, *, is_speech: bool = False) -> Notice | None:
    said = None
    for _ in range(frames):
        said = hearing.take(level, is_speech=is_speech)
    return said


def test_whoever_speaks_is_heard_and_stays_so() -> None:
    hearing = Hearing()
    assert after(hearing, ROOM, 50) is None
    assert after(hearing, VOICE, SPOKEN_FRAMES - 1, is_speech=True) is None
    assert after(hearing, VOICE, 1, is_speech=True) == Notice("I can hear you.", Severity.INFO)
    assert hearing.is_heard
    assert after(hearing, NOTHING, 2 * UNHEARD_FRAMES) == Notice("I can hear you.", Severity.INFO)


def test_loud_noise_is_nobody() -> None:
    assert after(Hearing(), VOICE, UNHEARD_FRAMES - 1) is None
    said = after(Hearing(), VOICE, UNHEARD_FRAMES)
    assert said is not None
    assert said.text.startswith("No voice was heard yet. ")
    assert said.severity is Severity.WARNING


@pytest.mark.parametrize(("level", "verdict"), [(WHISPER, Verdict.QUIET), (SHOUT, Verdict.CLIPPING)])
def test_a_voice_that_arrives_badly_is_said_with_the_next_step(level: Level, verdict: Verdict) -> None:
    hearing = Hearing()
    assert after(hearing, level, SPOKEN_FRAMES, is_speech=True) == Notice(verdict.value, Severity.WARNING)
    # Whoever follows the advice is heard.
    assert after(hearing, VOICE, 150, is_speech=True) == Notice("I can hear you.", Severity.INFO)


def test_silence_alone_is_said_and_so_is_nothing_at_all() -> None:
    hearing = Hearing()
    assert after(hearing, NOTHING, SILENT_FRAMES - 1) is None
    assert after(hearing, NOTHING, 1) == Notice(Verdict.SILENCE.value, Severity.WARNING)
    assert hearing.miss() == Notice(Verdict.NOTHING.value, Severity.WARNING)
