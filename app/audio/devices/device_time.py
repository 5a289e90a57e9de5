"""When a block will be heard: from the times the sound system gives to this process's clock."""

from __future__ import annotations

from typing import Any, Final

FORGET_S: Final = 1e-5
"""Seconds by which the two clocks may drift apart in one block: 1 ms per second, far more than they do."""


LONGEST_S: Final = 2.0
"""Seconds that no speaker takes, not even by radio: what is longer is a slip of the sound system, as after a
device ran dry, and would keep all that follows from being heard."""


class DeviceTime:
    """Tells at which ``time.monotonic()`` a block leaves the speaker.

    A block is asked for at a time of the sound system's clock, but Python gets to it only when other threads
    let it. The shortest such wait is taken for the distance between the clocks, so that a busy thread
    does not move what is heard.

    Args:
        usual_latency_s: Seconds from call to speaker, for sound systems that do not tell.
    """

    def __init__(self, usual_latency_s: float) -> None:
        self._usual_latency_s = usual_latency_s
        self._distance: float | None = None
        self.latency_s = usual_latency_s
        """Seconds from the call for the last block to its first sample being heard."""

    def heard_at(self, times: Any, now: float) -> float:
        """Return when the first sample of a block is heard.

        Args:
            times: PortAudio's times of the block, in seconds of its own clock.
            now: ``time.monotonic()`` in the block's callback.
        """
        called_at, heard_at = times.currentTime, times.outputBufferDacTime
        latency = heard_at - called_at
        self.latency_s = latency if 0 < latency <= LONGEST_S else self._usual_latency_s
        if called_at <= 0:
            return now + self.latency_s
        distance = now - called_at
        if self._distance is not None:
            distance = min(distance, self._distance + FORGET_S)
        self._distance = distance
        return float(called_at + distance + self.latency_s)
