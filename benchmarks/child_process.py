"""Child processes of a benchmark: interpreters of the same kind, which never outlive it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from app.core.errors import UserError

_PATIENCE_S: Final = 90.0
"""Longest that one measurement takes before it counts as hung."""

_END_S: Final = 5.0


class Interpreters:
    """Starts interpreters that share a folder of compiled modules: none compiles while it is measured.

    Ctrl+C reaches only this process, which then ends them.
    """

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="heron-bench-")
        unset = {"PYTHONDONTWRITEBYTECODE", "PYTHONPROFILEIMPORTTIME", "PYTHONASYNCIODEBUG", "PYTHONDEVMODE"}
        self._environment = {name: value for name, value in os.environ.items() if name not in unset} | {
            "PYTHONPYCACHEPREFIX": str(Path(self._folder.name) / "pycache")
        }

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._folder.cleanup()

    def run(self, what: str, *arguments: str) -> dict[str, float]:
        """Run one interpreter to its end and return the JSON object that it printed.

        Args:
            what: What is measured, for a message.
            arguments: What follows ``python -P``.

        Raises:
            UserError: It failed or took too long.
        """
        return self.run_together({what: arguments})[what]

    def run_together(self, jobs: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, float]]:
        """Run some at the same time; otherwise as `run`, by what each measures."""
        running: dict[str, subprocess.Popen[str]] = {}
        try:
            for what, arguments in jobs.items():
                running[what] = self.start(*arguments, stderr=subprocess.PIPE)
            return {what: _figures(what, process) for what, process in running.items()}
        finally:
            for process in running.values():
                if process.poll() is None:
                    process.kill()
                process.communicate()

    def start(self, *arguments: str, stderr: int | None = None) -> subprocess.Popen[str]:
        """Start an interpreter that is spoken to over its standard input and output."""
        return subprocess.Popen(
            [sys.executable, "-P", *arguments],
            env=self._environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            process_group=0,
        )


def _figures(what: str, process: subprocess.Popen[str]) -> dict[str, float]:
    try:
        out, err = process.communicate(timeout=_PATIENCE_S)
    except subprocess.TimeoutExpired:
        raise UserError(f"{what} did not end within {_PATIENCE_S:.0f} s.") from None
    if process.returncode:
        lines = err.strip().splitlines() or [f"exit code {process.returncode}"]
        raise UserError(f"{what} failed: {lines[-1]}")
    figures: dict[str, float] = json.loads(out)
    return figures


class ServerProcess:
    """The scripted server, in a process of its own.

    Args:
        interpreters: Starts it.

    Raises:
        UserError: It did not start.
    """

    def __init__(self, interpreters: Interpreters) -> None:
        self._process = interpreters.start("-m", "benchmarks.scripted_server")
        self.url = f"http://127.0.0.1:{self._answer()}"
        """Its address."""

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        try:
            self._process.communicate(timeout=_END_S)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()

    def take_latencies(self) -> dict[str, list[float]]:
        """Return, by contender, the milliseconds that each stamped frame took since this was last asked."""
        assert self._process.stdin is not None
        with suppress(BrokenPipeError):  # `_answer` tells
            self._process.stdin.write("\n")
            self._process.stdin.flush()
        latencies: dict[str, list[float]] = self._answer()
        return latencies

    def _answer(self) -> Any:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            self._process.kill()
            self._process.communicate()
            raise UserError("The server of the benchmarks has failed; its own words are above.")
        return json.loads(line)
