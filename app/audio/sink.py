"""Where a character's voice goes: a speaker, or a file that takes it as a speaker would."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.audio.devices.device_news import DeviceNews


class SampleSink(Protocol):
    """Takes PCM16LE mono at `rate` and plays it in order.

    It belongs to one event loop: its methods are called there, and it calls back there.
    """

    volume: float
    """Loudness in 0..1."""

    is_ducked: bool
    """Whether everything is played 20 dB softer than `volume` says. May be set from any thread."""

    async def start(
        self,
        on_played: Callable[[int], None] | None = None,
        *,
        on_frame: Callable[[bytes], None] | None = None,
        on_news: Callable[[DeviceNews], None] | None = None,
    ) -> None:
        """Open the sink; it stays open and silent until something is written.

        Args:
            on_played: Gets `played_samples` each time it has grown.
            on_frame: Gets each frame of 20 ms as it has been heard, and one of silence after the last.
            on_news: Gets what becomes of the device. What waits is kept over a `DeviceMoved` and dropped at
                a `DeviceLost`. `is_open` is False between that and the `DeviceFound` that may follow; only
                `stop` ends the sink.

        Raises:
            AudioError: The sink is missing or does not open.
        """

    def write(self, pcm: bytes) -> None:
        """Append audio; an odd byte at the end waits for the next call. Returns at once.

        What is written while the sink is not open is dropped.
        """

    def clear(self, after: int | None = None) -> None:
        """Drop what waits, with a fade of 5 ms.

        Args:
            after: Where what is dropped begins, counted as `written_samples` counts: what is played until
                then is played to its end, without a fade. None, or a past one, for everything.
        """

    def play_over(self, pcm: bytes) -> None:
        """Play a short sound at once, over what else is played. It is neither counted nor told of.

        It is as loud as `volume` says, ducked or not; `clear` does not stop it.
        """

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

    @property
    def written_samples(self) -> int:
        """Where the next write begins, in samples since `start`: what `clear` dropped is taken off again."""

    def left_at(self, sample: int) -> float | None:
        """Return the ``time.monotonic()`` at which a sample is heard; the first one is number 0.

        None when it has not been handed to the device, or some seconds after it was heard.
        """

    @property
    def latency_s(self) -> float:
        """Seconds between handing over a sample and hearing it, as last measured; 0.0 before the first."""
