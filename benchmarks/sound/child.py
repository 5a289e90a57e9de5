"""A process of the rig that is spoken to in lines of JSON."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Any, Final, Self

from app.core.errors import UserError

Event = dict[str, Any]

_END_S: Final = 10.0


class Child:
    """Runs ``python -m MODULE`` until the end of the block; its standard input ends it. A context manager.

    Args:
        module: What runs.
        arguments: Its arguments.
        env: Variables beyond this process's own.
    """

    def __init__(self, module: str, *arguments: str, env: dict[str, str] | None = None) -> None:
        self.name = module.rpartition(".")[2]
        self.events: list[Event] = []
        """What it said so far."""
        self._came: queue.Queue[Event | None] = queue.Queue()
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", module, *arguments],
            env={**os.environ, **(env or {})},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            process_group=0,
        )
        self._reader = threading.Thread(target=self._read, name=f"reader of {self.name}", daemon=True)
        self._reader.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.end()

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    @property
    def is_running(self) -> bool:
        """Whether it lives."""
        return self._process.poll() is None

    def tell(self, **command: Any) -> None:
        """Give it a command.

        Raises:
            UserError: It has ended.
        """
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps(command) + "\n")
            self._process.stdin.flush()
        except BrokenPipeError:
            raise UserError(f"{self.name} has ended unexpectedly; its own words are above.") from None

    def take(self) -> list[Event]:
        """Return what came since the last call of this or of `wait`."""
        taken = []
        while not self._came.empty():
            event = self._came.get()
            if event is not None:
                taken.append(event)
                self.events.append(event)
        return taken

    def wait(self, wanted: Callable[[Event], object], seconds: float) -> Event | None:
        """Return the first event from now on that is ``wanted``; None after ``seconds``.

        Raises:
            UserError: The process has ended.
        """
        deadline = time.monotonic() + seconds
        while (left := deadline - time.monotonic()) > 0:
            try:
                event = self._came.get(timeout=left)
            except queue.Empty:
                return None
            if event is None:
                raise UserError(f"{self.name} has ended unexpectedly; its own words are above.")
            self.events.append(event)
            if wanted(event):
                return event
        return None

    def expect(self, kind: str, seconds: float) -> Event:
        """Return the next event that has the field ``kind``.

        Raises:
            UserError: It does not come, or the process has ended.
        """
        event = self.wait(lambda event: kind in event, seconds)
        if event is None:
            raise UserError(f"{self.name} did not say “{kind}” within {seconds:.0f} s.")
        return event

    def end(self) -> None:
        """Let it end."""
        assert self._process.stdin is not None
        try:
            self._process.stdin.close()
            self._process.wait(_END_S)
        except (BrokenPipeError, subprocess.TimeoutExpired):
            self._process.kill()
            self._process.wait()
        self._reader.join()
        self.take()

    def _read(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout:
            for line in self._process.stdout:
                self._came.put(json.loads(line))
        self._came.put(None)
