from __future__ import annotations

import socket
from pathlib import Path

import pytest

from app.desktop.display import missing_display


@pytest.fixture(autouse=True)
def no_display(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(variable, raising=False)


def test_none_is_named() -> None:
    assert "no display" in (missing_display() or "")


def test_one_that_does_not_answer_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":4711")
    assert missing_display() == "The display :4711 does not answer."
    monkeypatch.setenv("DISPLAY", "127.0.0.1:4711.0")
    assert missing_display() == "The display 127.0.0.1:4711.0 does not answer."


def test_a_wayland_socket_that_answers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-9")
    assert missing_display() == "The Wayland display wayland-9 does not answer."
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind(str(tmp_path / "wayland-9"))
        compositor.listen()
        assert missing_display() is None


def test_qt_without_a_screen_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert missing_display() is None
