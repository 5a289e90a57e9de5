"""The far end: what the loudspeaker plays, on its way to whoever takes its echo out of the microphone."""

from __future__ import annotations

from collections.abc import Callable


class FarEnd:
    """Carries what is really played from a speaker to a listener, in the speaker's thread.

    A speaker says what it hands to the device, after volume, ducking and fades; nothing is stored here.
    """

    def __init__(self) -> None:
        self._listener: Callable[[bytes, int], None] | None = None
        self.on_listening: Callable[[], None] | None = None
        """Called by `listen` when somebody begins to listen: the speaker must play then, be it silence."""

    @property
    def is_listened_to(self) -> bool:
        """Whether there is a listener."""
        return self._listener is not None

    def listen(self, listener: Callable[[bytes, int], None] | None) -> None:
        """Give every block from now on to ``listener``, with its sample rate in Hz; None ends that.

        The listener is called in the sound system's thread and must only hand the block over.
        """
        self._listener = listener
        if listener is not None and self.on_listening is not None:
            self.on_listening()

    def played(self, pcm: bytes, rate: int) -> None:
        """Take a block of PCM16LE mono that was just handed to the device."""
        listener = self._listener
        if listener is not None:
            listener(pcm, rate)
