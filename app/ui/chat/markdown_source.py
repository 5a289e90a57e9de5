"""A line's Markdown before it is parsed: whether it has any, and its line feeds."""

from __future__ import annotations

import re

_MARKS = re.compile(
    r"[*_`#~>|@\[\]\\&<]|https?://|www\.|^ *(?:[-+]|\d+[.)])\s|^ {4}|^\t|^[-=]+ *$", re.MULTILINE
)
"""What may mean something in Markdown; a text without any of it is quicker as plain text."""

_BLOCK = re.compile(r"\s*(?:[-+*]\s|\d+[.)]\s|>)| {0,3}(?:#{1,6}\s|[-=_*](?:\s*[-=_*])*\s*$)| {4}|\t")
"""A line that begins something of its own."""

_ENDED = re.compile(r" {0,3}(?:#{1,6}\s|>|[-=_*](?:\s*[-=_*])*\s*$)| {4}|\t")
"""A line whose paragraph ends with it."""

LINE_FEED = "\u2028"
"""Breaks a line within a paragraph."""

_FENCE = re.compile(r" {0,3}(```+|~~~+)")


def has_marks(text: str) -> bool:
    """Return whether anything in a text may mean something in Markdown."""
    return _MARKS.search(text) is not None


def with_breaks(text: str) -> str:
    """Return the text with the line feeds of its paragraphs kept: in Markdown they are only spaces."""
    if "\n" not in text:
        return text
    lines: list[str] = []
    fence = ""
    is_open = False  # the last line is of a paragraph that may go on
    for line in text.split("\n"):
        mark = _FENCE.match(line)
        if mark is not None and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        is_plain = not fence and mark is None and "|" not in line and bool(line.strip())
        if is_open and is_plain and not _BLOCK.match(line):
            lines[-1] += LINE_FEED + line.strip()
        else:
            lines.append(line.rstrip())
        is_open = is_plain and not _ENDED.match(line)
    return "\n".join(lines)
