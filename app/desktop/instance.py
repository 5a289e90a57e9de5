"""The one Heron of a data folder: a second one that is started there shows the first."""

from __future__ import annotations

import logging
import socket
import time
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from app.core import paths
from app.core.errors import BadInput, UserError
from app.desktop.control_address import FILE_NAME, ControlAddress, forget_address, write_address
from app.desktop.control_client import ask
from app.desktop.file_lock import FileLock
from app.desktop.listening_socket import listening_socket

_LOG: Final = logging.getLogger(__name__)

_LOCK_NAME: Final = "instance.lock"

_PATIENCE_S: Final = 12.0
"""Seconds that another one may take to answer or to end: it may be just about to do either."""

_AGAIN_S: Final = 0.05


class Instance:
    """Claims to be the one, and listens to commands from then on. A context manager, which gives that back.

    Whoever connects waits until the window's loop takes over `listening`.

    Args:
        home: The data folder; None for Heron's own.
    """

    def __init__(self, home: Path | None = None) -> None:
        self._home = paths.home() if home is None else home
        self._lock = FileLock(self._home / _LOCK_NAME)
        self._address: ControlAddress | None = None
        self.listening: socket.socket | None = None
        """Where commands come in; None while there is another one, or where no socket can be made."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def secret(self) -> str:
        """What a request has to bring along."""
        return "" if self._address is None else self._address.secret

    def claim(self) -> bool:
        """Become the one unless there is one; return whether this is it.

        Raises:
            BadInput: The data folder cannot be used.
        """
        try:
            if not self._lock.take():
                return False
        except OSError as error:
            raise BadInput(
                f"Heron cannot use {self._home} for its data ({error.strerror}). "
                "Set HERON_HOME to a folder you can write to."
            ) from error
        if self.listening is None:
            self._listen()
        return True

    def claim_or_show(self, *, is_hidden: bool = False) -> bool:
        """Become the one, or have the one that is there show its window; return whether this is it.

        Args:
            is_hidden: Nobody wants to see a window: one that is there stays as it is.

        Raises:
            UserError: There is one, and it does not answer.
        """
        deadline = time.monotonic() + _PATIENCE_S
        while not self.claim():
            if is_hidden:
                return False
            answer = ask("show", self._home / FILE_NAME)
            if answer is not None and answer.is_done:
                return False
            if time.monotonic() > deadline:
                raise UserError("Heron runs already, but does not answer. End it, then start it again.")
            time.sleep(_AGAIN_S)
        return True

    def close(self) -> None:
        """Listen no more, and let another one be the one."""
        if self.listening is not None:
            self.listening.close()
            self.listening = None
            forget_address(self._home / FILE_NAME)
        self._address = None
        self._lock.release()

    def _listen(self) -> None:
        file = self._home / FILE_NAME
        forget_address(file)  # of one that has crashed
        try:
            self.listening, self._address = listening_socket(self._home)
            write_address(file, self._address)
        except OSError:
            # It can be used without: its window is what it is there for.
            _LOG.warning("commands cannot reach this Heron", exc_info=True)
