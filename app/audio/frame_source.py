"""Where captured frames come from: a microphone, or a recording played as if it were one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from app.audio.devices.device_news import DeviceNews
from app.audio.frame import Frame


class FrameSource(Protocol):
    """A source of audio in frames of 20 ms (PCM16LE mono, the layout of a ``QAudioSource`` with Int16).

    Its methods belong to one event loop.
    """

    async def start(
        self, on_frame: Callable[[Frame], None], on_news: Callable[[DeviceNews], None] | None = None
    ) -> None:
        """Open the source and let frames flow.

        Args:
            on_frame: Gets one frame after the other, in order, in a thread of the source's choice (the event
                loop's may be one): it must only hand the frame over.
            on_news: Gets what becomes of the device, on the event loop. `is_open` is False between a
                `DeviceLost` and the `DeviceFound` that may follow; only `stop` ends the source.

        Raises:
            AudioError: The source is missing or does not open.
        """

    async def stop(self) -> None:
        """Close the source. No callback follows. May be called when it is not open."""

    @property
    def is_open(self) -> bool:
        """Whether frames flow."""

    @property
    def is_ready(self) -> bool:
        """Whether what flows is sound: a Bluetooth device delivers nothing but zeros at first."""

    @property
    def rate(self) -> int:
        """Sample rate in Hz of the frames; what a `Frame` says of itself counts after a change of device."""

    @property
    def detects_speech(self) -> bool:
        """Whether the frames say if somebody speaks in them."""
