"""From the written reply to what is said: whole sentences, without symbols that no one would say."""

from __future__ import annotations

import re
from typing import Final

_SENTENCE_END: Final = re.compile(r"(?<=[.!?…])[\"')\]]*\s+|\n+")
_LONGEST: Final = 300
"""Characters after which a sentence that does not end is spoken up to its last pause."""

_REPLACEMENTS: Final = (
    (re.compile(r"```.*?```", re.DOTALL), " "),
    (re.compile(r"!?\[([^\]]*)\]\([^)]*\)"), r"\1"),
    (re.compile(r"https?://(?:www\.)?([^\s/]+)\S*"), r"\1"),
    (re.compile(r"(?m)^\s*(?:[-*+•]|#{1,6}|>)\s+"), ""),
    (re.compile(r"[*_`~|#]+"), " "),
    (re.compile(r"[\U0001F000-\U0001FAFF\u2600-\u27BF\uFE0F\u200D]+"), " "),
)


def speakable(text: str) -> str:
    """Return ``text`` as a person would say it: no markdown, no addresses in full, no emoji."""
    for pattern, replacement in _REPLACEMENTS:
        text = pattern.sub(replacement, text)
    return " ".join(text.split())


class SentenceSplitter:
    """Cuts a reply into sentences while it is still being written."""

    def __init__(self) -> None:
        self._rest = ""

    def push(self, piece: str) -> list[str]:
        """Take the next piece and return the sentences that are complete now."""
        self._rest += piece
        sentences: list[str] = []
        while (cut := self._cut()) is not None:
            sentences.append(self._rest[:cut].strip())
            self._rest = self._rest[cut:]
        return [sentence for sentence in sentences if sentence]

    def flush(self) -> list[str]:
        """Return what is left when the reply has ended."""
        rest, self._rest = self._rest.strip(), ""
        return [rest] if rest else []

    def _cut(self) -> int | None:
        if match := _SENTENCE_END.search(self._rest):
            return match.end()
        if len(self._rest) <= _LONGEST:
            return None
        pause = max(self._rest.rfind(mark, 0, _LONGEST) for mark in (", ", "; ", ": "))
        return (pause if pause > 0 else self._rest.rfind(" ", 0, _LONGEST)) + 1 or _LONGEST
