from __future__ import annotations

import sys

import pytest

from app.audio.capture.recording import Level
from app.terminal.level_bar import LevelBar
from tests.terminal.test_progress import Stream


def shown(monkeypatch: pytest.MonkeyPatch, levels: list[float], *, is_terminal: bool = True) -> list[str]:
    """Return the lines that are drawn over each other on standard error."""
    stream = Stream(is_terminal=is_terminal)
    monkeypatch.setattr(sys, "stderr", stream)
    with LevelBar(3.0) as bar:
        for level in levels:
            bar.update(Level(level + 10, level))
    return stream.getvalue().split("\r")[1:]


def test_elsewhere_than_on_a_terminal_it_shows_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown(monkeypatch, [-20.0] * 150, is_terminal=False) == []


def test_it_moves_with_the_voice_ten_times_a_second(monkeypatch: pytest.MonkeyPatch) -> None:
    *lines, blank, end = shown(monkeypatch, [-60.0] * 5 + [-30.0] * 5 + [-96.0] * 4 + [0.0])
    assert lines == [
        "░" * 30 + "  -60 dB  0.1/3.0 s",
        "█" * 15 + "░" * 15 + "  -30 dB  0.2/3.0 s",
        "█" * 30 + "    0 dB  0.3/3.0 s",
    ]
    assert (blank, end) == (" " * len(lines[0]), "")


def test_it_shows_the_loudest_since_the_last_time(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = shown(monkeypatch, [-50.0, -20.0, -50.0, -50.0, -50.0])
    assert "  -20 dB" in lines[0]


def test_it_is_gone_in_the_end_and_was_never_there_without_a_frame(monkeypatch: pytest.MonkeyPatch) -> None:
    assert len(shown(monkeypatch, [-20.0] * 150)) == 30 + 2
    assert shown(monkeypatch, []) == []
