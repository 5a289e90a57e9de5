"""What every speech recognition engine looks like to the server."""

from __future__ import annotations

from typing import Protocol


class Recognizer(Protocol):
    """Turns the audio of one utterance at a time into words.

    Called from one thread at a time, never from the event loop: every call may compute.
    """

    @property
    def rate(self) -> int:
        """Sample rate in Hz of the PCM16LE mono audio that `feed` takes."""
        ...

    @property
    def is_murmur(self) -> bool:
        """Whether all of the utterance so far may be a listener's murmur ("mhm"), whatever its words."""
        ...

    def begin(self) -> None:
        """Start an utterance; one that was open is thrown away."""
        ...

    def feed(self, pcm: bytes) -> str:
        """Take the next piece of the utterance and return the words heard so far (they may still change)."""
        ...

    def pause(self) -> None:
        """Know that the person has just fallen silent: time for what need not wait for the end."""
        ...

    def finish(self) -> str:
        """End the utterance and return its words: lower case, no digits, no punctuation; maybe empty."""
        ...

    def forget(self) -> None:
        """Drop what was adapted to the last speaker, before another one uses the engine."""
        ...
