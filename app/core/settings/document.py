"""The settings' file: a JSON object of ``version`` and one object per concern, with what was chosen only.

What is not known to this version of Heron stays in it as it is.
"""

from __future__ import annotations

import json
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from app.core.errors import UserError
from app.core.translation import translate

VERSION: Final = 1
"""Of the layout. A higher one was written by a newer Heron and is not touched."""

Document = dict[str, Any]


class Unreadable(UserError):  # noqa: N818 - reads as what it is
    """The file is there, but what is in it cannot be known."""


def read(file: Path) -> tuple[Document | None, str | None]:
    """Return the file's document, and a sentence if it had to be put aside.

    A file that is damaged or from a newer Heron is renamed; there is no document then. Without a file there
    is an empty one.

    Raises:
        Unreadable: The file cannot be read, or not be put aside.
    """
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        return {}, None
    except OSError as error:
        text = translate(
            "Settings",
            "The settings in {file} cannot be read ({why}), so the defaults are used. "
            "Check the file's permissions.",
        )
        raise Unreadable(text.format(file=file, why=_why(error))) from error
    try:
        document = json.loads(content)
        version = document.get("version", VERSION)
        is_sound = type(version) is int and version > 0
    except (ValueError, AttributeError, RecursionError):  # ValueError: no JSON, no UTF-8
        is_sound = False
    if is_sound and version <= VERSION:
        return document, None
    return None, _put_aside(file, is_damaged=not is_sound)


def write(file: Path, document: Document) -> None:
    """Write the document, private to its user (0600): whole and for good, or not at all.

    Raises:
        UserError: It cannot be written; what was there before still is.
    """
    content = json.dumps({"version": VERSION, **document}, ensure_ascii=False, indent=2) + "\n"
    target = file.resolve()  # a link to it stays a link
    part = target.with_name(f".heron-{os.urandom(6).hex()}.part")
    try:
        try:
            opened = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with open(opened, "wb") as stream:  # noqa: PTH123 - a descriptor has no path
                stream.write(content.encode("utf-8", "surrogatepass"))
                stream.flush()
                os.fsync(stream.fileno())
            part.replace(target)
            _sync_folder(target.parent)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        text = translate(
            "Settings",
            "{file} cannot be written ({why}), so what you chose is forgotten when Heron ends. "
            "Make room or check the folder's permissions, then choose it again.",
        )
        raise UserError(text.format(file=file, why=_why(error))) from error


def _put_aside(file: Path, *, is_damaged: bool) -> str:
    """Rename the file and return the sentence that says so."""
    stamp = f"{datetime.now():%Y%m%d-%H%M%S}"
    aside = file.with_name(f"{file.name}.{'damaged' if is_damaged else 'newer'}-{stamp}")
    if aside.exists():
        aside = aside.with_name(f"{aside.name}-{os.urandom(2).hex()}")
    if is_damaged:
        what = translate("Settings", "The settings in {file} are damaged, so the defaults are used.")
    else:
        what = translate(
            "Settings", "The settings in {file} were written by a newer Heron, so the defaults are used."
        )
    what = what.format(file=file)
    try:
        file.rename(aside)
    except OSError as error:
        text = translate("Settings", "Move the file away, which Heron could not do ({why}).")
        raise Unreadable(f"{what} {text.format(why=_why(error))}") from error
    kept = translate("Settings", "The file was kept as {aside}.").format(aside=aside.name)
    return f"{what} {kept}"


def _sync_folder(folder: Path) -> None:
    """Let the renaming last, too."""
    if sys.platform == "win32":
        return  # folders cannot be opened there
    opened = os.open(folder, os.O_RDONLY)
    try:
        with suppress(OSError):  # some network folders cannot; the file itself is written
            os.fsync(opened)
    finally:
        os.close(opened)


def _why(error: OSError) -> str:
    return error.strerror or str(error)
