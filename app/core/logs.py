"""Log files: rotated, private, without secrets."""

from __future__ import annotations

import logging
import os
from logging.handlers import RotatingFileHandler
from typing import Final

from app.core import paths
from app.core.redaction import redacted

_LARGEST: Final = 1_000_000
_KEPT: Final = 3


LEVEL: Final = "HERON_LOG_LEVEL"
"""Environment variable that tells a child from which level on to log."""


def level_for_children() -> dict[str, str]:
    """Return the environment of a child that is to log from the same level on as this process does now."""
    return {LEVEL: logging.getLevelName(logging.getLogger().getEffectiveLevel())}


def told_level() -> int:
    """Return the level that this process's parent has told it; the usual one without."""
    return logging.getLevelNamesMapping().get(os.environ.get(LEVEL, ""), logging.INFO)


def log_to_file(name: str, level: int = logging.INFO) -> None:
    """Send this process's log to ``name`` in the log folder (1 MB, three older ones kept)."""
    handler = RotatingFileHandler(
        paths.logs() / name, maxBytes=_LARGEST, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(_Redacting("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(level)
    # These log every frame or URL at their info level.
    for talker in ("websockets", "uvicorn", "socketio", "engineio"):
        logging.getLogger(talker).setLevel(logging.WARNING)


def set_level(level: int) -> None:
    """Log from this level on, as `logging` counts; in effect at once."""
    logging.getLogger().setLevel(level)


class _Redacting(logging.Formatter):
    """Writes no secret, whoever logs it."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))
