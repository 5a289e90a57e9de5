"""A progress bar on standard error."""

from __future__ import annotations

import sys
from typing import Final

_WIDTH: Final = 30


def progress(name: str, done: int, total: int) -> None:
    """Show that ``done`` of ``total`` steps are done."""
    if not sys.stderr.isatty():
        print(f"{name}: {done}/{total}", file=sys.stderr, flush=True)
        return
    filled = _WIDTH * done // total
    end = "\n" if done == total else ""
    bar = "█" * filled + "░" * (_WIDTH - filled)
    print(f"\r{name} {bar} {done}/{total}", end=end, file=sys.stderr, flush=True)
