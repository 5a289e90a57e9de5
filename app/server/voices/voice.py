"""What every text-to-speech engine looks like to the server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol


class Voice(Protocol):
    """Turns sentences into audio. Called from one worker thread, never from the event loop."""

    @property
    def rate(self) -> int:
        """Sample rate in Hz of the audio that `speak` yields."""
        ...

    def speak(self, sentence: str) -> Iterator[bytes]:
        """Yield PCM16LE mono audio of ``sentence`` in order, as it is made."""
        ...
