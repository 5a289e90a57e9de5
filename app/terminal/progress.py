"""How far a recording has been sent, on standard error."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Final

_WIDTH: Final = 24
_STEP_S: Final = 0.1


class Progress:
    """A bar on a terminal; one line per recording elsewhere.

    Args:
        name: What is being sent.
        seconds: How long it lasts.
    """

    def __init__(self, name: str, seconds: float) -> None:
        self._name = name
        self._seconds = seconds
        self._drawn = -1.0
        # A bar must not be drawn over captions that share the terminal's line.
        self._is_bar = sys.stderr.isatty() and not sys.stdout.isatty()

    def __enter__(self) -> Progress:
        if not self._is_bar:
            print(f"Speaking {self._name} ({self._seconds:.1f} s)", file=sys.stderr, flush=True)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._is_bar:
            print(file=sys.stderr, flush=True)

    def update(self, seconds: float) -> None:
        """Show that ``seconds`` of the recording were sent."""
        if not self._is_bar or (seconds < self._seconds and seconds - self._drawn < _STEP_S):
            return
        self._drawn = seconds
        filled = round(_WIDTH * min(1.0, seconds / self._seconds)) if self._seconds else _WIDTH
        bar = "█" * filled + "░" * (_WIDTH - filled)
        print(
            f"\r{self._name} {bar} {seconds:.1f}/{self._seconds:.1f} s", end="", file=sys.stderr, flush=True
        )
