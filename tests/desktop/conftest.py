"""What several tests of the desktop need."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.desktop.secret_service import session_bus


@pytest.fixture
def bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Put this process on a D-Bus of its own; return its address."""
    assert shutil.which("dbus-daemon"), "apt-get install dbus"
    with session_bus(tmp_path / "bus") as variables:
        address = variables["DBUS_SESSION_BUS_ADDRESS"]
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        yield address
