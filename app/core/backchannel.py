"""Backchannels: what a listener says to go on listening. They take no turn and interrupt nobody.

The words are those of English conversation analysis (V. Yngve, "On getting a word in edgewise", 1970;
A. Stolcke et al., "Dialogue act modeling", 2000, table of backchannels), as speech recognition writes them.
"""

from __future__ import annotations

import re
from typing import Final

_WORDS: Final = frozenset(
    {
        *("ah", "aha", "ahh", "eh", "er", "erm", "oh", "ooh", "uh", "uhhuh", "uhm", "um", "wow"),
        *("hm", "hmm", "huh", "i'm", "mhm", "mhmm", "mm", "mmm", "mmhm"),
        *("alright", "ok", "okay", "right", "see", "sure", "yeah", "yep", "yes", "yup"),
    }
)
_PHRASES: Final = frozenset(
    {"i see", "all right", "of course", "got it", "oh i see", "i know", "that's right", "very well", "go on"}
)
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")


def is_backchannel(text: str) -> bool:
    """Return whether ``text`` consists of nothing but backchannels; True for no words at all."""
    words = _WORD.findall(text.casefold().replace("’", "'"))
    if all(word in _WORDS for word in words):
        return True
    return " ".join(words) in _PHRASES
