"""Who the character is and what it can do."""

from __future__ import annotations

from app.server.replies.replier import Prompt
from app.server.replies.words import Words, has, vocabulary

SKILLS = "tell the time and the date, do sums, convert units, run timers and remember things for you"
"""What the character can do, as the end of a sentence."""

_WHO = (
    "who are you",
    "what are you",
    "your name",
    "about yourself",
    "who is this",
    "who am i talking to",
    "who am i speaking to",
    "introduce yourself",
    "who made you",
)
_KINDS = vocabulary(
    "human robot real person machine computer program ai alive bot intelligent people man woman heron"
)
_HELP = (
    "what can you do",
    "what you can do",
    "what do you do",
    "what can i ask",
    "what can i say",
    "what are you able",
    "how can you help",
    "what do you know how",
    "your abilities",
    "your skills",
    "commands",
)


class Identity:
    """Says who it is, plainly: small, built in, without a language model."""

    def answer(self, _prompt: Prompt, words: Words, /) -> str | None:
        """Answer a question for the character itself or for what it can do."""
        if has(words, *_HELP) or words in {("help",), ("help", "me"), ("please", "help"), ("help", "please")}:
            return (
                f"I can {SKILLS}. Ask for example: how many miles are ten kilometers? "
                "Or say: set a timer for ten minutes."
            )
        doing = has(words, "what are you doing")
        asked_kind = has(words, "are you") and bool(_KINDS.intersection(words))
        if (has(words, *_WHO) and not doing) or asked_kind:
            return (
                "I am Heron, a small built-in character. I am a program on this computer, "
                f"without a language model. I can {SKILLS}."
            )
        return None
