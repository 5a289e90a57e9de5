"""Who the character is and what it can do."""

from __future__ import annotations

import re
from typing import Final

from app.server.characters.character import Character
from app.server.replies.replier import Prompt
from app.server.replies.words import Words, has, vocabulary, words_of

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
    "human robot real person machine computer program ai alive bot intelligent people man woman"
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
_LONGEST: Final = 400
"""Characters that are said of each part of a persona: half a minute of speech."""

_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])\s+")


class Identity:
    """Says who it is in the words of its persona, and plainly what: a program, without a language model."""

    def answer(self, prompt: Prompt, words: Words, /) -> str | None:
        """Answer a question for the character itself or for what it can do."""
        if has(words, *_HELP) or words in {("help",), ("help", "me"), ("please", "help"), ("help", "please")}:
            return (
                f"I can {SKILLS}. Ask for example: how many miles are ten kilometers? "
                "Or say: set a timer for ten minutes."
            )
        doing = has(words, "what are you doing")
        names = _KINDS.union(words_of(prompt.character.name))
        asked_kind = has(words, "are you") and bool(names.intersection(words))
        if (has(words, *_WHO) and not doing) or asked_kind:
            return (
                f"{_introduction(prompt.character)} I am a program on this computer, "
                f"without a language model. I can {SKILLS}."
            )
        return None


def _introduction(character: Character) -> str:
    """Return who a character is, in whole sentences."""
    persona = (character.tagline, character.personality, character.background)
    told = [_sentences(each) for each in persona if each]
    if not told:
        return f"I am {character.name}, a small built-in character."
    return " ".join([f"I am {character.name}.", *told])


def _sentences(text: str) -> str:
    """Return as many whole sentences of a text as are bearable to listen to."""
    plain = " ".join(text.split())
    told = ""
    for sentence in _SENTENCE_END.split(plain):
        if told and len(told) + len(sentence) >= _LONGEST:
            break
        told = f"{told} {sentence}".strip()
    if len(told) > _LONGEST:
        told = told[:_LONGEST].rpartition(" ")[0] + "…"
    return told if told.endswith((".", "!", "?", "…")) else f"{told}."
