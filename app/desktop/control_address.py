"""Where a running Heron listens to commands: a small file in its data folder, private to its user.

Read by every ``heron press``, so nothing is imported here that takes long.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from app.core import paths

FILE_NAME: Final = "instance.json"


class ControlAddress(NamedTuple):
    """Where to connect to, and what only this user can know.

    Attributes:
        secret: What every request brings along. Whoever can read the file is the same user.
        path: The Unix socket; empty where there is none.
        port: The TCP port on this machine's loopback; 0 where there is a Unix socket.
    """

    secret: str
    path: str = ""
    port: int = 0


def address_file() -> Path:
    """Return the file in which the address stands while Heron runs."""
    return paths.home() / FILE_NAME


def read_address(file: Path) -> ControlAddress | None:
    """Return the address of the Heron that runs, or of one that has crashed; None for nothing of use."""
    try:
        said = json.loads(file.read_bytes())
        secret, path, port = said["secret"], said["path"], said["port"]
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        return None
    is_sound = isinstance(secret, str) and isinstance(path, str) and type(port) is int and 0 <= port < 65536
    return ControlAddress(secret, path, port) if is_sound else None


def write_address(file: Path, address: ControlAddress) -> None:
    """Write the address, private to its user (0600): whole, or not at all.

    Raises:
        OSError: It cannot be written.
    """
    said: dict[str, Any] = address._asdict()
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with open(opened, "w", encoding="utf-8") as stream:  # noqa: PTH123 - a descriptor has no path
            json.dump(said, stream)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def forget_address(file: Path) -> None:
    """Take the file away, and what stands on the disk of the socket it names."""
    address = read_address(file)
    if address is not None and address.path:
        socket = Path(address.path)
        with suppress(OSError):
            socket.unlink(missing_ok=True)
        with suppress(OSError):
            socket.parent.rmdir()  # made for the socket alone: a folder with anything else in it stays
    with suppress(OSError):
        file.unlink(missing_ok=True)
