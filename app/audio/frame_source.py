"""Where captured frames come from: a microphone, or a recording played as if it were one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class FrameSource(Protocol):
    """A source of audio in frames of 20 ms (PCM16LE mono, the layout of a ``QAudioSource`` with Int16).

    It belongs to one event loop: its methods are called there, and it calls back there.
    """

    async def start(self, on_frame: Callable[[bytes], None], on_lost: Callable[[str], None]) -> None:
        """Open the source and let frames flow.

        Args:
            on_frame: Gets one frame after the other, in order, on the event loop.
            on_lost: Gets one sentence, once, if the source ends by itself. `is_open` is False by then;
                `stop` may still be called.

        Raises:
            AudioError: The source is missing or does not open.
        """

    async def stop(self) -> None:
        """Close the source. No callback follows. May be called when it is not open."""

    @property
    def is_open(self) -> bool:
        """Whether frames flow."""

    @property
    def rate(self) -> int:
        """Sample rate in Hz of the frames."""
