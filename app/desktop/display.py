"""Is there a screen to open a window on? Asked without Qt, which ends the process when there is none."""

from __future__ import annotations

import os
import re
import socket
import sys
from pathlib import Path
from typing import Final

_SECONDS: Final = 1.0
_X11_PORT: Final = 6000
_HEADLESS_PLATFORMS: Final = ("offscreen", "minimal", "vnc", "linuxfb", "eglfs")


def missing_display() -> str | None:
    """Return a sentence why no window can be opened, or None when one can."""
    if sys.platform in {"win32", "darwin"}:
        return None
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(_HEADLESS_PLATFORMS):
        return None
    wayland = os.environ.get("WAYLAND_DISPLAY")
    if wayland and _answers_unix(Path(os.environ.get("XDG_RUNTIME_DIR", "")) / wayland):
        return None
    display = os.environ.get("DISPLAY")
    if display:
        return None if x11_answers(display) else f"The display {display} does not answer."
    if wayland:
        return f"The Wayland display {wayland} does not answer."
    return "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)."


def x11_answers(display: str) -> bool:
    """Return whether an X server can be reached under this name, as in DISPLAY."""
    match = re.fullmatch(r"(?:\w+/)?([^:]*):(\d+)(?:\.\d+)?", display)
    if match is None:
        return Path(display).exists()
    host, number = match[1], int(match[2])
    if host in {"", "unix"}:
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
        return _answers_unix(Path(path)) or _answers_unix("\0" + path)
    try:
        with socket.create_connection((host, _X11_PORT + number), timeout=_SECONDS):
            return True
    except OSError:
        return False


def _answers_unix(path: Path | str) -> bool:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as probe:
        probe.settimeout(_SECONDS)
        try:
            probe.connect(str(path))
        except OSError:
            return False
        return True
