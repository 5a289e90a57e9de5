"""A screen made of software: an X server with a window manager, for real keys, mouse and pictures.

Imports nothing of Heron and no test library, so that benchmarks use the same screen.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

_PACKAGES: Final = "xvfb openbox xdotool wmctrl imagemagick x11-utils"
_DEADLINE_S: Final = 60.0
"""Seconds a part may take to start; the first start on a machine builds the cache of its fonts."""


class ScreenError(Exception):
    """The virtual screen cannot be started or used."""


class Screen:
    """Xvfb with openbox. A context manager.

    Args:
        size: Width and height in pixels.
        repeat_ms: After how long a held key repeats, and how often then; the server's own ways without it.

    Attributes:
        env: Variables that lead X clients, and Qt, to this screen and to no other.
    """

    def __init__(
        self, size: tuple[int, int] = (1280, 900), *, repeat_ms: tuple[int, int] | None = None
    ) -> None:
        self._size = size
        self._repeat_ms = repeat_ms
        self._server: subprocess.Popen[bytes] | None = None
        self._manager: subprocess.Popen[bytes] | None = None
        self.env: dict[str, str] = {}

    def __enter__(self) -> Self:
        for tool in ("Xvfb", "openbox", "xdotool", "wmctrl", "import"):
            if shutil.which(tool) is None:
                raise ScreenError(f"{tool} is missing. Install it: apt-get install {_PACKAGES}")
        reader, writer = os.pipe()
        width, height = self._size
        # noreset: whenever its last client leaves, a server begins anew and throws out who is just coming.
        options = ["-screen", "0", f"{width}x{height}x24", "-nolisten", "tcp", "-noreset"]
        if self._repeat_ms is not None:
            delay, interval = map(str, self._repeat_ms)
            options += ["-ardelay", delay, "-arinterval", interval]
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", str(writer), *options],
            pass_fds=[writer],
            stderr=subprocess.DEVNULL,
        )
        os.close(writer)
        with os.fdopen(reader) as numbers:
            number = numbers.readline().strip()
        if not number:
            raise ScreenError("Xvfb did not start")
        self.env = {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb", "WAYLAND_DISPLAY": ""}
        self._manager = subprocess.Popen(
            ["openbox"], env={**os.environ, **self.env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            self._await_manager()
        except BaseException:
            self._stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stop()

    def do(self, *command: str) -> str:
        """Run an X program such as ``xdotool`` on this screen and return what it prints."""
        done = subprocess.run(
            command, env={**os.environ, **self.env}, check=True, capture_output=True, text=True, timeout=30
        )
        return done.stdout

    def focus(self, title: str) -> None:
        """Wait for the window with this title and give it the keyboard."""
        found = self.do("xdotool", "search", "--sync", "--onlyvisible", "--name", f"^{title}$").split()
        self.do("xdotool", "windowactivate", "--sync", found[0])

    def close_window(self, title: str) -> None:
        """Close a window as its close button does."""
        self.do("wmctrl", "-F", "-c", title)

    def picture(self, path: Path) -> Path:
        """Write a picture of the whole screen (PNG) and return its path."""
        self.do("import", "-window", "root", str(path))
        return path

    def _stop(self) -> None:
        for process in (self._manager, self._server):
            if process is not None:
                process.terminate()
                process.wait(_DEADLINE_S)

    def _await_manager(self) -> None:
        deadline = time.monotonic() + _DEADLINE_S
        while "_NET_SUPPORTING_WM_CHECK(WINDOW)" not in self.do("xprop", "-root", "_NET_SUPPORTING_WM_CHECK"):
            if time.monotonic() > deadline:
                raise ScreenError("openbox did not start")
            time.sleep(0.02)
