"""Where Heron keeps its data: one folder, moved as a whole by ``HERON_HOME``."""

from __future__ import annotations

import os
from pathlib import Path

from platformdirs import user_data_path

from app.core.errors import BadInput


def home() -> Path:
    """Return Heron's data folder, created private to its user (mode 0700) if it is not there.

    ``HERON_HOME`` names another one.

    Raises:
        BadInput: The folder cannot be made or is not a folder.
    """
    named = os.environ.get("HERON_HOME")
    folder = Path(named).expanduser() if named else user_data_path("heron", appauthor=False)
    return _made(folder)


def logs() -> Path:
    """Return the folder of the log files."""
    return _made(home() / "logs")


def server_data() -> Path:
    """Return the folder in which the embedded character server keeps what it remembers."""
    return _made(home() / "server")


def histories() -> Path:
    """Return the folder in which the conversations of each profile are kept."""
    return _made(home() / "history")


def replies() -> Path:
    """Return the folder for replies that the terminal conversation writes as WAV files."""
    return _made(home() / "replies")


def _made(folder: Path) -> Path:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise BadInput(
            f"Heron cannot use {folder} for its data ({error.strerror}). "
            "Set HERON_HOME to a folder you can write to."
        ) from error
    return folder
