"""Setting, asking after and cancelling a timer."""

from __future__ import annotations

import math
from fractions import Fraction

from app.server.replies.durations import Span, find_duration, said
from app.server.replies.replier import Prompt
from app.server.replies.timers import LONGEST_SECONDS, Timer, TimerBook, TimerError
from app.server.replies.words import Words, find, has

_NOUNS = ("timer", "timers", "countdown", "count down", "alarm", "alarms", "stopwatch")
_CALLS = ("wake me", "remind me", "ring in", "ring me", "ring after", "alert me")
_SETTING = ("set", "start", "started", "sets")
_CANCELLING = (
    "forget",
    "cancel",
    "cancelled",
    "stop",
    "delete",
    "remove",
    "kill",
    "end",
    "clear",
    "abort",
    "turn off",
    "switch off",
)
_ASKING = (
    "left",
    "remaining",
    "remains",
    "running",
    "to go",
    "status",
    "list",
    "how long",
    "how much",
)
_OWNING = ("is there", "are there", "do i have", "have i", "what timers", "which timers", "my timers", "when")
_TOLD = 5
_EXAMPLE = "Say for example: timer for ten minutes."


class Countdown:
    """Timers: set, several at once, how long is left, cancelled.

    Args:
        timers: Where they run.
    """

    def __init__(self, timers: TimerBook) -> None:
        self._timers = timers

    def answer(self, prompt: Prompt, words: Words) -> str | None:
        """Answer what is about a timer."""
        span = find_duration(words)
        if has(words, *_NOUNS):
            return self._named(prompt, words, span)
        if _asks_time_left(words):
            return self._left(prompt)
        if span is not None and (has(words, *_CALLS) or _sets(words, span)):
            return self._start(prompt, words, span)
        return None

    def _named(self, prompt: Prompt, words: Words, span: Span | None) -> str:
        """Answer words in which a timer is named."""
        if has(words, "do not", "never"):
            return "All right. I leave the timers as they are."
        if has(words, *_CANCELLING):
            return self._cancel(prompt, words, span)
        if span is None and has(words, "timers"):
            return self._left(prompt)
        if has(words, *_ASKING, *_OWNING) and (span is None or not has(words, *_SETTING)):
            return self._left(prompt)
        return self._start(prompt, words, span)

    def _start(self, prompt: Prompt, words: Words, span: Span | None) -> str:
        if span is None:
            return f"For how long? I can ring after a while, not at a time of day. {_EXAMPLE}"
        try:
            timer = self._timers.start(prompt.character_id, prompt.player_id, _whole(span))
        except TimerError as refusal:
            return str(refusal)
        done = f"I have set a timer for {said(round(timer.seconds))}."
        return f"{done} It only rings, it keeps no words." if has(words, "remind me") else done

    def _left(self, prompt: Prompt) -> str:
        running = self._timers.remaining(prompt.character_id, prompt.player_id)
        if not running:
            return "No timer is running."
        if len(running) == 1:
            return f"Your {running[0][0].name} timer has {_rough(running[0][1])} left."
        told = [f"The {timer.name} timer has {_rough(left)} left." for timer, left in running[:_TOLD]]
        more = [f"And there are {len(running) - _TOLD} more."] if len(running) > _TOLD else []
        return " ".join([f"You have {len(running)} timers running.", *told, *more])

    def _cancel(self, prompt: Prompt, words: Words, span: Span | None) -> str:
        running = [timer for timer, _ in self._timers.remaining(prompt.character_id, prompt.player_id)]
        if not running:
            return "No timer is running."
        chosen = _chosen(running, words, span)
        if chosen is None and span is not None:
            return f"You have no {said(_whole(span), counted=True)} timer. {_names(running)}"
        if not chosen:
            return f"Which one? {_names(running)} Say its length, or cancel all timers."
        self._timers.cancel(prompt.character_id, prompt.player_id, *chosen)
        if len(chosen) == 1:
            return f"I have cancelled the {chosen[0].name} timer."
        return f"I have cancelled all {len(chosen)} timers."


def _asks_time_left(words: Words) -> bool:
    left = has(words, "left", "remaining", "to go", "remains") and not has(words, "until", "till", "before")
    return left and has(words, "how long", "time", "how much", "how many minutes", "how many seconds")


def _sets(words: Words, span: Span) -> bool:
    """Tell whether a timer is set without the word: ``set ten minutes``, ``time for ten minutes``."""
    before = words[: span.start]
    if has(before, *_SETTING):
        return find(words, "in", span.end) < 0 and find(words, "to", span.end) < 0
    return before[-2:] in {("time", "for"), ("time", "four"), ("time", "of")}


def _chosen(running: list[Timer], words: Words, span: Span | None) -> list[Timer] | None:
    """Pick what is to be cancelled: empty if unclear, None if the one named is not there."""
    if has(words, "all", "every", "everything", "both", "timers"):
        return running
    if span is not None:
        return [timer for timer in running if round(timer.seconds) == _whole(span)][:1] or None
    return running if len(running) == 1 else []


def _whole(span: Span) -> int:
    """Return the seconds of ``span`` in whole ones, capped well above the longest timer."""
    return round(min(span.seconds, Fraction(10 * LONGEST_SECONDS)))


def _names(running: list[Timer]) -> str:
    names = [f"the {timer.name} timer" for timer in running[:_TOLD]]
    if len(running) > _TOLD:
        names.append(f"{len(running) - _TOLD} more")
    return f"There is {names[0] if len(names) == 1 else ', '.join(names[:-1]) + ' and ' + names[-1]}."


def _rough(seconds: float) -> str:
    """Say what is left, to the second below ten minutes and to the minute above."""
    whole = math.ceil(seconds)
    return said(whole if whole < 600 else 60 * round(whole / 60))
