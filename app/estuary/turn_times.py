"""When things happened in a turn, as the person heard them."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Final

KEPT_TURNS: Final = 200
"""Turns that are remembered."""


@dataclass(frozen=True, slots=True)
class TurnTimes:
    """One turn. Times are ``time.monotonic()`` in seconds; None for what did not happen.

    Attributes:
        speech_began: The first frame of the person's speech was captured.
        speech_ended: The last one was.
        final_caption: The recognised words came.
        first_text: The first words of the answer came.
        first_audio: The first sample of the answer left the speaker.
        barge_in_onset: The speech that interrupted the character began.
        ducked: The character's voice was soft at the speaker.
        silent: It had fallen silent there.
    """

    speech_began: float | None = None
    speech_ended: float | None = None
    final_caption: float | None = None
    first_text: float | None = None
    first_audio: float | None = None
    barge_in_onset: float | None = None
    ducked: float | None = None
    silent: float | None = None

    @property
    def answer_s(self) -> float | None:
        """Seconds from the end of speech to the first audio of the answer, None where either is missing."""
        return _between(self.speech_ended, self.first_audio)

    @property
    def caption_s(self) -> float | None:
        """Seconds from the end of speech to the final caption."""
        return _between(self.speech_ended, self.final_caption)

    @property
    def duck_s(self) -> float | None:
        """Seconds from the onset of a barge-in to the softer voice."""
        return _between(self.barge_in_onset, self.ducked)

    @property
    def stop_s(self) -> float | None:
        """Seconds from the onset of a barge-in to silence."""
        return _between(self.barge_in_onset, self.silent)


class TurnLog:
    """Collects the times of turns, one after the other.

    A turn ends with the first audio of its answer, or when the next one's words come.

    Args:
        on_turn: Gets each turn as it ends.
    """

    def __init__(self, on_turn: Callable[[TurnTimes], None]) -> None:
        self._on_turn = on_turn
        self._turn = TurnTimes()
        self._turns: deque[TurnTimes] = deque(maxlen=KEPT_TURNS)

    @property
    def turns(self) -> tuple[TurnTimes, ...]:
        """The turns that have ended, oldest first."""
        return tuple(self._turns)

    def spoke(self, at: float) -> None:
        """A frame with speech was captured."""
        if self._turn.final_caption is not None:
            return
        began = at if self._turn.speech_began is None else self._turn.speech_began
        self._turn = replace(self._turn, speech_began=began, speech_ended=at)

    def captioned(self, at: float, *, has_words: bool) -> None:
        """The final words of a turn came; without any, the turn is forgotten."""
        if self._turn.final_caption is not None:
            self._end()
        self._turn = replace(self._turn, final_caption=at) if has_words else TurnTimes()

    def answered(self, at: float) -> None:
        """Words of the answer came."""
        if self._turn.final_caption is not None and self._turn.first_text is None:
            self._turn = replace(self._turn, first_text=at)

    def heard(self, at: float) -> None:
        """The answer's first sample left the speaker."""
        if self._turn.final_caption is not None:
            self._turn = replace(self._turn, first_audio=at)
            self._end()

    def ducked(self, onset: float, at: float) -> None:
        """The character's voice became soft at ``at`` because of speech that began at ``onset``."""
        self._turn = replace(self._turn, barge_in_onset=onset, ducked=at, silent=None)

    def restored(self) -> None:
        """The voice came back: that was no barge-in."""
        self._turn = replace(self._turn, barge_in_onset=None, ducked=None)

    def silenced(self, at: float) -> None:
        """The character's voice fell silent because it was interrupted."""
        self._turn = replace(self._turn, silent=at)

    def _end(self) -> None:
        turn, self._turn = self._turn, TurnTimes()
        self._turns.append(turn)
        self._on_turn(turn)


def _between(start: float | None, end: float | None) -> float | None:
    return None if start is None or end is None else end - start
