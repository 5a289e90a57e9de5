"""The leave that macOS gives, as far as another system can tell."""

from __future__ import annotations

import ctypes
from types import SimpleNamespace
from typing import Any

import pytest

from app.desktop.hotkeys import mac_permission


class Function:
    """Stands in for a function of a library: it answers, and takes what types it is given."""

    def __init__(self, answer: bool) -> None:
        self._answer = answer

    def __call__(self) -> bool:
        return self._answer


@pytest.mark.parametrize(("listen", "trusted", "is_allowed"), [(1, 0, True), (0, 1, True), (0, 0, False)])
def test_either_leave_will_do(
    monkeypatch: pytest.MonkeyPatch, listen: int, trusted: int, is_allowed: bool
) -> None:
    libraries: dict[str, Any] = {
        "CoreGraphics": SimpleNamespace(CGPreflightListenEventAccess=Function(bool(listen))),
        "ApplicationServices": SimpleNamespace(AXIsProcessTrusted=Function(bool(trusted))),
    }
    monkeypatch.setattr(ctypes.util, "find_library", lambda name: name)
    monkeypatch.setattr(mac_permission._asked, "__defaults__", (libraries.__getitem__,))
    assert mac_permission.is_allowed() is is_allowed


def test_a_system_without_the_question_allows_nothing() -> None:
    assert not mac_permission.is_allowed()
    mac_permission.ask()
    assert "Input Monitoring" in mac_permission.explanation()
