"""Backchannels against words that take the turn."""

from __future__ import annotations

import pytest

from app.core.backchannel import is_backchannel


@pytest.mark.parametrize(
    "text", ["mhm", "Mm hmm.", "uh huh", "yeah", "Okay, yeah!", "right", "I see", "", " … ", "I’m"]
)
def test_a_listener_who_listens_on(text: str) -> None:
    assert is_backchannel(text)


@pytest.mark.parametrize("text", ["stop", "no", "okay stop", "i see a problem", "wait", "yeah but", "42"])
def test_a_listener_who_wants_to_speak(text: str) -> None:
    assert not is_backchannel(text)
