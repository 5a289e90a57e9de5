from __future__ import annotations

import sys

import pytest

from app.audio.playback.switching import SWITCH_S, hurry, relax


def test_the_lock_is_passed_on_sooner_until_the_last_has_relaxed() -> None:
    before = sys.getswitchinterval()
    seen = []
    for step in (hurry, hurry, relax, relax):
        step()
        seen.append(sys.getswitchinterval())
    assert seen == pytest.approx([SWITCH_S, SWITCH_S, SWITCH_S, before])
    assert before > SWITCH_S


def test_who_is_in_a_greater_hurry_already_is_left_alone() -> None:
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(SWITCH_S / 10)
        hurry()
        assert sys.getswitchinterval() == pytest.approx(SWITCH_S / 10, abs=2e-6)
        relax()
        assert sys.getswitchinterval() == pytest.approx(SWITCH_S / 10, abs=2e-6)
    finally:
        sys.setswitchinterval(before)
