from __future__ import annotations

import os
import socket
import stat
from pathlib import Path

import pytest

from app.desktop.control_address import ControlAddress
from app.desktop.listening_socket import listening_socket, on_loopback, on_unix


def reaches(address: ControlAddress) -> bool:
    if address.port:
        with socket.create_connection(("127.0.0.1", address.port), 5):
            return True
    with socket.socket(socket.AF_UNIX) as link:
        link.connect(address.path)
        return True


def test_a_unix_socket_is_in_a_folder_that_nobody_else_may_enter(tmp_path: Path) -> None:
    listening, address = on_unix([tmp_path])
    with listening:
        path = Path(address.path)
        assert path.parent.parent == tmp_path
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert address.port == 0
        assert len(address.secret) >= 32
        assert reaches(address)


def test_a_folder_that_cannot_be_used_is_passed_over(tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 120)
    deep.mkdir()
    listening, address = on_unix([tmp_path / "nowhere", deep, tmp_path])
    with listening:
        assert Path(address.path).parent.parent == tmp_path
    assert list(deep.iterdir()) == []


def test_without_a_folder_there_is_none(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        on_unix([tmp_path / "nowhere"])


def test_a_port_is_the_loopbacks_only() -> None:
    listening, address = on_loopback()
    with listening:
        assert listening.getsockname() == ("127.0.0.1", address.port)
        assert address.path == ""
        assert reaches(address)


@pytest.fixture
def runtime(monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a runtime folder that is short enough for a socket."""
    folder = Path(os.environ.get("TMPDIR", "/tmp")) / f"heron-test-{os.getpid()}"  # noqa: S108
    folder.mkdir(mode=0o700, exist_ok=True)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
    return folder


def test_the_sessions_own_folder_is_the_first_choice(runtime: Path, tmp_path: Path) -> None:
    listening, address = listening_socket(tmp_path)
    with listening:
        path = Path(address.path)
        assert path.parent.parent == runtime
    path.unlink()
    path.parent.rmdir()
    runtime.rmdir()


def test_a_runtime_folder_that_others_may_enter_is_not_used(runtime: Path, tmp_path: Path) -> None:
    runtime.chmod(0o755)
    listening, address = listening_socket(tmp_path)
    with listening:
        assert Path(address.path).parent.parent != runtime
    runtime.rmdir()


@pytest.mark.parametrize("named", ["", "relative", "/nowhere/at/all"])
def test_without_a_runtime_folder_it_is_in_the_data_folder(
    named: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", named)
    listening, address = listening_socket(tmp_path)
    with listening:
        path = Path(address.path)
        assert path.parent.parent == tmp_path
