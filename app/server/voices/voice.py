"""What every text-to-speech engine looks like to the server."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

SLOWEST: Final = 0.5
FASTEST: Final = 2.0
"""Bounds of `Manner.speed`: outside of them nobody follows."""


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """A voice that an engine offers.

    Attributes:
        id: Names it to the engine: ``en-us+f3``.
        name: Names it to a person: ``English (America), female 3``.
        language: Whose sounds it makes, as a BCP 47 tag in lower case: ``en-us``.
    """

    id: str
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Manner:
    """How a character speaks.

    Attributes:
        voice: Which of the engine's voices it has; None for the engine's own choice.
        speed: How fast it speaks, `SLOWEST` to `FASTEST`; 1 is the engine's usual pace.
        is_mute: Whether it has no voice at all, and only writes.
    """

    voice: str | None = None
    speed: float = 1.0
    is_mute: bool = False


class Voice(Protocol):
    """Turns sentences into audio. Called from one worker thread, never from the event loop."""

    @property
    def rate(self) -> int:
        """Sample rate in Hz of the audio that `speak` yields."""
        ...

    def choices(self) -> Sequence[VoiceChoice]:
        """Return the voices that `speak` can be asked for, the most fitting first."""
        ...

    def speak(self, sentence: str, manner: Manner = ...) -> Iterator[bytes]:
        """Yield PCM16LE mono audio of ``sentence`` in order, as it is made.

        A voice that there is not is replaced by the engine's own choice.
        """
        ...
