"""Turning a person's words round, so that they can be said back to that person."""

from __future__ import annotations

import re

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PAIRS = {
    "i am": "you are",
    "i was": "you were",
    "am i": "are you",
    "was i": "were you",
    "you are": "I am",
    "you were": "I was",
}
_SINGLE = {
    "i": "you",
    "i'm": "you are",
    "i've": "you have",
    "i'll": "you will",
    "i'd": "you would",
    "im": "you are",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "we": "you",
    "we're": "you are",
    "we've": "you have",
    "we'll": "you will",
    "us": "you",
    "our": "your",
    "ours": "yours",
    "your": "my",
    "yours": "mine",
    "yourself": "myself",
    "you're": "I am",
    "you've": "I have",
    "you'll": "I will",
}


def turned(text: str) -> str:
    """Return ``text`` with first and second person exchanged: ``my bike`` becomes ``your bike``.

    All other words stay as the person said them.
    """
    words = list(_WORD.finditer(text))
    out, done, skip = [], 0, False
    for at, match in enumerate(words):
        if skip:
            skip = False
            continue
        end = match.end()
        following = words[at + 1] if at + 1 < len(words) else None
        pair = _plain(f"{match.group()} {following.group()}") if following is not None else ""
        if following is not None and pair in _PAIRS and text[end : following.start()].isspace():
            new, end, skip = _PAIRS[pair], following.end(), True
        elif _plain(match.group()) == "you":
            new = "I" if at == 0 else "me"
        else:
            new = _SINGLE.get(_plain(match.group()), match.group())
        out += [text[done : match.start()], new]
        done = end
    return "".join([*out, text[done:]])


def _plain(text: str) -> str:
    return text.lower().replace("’", "'")
