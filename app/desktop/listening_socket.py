"""The socket on which a running Heron hears commands: of this user only, on this machine only.

A Unix socket in a folder that nobody else may enter. Windows has none that asyncio can serve: there it is a
TCP port of the loopback, which every user can reach, so that the secret in the address decides alone. A named
pipe would need code that no other system runs, nor its tests.
"""

from __future__ import annotations

import os
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from app.desktop.control_address import ControlAddress

_LONGEST_PATH: Final = 103
"""Bytes of a Unix socket's path: macOS takes 103, Linux 107."""

_NAME: Final = "control"
_WAITING: Final = 32
"""Clients that may wait to be let in."""


def listening_socket(home: Path) -> tuple[socket.socket, ControlAddress]:
    """Return a socket that listens, and its address.

    Args:
        home: Heron's data folder.

    Raises:
        OSError: There can be none here.
    """
    if sys.platform == "win32":
        return on_loopback()
    return on_unix(_folders(home))


def on_unix(folders: Iterable[Path]) -> tuple[socket.socket, ControlAddress]:
    """Return a Unix socket in a new private folder within the first of ``folders`` that can be used.

    Raises:
        OSError: None can.
    """
    problem: OSError | None = None
    for folder in folders:
        private = folder / f"heron-{os.urandom(4).hex()}"
        try:
            private.mkdir(mode=0o700)  # fails where there is one: nobody can have put it there for us
        except OSError as error:
            problem = error
            continue
        try:
            return _bound(private / _NAME)
        except OSError as error:
            problem = error
            private.rmdir()
    raise problem or OSError("no folder for a socket")


def on_loopback() -> tuple[socket.socket, ControlAddress]:
    """Return a TCP socket that only this machine reaches.

    Raises:
        OSError: There can be none.
    """
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":  # else another user's program may bind the same port beside us
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        listening.bind(("127.0.0.1", 0))
        _listen(listening)
        return listening, ControlAddress(os.urandom(32).hex(), port=listening.getsockname()[1])
    except BaseException:
        listening.close()
        raise


def _bound(path: Path) -> tuple[socket.socket, ControlAddress]:
    if len(os.fsencode(path)) > _LONGEST_PATH:
        raise OSError(f"{path} is too long for a socket")
    listening = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        listening.bind(str(path))
        path.chmod(0o600)
        _listen(listening)
    except BaseException:
        listening.close()
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise
    return listening, ControlAddress(os.urandom(32).hex(), path=str(path))


def _listen(listening: socket.socket) -> None:
    listening.listen(_WAITING)
    listening.setblocking(False)


def _folders(home: Path) -> Iterator[Path]:
    yield from _runtime_folder()
    yield home
    # Where the path to both is too long for a socket.
    import tempfile

    yield Path(tempfile.gettempdir())


def _runtime_folder() -> list[Path]:
    """Return the session's own folder for such things, if it is what it should be."""
    named = os.environ.get("XDG_RUNTIME_DIR", "")
    if not Path(named).is_absolute():
        return []
    with suppress(OSError):
        found = Path(named).stat()
        if found.st_uid == os.getuid() and found.st_mode & 0o077 == 0:
            return [Path(named)]
    return []
