"""Where a character's voice goes: a speaker, or a file that takes it as a speaker would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class SampleSink(Protocol):
    """Takes PCM16LE mono at `rate` and plays it in order.

    It belongs to one event loop: its methods are called there, and it calls back there.
    """

    volume: float
    """Loudness in 0..1."""

    async def start(
        self,
        on_played: Callable[[int], None] | None = None,
        *,
        on_frame: Callable[[bytes], None] | None = None,
        on_lost: Callable[[str], None] | None = None,
    ) -> None:
        """Open the sink; it stays open and silent until something is written.

        Args:
            on_played: Gets `played_samples` each time it has grown.
            on_frame: Gets each frame of 20 ms as it has been heard, and one of silence after the last.
            on_lost: Gets one sentence, once, if the sink ends by itself.

        Raises:
            AudioError: The sink is missing or does not open.
        """

    def write(self, pcm: bytes) -> None:
        """Append audio; an odd byte at the end waits for the next call. Returns at once.

        What is written while the sink is not open is dropped.
        """

    def clear(self) -> None:
        """Drop what waits, with a fade of 5 ms."""

    async def stop(self) -> None:
        """Close the sink and drop what waits. No callback follows. May be called when it is not open."""

    @property
    def is_open(self) -> bool:
        """Whether audio is taken."""

    @property
    def rate(self) -> int:
        """Sample rate in Hz of what is written."""

    @property
    def played_samples(self) -> int:
        """Samples that have been heard since `start`: what was handed to the device, less its latency.

        Silence between messages and what `clear` dropped are not counted.
        """

    @property
    def queued_samples(self) -> int:
        """Samples that were written and not yet handed to the device."""
