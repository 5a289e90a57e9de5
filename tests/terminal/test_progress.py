from __future__ import annotations

import io
import sys

import pytest

from app.terminal.progress import Progress


class Stream(io.StringIO):
    """Standard output or error, on a terminal or not."""

    def __init__(self, *, is_terminal: bool) -> None:
        super().__init__()
        self._is_terminal = is_terminal

    def isatty(self) -> bool:
        return self._is_terminal


def shown(monkeypatch: pytest.MonkeyPatch, *, out: bool, err: bool, seconds: float = 2.0) -> str:
    """Return what is seen of a recording on standard error."""
    stream = Stream(is_terminal=err)
    monkeypatch.setattr(sys, "stdout", Stream(is_terminal=out))
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress("a.wav", seconds) as progress:
        for frame in range(1, round(seconds * 50) + 1):
            progress.update(frame * 0.02)
    return stream.getvalue()


@pytest.mark.parametrize(("out", "err"), [(False, False), (True, True), (True, False)])
def test_elsewhere_than_on_a_terminal_of_its_own_it_is_one_line(
    monkeypatch: pytest.MonkeyPatch, out: bool, err: bool
) -> None:
    assert shown(monkeypatch, out=out, err=err) == "Speaking a.wav (2.0 s)\n"


def test_on_a_terminal_of_its_own_it_is_a_bar_that_fills(monkeypatch: pytest.MonkeyPatch) -> None:
    bars = shown(monkeypatch, out=False, err=True).split("\r")[1:]
    assert 15 <= len(bars) <= 25  # not one for each frame
    assert bars[0].startswith("a.wav ░░░")
    assert bars[-1] == "a.wav " + "█" * 24 + " 2.0/2.0 s\n"
    filled = [bar.count("█") for bar in bars]
    assert filled == sorted(filled)


def test_a_recording_of_no_length_is_full_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = Stream(is_terminal=True)
    monkeypatch.setattr(sys, "stdout", Stream(is_terminal=False))
    monkeypatch.setattr(sys, "stderr", stream)
    with Progress("a.wav", 0.0) as progress:
        progress.update(0.0)
    assert "░" not in stream.getvalue()
