"""The file of a profile's history: every profile has one of its own, whatever it is called."""

from __future__ import annotations

import glob
import hashlib
import re
import unicodedata
from pathlib import Path
from typing import Final

from app.core import paths
from app.core.translation import translate
from app.history.history_error import HistoryError

SUFFIX: Final = ".sqlite3"

_PLAIN: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
"""Names that are a file name on every system as they are, also where case does not count."""

_RESERVED: Final = re.compile(r"con|prn|aux|nul|com\d|lpt\d")
"""Names of devices under Windows."""


def history_file(profile: str) -> Path:
    """Return the file for a profile's history; its folder is made, the file is not.

    Raises:
        BadInput: The folder cannot be made.
    """
    return paths.histories() / f"{_file_name(profile)}{SUFFIX}"


def delete_history(profile: str) -> None:
    """Delete all that is kept of a profile's conversations, also what was put aside. Nobody may have it open.

    Raises:
        HistoryError: A file cannot be deleted; the text says which.
    """
    file = history_file(profile)
    for each in sorted(file.parent.glob(f"{glob.escape(file.name)}*")):
        try:
            each.unlink(missing_ok=True)
        except OSError as error:
            text = translate("History", "{file} could not be deleted ({why}). Delete it yourself.")
            raise HistoryError(text.format(file=each, why=error.strerror)) from error


def _file_name(profile: str) -> str:
    """Return a name that is no other profile's: the same, or one with a digest where it had to change."""
    if _PLAIN.fullmatch(profile) and not _RESERVED.fullmatch(profile):
        return profile
    name = unicodedata.normalize("NFC", profile)
    digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:12]
    shown = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:28]
    return f"{shown or 'profile'}.{digest}"  # a plain name has no dot
