"""What a person can send us when something broke that nobody foresaw."""

from __future__ import annotations

import traceback
from pathlib import Path
from typing import Final

from app.conversation.diagnosis import versions
from app.core.redaction import redacted

LONGEST_MESSAGE: Final = 400
"""Characters of an error's own words that are kept: they may quote what was said or received."""

MOST_FRAMES: Final = 20
"""Latest calls that are kept."""

_ROOT: Final = Path(__file__).parents[2]


def error_report(error: BaseException) -> str:
    """Return where and how ``error`` happened, and the versions, without secrets, as lines of text.

    Values of variables are never in it.
    """
    lines = [f"{name}: {version}" for name, version in versions()]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines += ["", *_told(current)]
        current = current.__cause__ or (None if current.__suppress_context__ else current.__context__)
    return redacted("\n".join(lines))


def _told(error: BaseException) -> list[str]:
    message = " ".join(str(error).split())
    if len(message) > LONGEST_MESSAGE:
        message = message[:LONGEST_MESSAGE] + "…"
    frames = traceback.extract_tb(error.__traceback__)[-MOST_FRAMES:]
    calls = [f"  {_place(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    return [f"{type(error).__module__}.{type(error).__qualname__}: {message}", *calls]


def _place(file: str) -> str:
    """Return a file as it is called inside Heron, or inside the package it belongs to."""
    path = Path(file)
    if path.is_relative_to(_ROOT) and "site-packages" not in path.parts:
        return path.relative_to(_ROOT).as_posix()
    if "site-packages" in path.parts:
        return Path(*path.parts[path.parts.index("site-packages") + 1 :]).as_posix()
    return path.name
