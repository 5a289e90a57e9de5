"""A lock on a file: one at a time holds it, and the system takes it back however the holder ends."""

from __future__ import annotations

import logging
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Final

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_LOG: Final = logging.getLogger(__name__)


class FileLock:
    """Locks a file of its own, which is never deleted: two that delete and make it could both hold it.

    Args:
        file: The file; it is made if it is not there, private to its user.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._opened: int | None = None

    def take(self) -> bool:
        """Take the lock unless somebody has it, without waiting; return whether it is held by this object.

        Where the file system knows no locks everybody has it: better two at once than none.

        Raises:
            OSError: The file cannot be made or opened.
        """
        if self._opened is not None:
            return True
        # A child inherits no descriptor that Python has opened, so none can hold the lock for us.
        opened = os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _lock(opened)
        except (BlockingIOError, PermissionError):
            os.close(opened)
            return False
        except OSError:
            _LOG.warning("%s cannot be locked", self._file, exc_info=True)
        self._opened = opened
        return True

    def release(self) -> None:
        """Give the lock back; without it nothing happens."""
        opened, self._opened = self._opened, None
        if opened is not None:
            with suppress(OSError):
                os.close(opened)


def _lock(opened: int) -> None:
    if sys.platform == "win32":
        msvcrt.locking(opened, msvcrt.LK_NBLCK, 1)
    else:
        fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
