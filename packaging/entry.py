"""Entry of the packaged application; the command line is that of ``python -m app``."""

from __future__ import annotations

import ctypes.util
import sys
from pathlib import Path

from app.__main__ import main


def _prefer_bundled_libraries() -> None:
    """Let ``ctypes.util.find_library`` look beside the application first.

    sounddevice asks it for PortAudio, and on Linux it knows only what the system has installed.
    """
    bundle = Path(__file__).parent
    find = ctypes.util.find_library

    def find_library(name: str) -> str | None:
        found = next(bundle.glob(f"lib{name}.so*"), None)
        return find(name) if found is None else str(found)

    ctypes.util.find_library = find_library


if __name__ == "__main__":
    if sys.platform == "linux":
        _prefer_bundled_libraries()
    sys.exit(main())
