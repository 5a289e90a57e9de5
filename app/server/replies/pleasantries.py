"""Greeting, thanks and goodbye."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.server.replies.replier import Prompt
from app.server.replies.words import Words, has, listed, vocabulary

_PLAIN = vocabulary("""
    a again all and are day dear for friend good great heron how is it lot much my nice oh ok okay so the
    there to today very well you your please hello hi hey that help
""")
_MOST_WORDS = 7


def _greeting(now: datetime) -> str:
    if now.hour < 5 or now.hour >= 22:
        return "Hello. What can I do for you?"
    part = "morning" if now.hour < 12 else "afternoon" if now.hour < 18 else "evening"
    return f"Good {part}. What can I do for you?"


_ANSWERS: tuple[tuple[tuple[str, ...], Callable[[datetime], str]], ...] = (
    (
        ("how are you", "how do you do", "how is it going", "are you well", "are you okay", "how you doing"),
        lambda _: "I am a program, so I have no moods. But everything works, thank you.",
    ),
    (
        ("thank you", "thanks", "thank", "cheers", "much appreciated"),
        lambda _: "You are welcome.",
    ),
    (("good night",), lambda _: "Good night."),
    (
        ("goodbye", "good bye", "bye", "see you", "see ya", "farewell"),
        lambda _: "Goodbye.",
    ),
    (
        ("hello", "hi", "hey", "good morning", "good afternoon", "good evening", "good day", "greetings"),
        _greeting,
    ),
)


class Pleasantries:
    """Answers a short courtesy that holds nothing else."""

    def answer(self, prompt: Prompt, words: Words, /) -> str | None:
        """Answer a greeting, thanks, a goodbye, or how it is."""
        if len(words) > _MOST_WORDS:
            return None
        for phrases, reply in _ANSWERS:
            for phrase in phrases:
                known = _PLAIN.union(listed(phrase))
                strange = sum(word not in known for word in words)
                if has(words, phrase) and strange < len(listed(phrase)) + 1:
                    return reply(prompt.now)
        return None
