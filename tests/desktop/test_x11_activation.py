"""That a window manager follows is in tests/integration/test_instance.py."""

from __future__ import annotations

import ctypes
import logging
from typing import Any

import pytest

from app.desktop.x11_activation import activate


def test_without_a_display_nobody_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":987")
    assert not activate(1)


def test_without_the_library_nobody_is_asked(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(name: str) -> Any:
        raise OSError(f"{name}: cannot open shared object file")

    monkeypatch.setattr(ctypes, "CDLL", missing)
    caplog.set_level(logging.INFO)
    assert not activate(1)
    assert "cannot be asked" in caplog.text
