"""The command that starts Heron itself, from its source as well as packaged."""

from __future__ import annotations

import sys


def own_command(*arguments: str) -> list[str]:
    """Return the command line that runs this Heron with ``arguments``: the packaged app re-enters itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, *arguments]
    # -P: a folder named "app" where the person stands must not be taken for ours.
    return [sys.executable, "-P", "-m", "app", *arguments]
