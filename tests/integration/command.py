"""``heron`` as a process, as a person runs it."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

DEADLINE_S: Final = 40
_HERON: Final = [sys.executable, "-m", "app"]


@dataclass(frozen=True, slots=True)
class Done:
    """How a command ended."""

    code: int
    out: str
    err: str

    def events(self, name: str) -> list[dict[str, Any]]:
        """Return the JSON lines of one event."""
        return [event for event in map(json.loads, self.out.splitlines()) if event["event"] == name]

    def refusal(self) -> str:
        """Return the one sentence of a refusal; fails on anything more, such as a traceback."""
        lines = [line for line in self.err.splitlines() if not line.startswith("Speaking ")]
        assert len(lines) == 1, self.err
        assert lines[0].startswith("heron: ")
        return lines[0]

    def refusal_after_hints(self) -> str:
        """Return the last sentence, after what tells the person how to talk; fails on a traceback."""
        assert "Traceback" not in self.err
        last = self.err.splitlines()[-1]
        assert last.startswith("heron: ")
        return last


def heron(*arguments: object, typed: str = "", **variables: str) -> Done:
    """Run ``heron`` to its end."""
    ended = subprocess.run(
        [*_HERON, *map(str, arguments)],
        input=typed,
        env=_environment(variables),
        capture_output=True,
        text=True,
        timeout=DEADLINE_S,
        check=False,
    )
    return Done(ended.returncode, ended.stdout, ended.stderr)


@dataclass(frozen=True, slots=True)
class Served:
    """A server that runs."""

    process: asyncio.subprocess.Process
    url: str
    key: str

    def kill(self) -> None:
        """End it without warning."""
        self.process.send_signal(signal.SIGKILL)


@asynccontextmanager
async def started(*arguments: object) -> AsyncIterator[asyncio.subprocess.Process]:
    """Start ``heron`` and end it again, should it still run."""
    process = await asyncio.create_subprocess_exec(
        *_HERON,
        *map(str, arguments),
        env=_environment({}),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@asynccontextmanager
async def served() -> AsyncIterator[Served]:
    """Run ``heron serve``."""
    async with started("serve") as process:
        assert process.stdout is not None
        url = re.fullmatch(
            r"Listening on (http://127\.0\.0\.1:\d+)\n", (await process.stdout.readline()).decode()
        )
        key = re.fullmatch(r"API key: (\S+)\n", (await process.stdout.readline()).decode())
        assert url is not None
        assert key is not None
        yield Served(process, url[1], key[1])


def _environment(variables: dict[str, str]) -> dict[str, str]:
    without: Iterable[str] = (
        "DISPLAY",
        "WAYLAND_DISPLAY",
        "QT_QPA_PLATFORM",
        "HERON_API_KEY",
        "HERON_SERVER",
    )
    kept = {name: value for name, value in os.environ.items() if name not in without}
    return {**kept, **variables}
