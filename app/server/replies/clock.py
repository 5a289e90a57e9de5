"""The time of day."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.server.replies.durations import find_duration
from app.server.replies.replier import Prompt
from app.server.replies.words import Words, has, vocabulary

_PLAIN = vocabulary("""
    what which is it the time a now please tell me do you have can could right current currently here
    hey hi hello heron know got give us exactly say just again that let of was so okay we be will would
""")
_ASKING = ("what time is it", "what is the time", "what the time is", "what time it is", "the time is it")
_LONGEST = timedelta(days=7)


class Clock:
    """Tells what time it is, and what time it will be or was some hours away."""

    def answer(self, prompt: Prompt, words: Words, /) -> str | None:
        """Answer a question for the time here; of any other place it says that it does not know."""
        if not has(words, "time"):
            return None
        away = _away(words)
        if away is not None:
            verb = "it will be" if away > timedelta() else "it was"
            return f"Then {verb} {said(prompt.now + away)}."
        strange = [word for word in words if word not in _PLAIN]
        if not strange:
            return f"It is {said(prompt.now)}."
        if not has(words, *_ASKING):
            return None
        if has(words, "time is it in", "the time in", "time it is in"):
            return f"I only know the time here. It is {said(prompt.now)}."
        return f"It is {said(prompt.now)}." if len(strange) == 1 else None


def said(moment: datetime) -> str:
    """Say the time of day: ``14:05``."""
    return f"{moment.hour}:{moment.minute:02}"


def _away(words: Words) -> timedelta | None:
    """Read how far away the asked time is: ``what time will it be in two hours``, ``... an hour ago``."""
    span = find_duration(words)
    if span is None or span.seconds > _LONGEST.total_seconds():
        return None
    back = words[span.end : span.end + 1] == ("ago",)
    ahead = span.start > 0 and words[span.start - 1] in {"in", "after"}
    rest = words[: span.start - (ahead and not back)] + words[span.end + back :]
    if not (back or ahead) or set(rest) - _PLAIN or "time" not in rest:
        return None
    return timedelta(seconds=float(span.seconds) * (-1 if back else 1))
