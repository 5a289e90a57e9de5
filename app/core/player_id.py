"""Who the person is to a server: an id made once and kept, so that a character remembers them."""

from __future__ import annotations

import uuid

from app.core import paths


def player_id() -> str:
    """Return this installation's player id, making it at the first call."""
    file = paths.home() / "player-id"
    try:
        kept = file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        kept = ""
    if kept:
        return kept
    made = f"heron-{uuid.uuid4().hex}"
    try:
        file.write_text(made + "\n", encoding="utf-8")
    except OSError:
        return made  # a read-only home: the character forgets, the conversation works
    return made
