"""How loud the microphone is, and how long it still records, on standard error."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Final

from app.audio.capture.recording import SILENCE_DB, Level
from app.core.audio_format import FRAME_MS

_WIDTH: Final = 30
_STEP_FRAMES: Final = 5


class LevelBar:
    """A bar that moves with the voice, on a terminal; nothing elsewhere.

    Args:
        seconds: How long the recording lasts.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._frames = 0
        self._length = 0
        self._loudest = SILENCE_DB
        self._is_shown = sys.stderr.isatty()

    def __enter__(self) -> LevelBar:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._length:
            print(f"\r{' ' * self._length}\r", end="", file=sys.stderr, flush=True)

    def update(self, level: Level) -> None:
        """Show the level of the next frame, ten times a second: the loudest of those since the last time."""
        self._frames += 1
        self._loudest = max(self._loudest, level.rms_db)
        if not self._is_shown or self._frames % _STEP_FRAMES:
            return
        filled = round(_WIDTH * (1 - self._loudest / SILENCE_DB))
        bar = "█" * filled + "░" * (_WIDTH - filled)
        passed = self._frames * FRAME_MS / 1000
        line = f"{bar} {self._loudest:4.0f} dB  {passed:.1f}/{self._seconds:.1f} s"
        self._length = max(self._length, len(line))
        print(f"\r{line.ljust(self._length)}", end="", file=sys.stderr, flush=True)
        self._loudest = SILENCE_DB
