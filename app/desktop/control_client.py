"""Sends a command to the Heron that runs. Quick: a foot pedal waits for it."""

from __future__ import annotations

import os
import socket
import time
from pathlib import Path
from typing import Final

from app.desktop.control_address import ControlAddress, address_file, read_address
from app.desktop.control_message import LONGEST, LONGEST_TOKEN, Answer, Malformed, Request, answer_in

PATIENCE_S: Final = 5.0
"""Seconds that Heron may take to answer; at its start it answers once its window can be seen."""

_TOKENS: Final = ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID")
"""Variables in which a desktop gives what it starts the right to the keyboard: Wayland, X11."""


def ask(command: str, file: Path | None = None) -> Answer | None:
    """Send a command and return the answer; None when no Heron runs. Blocks for at most `PATIENCE_S`.

    Args:
        command: One of `COMMANDS`.
        file: Where the address stands; None for the data folder's.
    """
    address = read_address(address_file() if file is None else file)
    if address is None:
        return None
    deadline = time.monotonic() + PATIENCE_S
    try:
        with _connected(address) as link:
            link.sendall(Request(command, address.secret, _token()).encoded())
            return answer_in(_line_from(link, deadline))
    except (FileNotFoundError, ConnectionRefusedError):
        return None  # left behind by one that has crashed
    except TimeoutError:
        return Answer(False, "Heron does not answer. If it has hung, end it and start it again.")
    except (OSError, Malformed):
        return Answer(False, "Heron ended before it answered, or something else listens in its place.")


def _token() -> str:
    found = (os.environ.get(name, "") for name in _TOKENS)
    return next((token for token in found if 0 < len(token) <= LONGEST_TOKEN), "")


def _connected(address: ControlAddress) -> socket.socket:
    if not address.path:
        return socket.create_connection(("127.0.0.1", address.port), PATIENCE_S)
    link = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        link.settimeout(PATIENCE_S)
        link.connect(address.path)
    except BaseException:
        link.close()
        raise
    return link


def _line_from(link: socket.socket, deadline: float) -> bytes:
    """Return what comes up to the end of the line, of the connection, or of what a message may be."""
    line = b""
    while not line.endswith(b"\n") and len(line) <= LONGEST:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        link.settimeout(left)
        part = link.recv(LONGEST)
        if not part:
            break
        line += part
    return line
