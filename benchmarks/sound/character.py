"""The embedded character server, as the window starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from app.core.errors import UserError

_END_S: Final = 5.0


class Character:
    """Runs the server until the end of the block. A context manager.

    Args:
        home: Folder of what it remembers.

    Attributes:
        url: Its address.
        api_key: What it wants to see.
    """

    def __init__(self, home: Path) -> None:
        own = {name: value for name, value in os.environ.items() if name != "HERON_SERVER"}
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "app", "serve", "--embedded"],
            env=own | {"HERON_HOME": str(home)},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            process_group=0,
        )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._end()
            raise UserError("The local character did not start. Run “./run doctor” to see what is missing.")
        told = json.loads(line)
        self.url: str = told["url"]
        self.api_key: str = told["api_key"]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._end()

    def _end(self) -> None:
        try:
            self._process.communicate(timeout=_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
