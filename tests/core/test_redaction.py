"""What nobody else may read."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.redaction import redacted


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("api_key=abc", "api_key=…"),
        ('{"api_key": "abc", "x": 1}', '{"api_key": "…", "x": 1}'),
        ("X-API-Key: abc", "X-API-Key: …"),
        ("Authorization: Bearer abc.def", "Authorization: Bearer …"),
        ("wss://host/socket?token=abc&EIO=4", "wss://host/socket?token=…&EIO=4"),
        ("the key est_live_12345 was refused", "the key … was refused"),
        ("https://anna:pass@proxy.example:8080/", "https://proxy.example:8080/"),
        ("got 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b", "got …"),
        ("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.e30.x", "…"),
    ],
)
def test_secrets_are_taken_out(text: str, left: str) -> None:
    assert redacted(text) == left


@pytest.mark.parametrize(
    "text",
    [
        "",
        "The microphone is in use by another program.",
        "app/estuary/voice_session.py:120 in start",
        "alsa_output.pci-0000_00_1f.3.analog-stereo",
        "Python 3.11.7, PySide6-Essentials 6.11.1",
        "session 12 of player 7 at 127.0.0.1:41234",
        "What is the key to happiness?",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert redacted(text) == text


def test_a_home_folder_is_no_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "anna"))
    monkeypatch.setenv("USERPROFILE", str(tmp_path / "anna"))
    assert (
        redacted(f"no such file: {tmp_path / 'anna' / 'notes.txt'}") == f"no such file: {Path('~/notes.txt')}"
    )
