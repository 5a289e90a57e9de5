"""The embedded character server as a child process of this one."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import subprocess
from dataclasses import dataclass, field
from tempfile import TemporaryFile
from typing import IO, Final

from app.core.errors import UserError
from app.core.logs import level_for_children
from app.core.own_command import own_command
from app.core.translation import translate

_log = logging.getLogger(__name__)

START_S: Final = 20.0
"""Seconds that the server may take to start; a warm start takes about one."""

_STOP_S: Final = 4.0


@dataclass(frozen=True, slots=True)
class Handover:
    """Where the child listens and the key that it wants."""

    url: str
    api_key: str = field(repr=False)


class LocalServer:
    """Starts the embedded server, knows how to reach it, and ends it.

    The child reads its standard input only to notice that this process is gone: it ends by itself however
    this one dies.
    """

    def __init__(self) -> None:
        self._process: asyncio.subprocess.Process | None = None
        self._is_starting = False

    @property
    def is_running(self) -> bool:
        """Whether the child lives."""
        return self._process is not None and self._process.returncode is None

    @property
    def process_id(self) -> int | None:
        """The child's process id."""
        return None if self._process is None else self._process.pid

    async def start(self) -> Handover:
        """Start the child and return how to reach it, once it can be reached.

        Raises:
            UserError: It did not start.
        """
        await self.stop()
        self._is_starting = True
        try:
            with TemporaryFile() as complaints:
                self._process = await _spawned(complaints)
                return await self._ready(self._process, complaints)
        except OSError as error:
            text = translate(
                "Backend",
                "The local character could not be started ({why}). "
                "Run “heron doctor” to see what is missing.",
            )
            raise UserError(text.format(why=error.strerror)) from error
        finally:
            self._is_starting = False

    async def _ready(self, process: asyncio.subprocess.Process, complaints: IO[bytes]) -> Handover:
        try:
            async with asyncio.timeout(START_S):
                return await self._handover(process, complaints)
        except TimeoutError as error:
            await self.stop()
            text = translate(
                "Backend",
                "The local character did not start within {seconds:.0f} s. "
                "Close other programs and try again, or run “heron doctor”.",
            )
            raise UserError(text.format(seconds=START_S)) from error
        except BaseException:
            await self.stop()
            raise

    async def stop(self) -> None:
        """End the child, also one that is being started; harmless when there is none."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            async with asyncio.timeout(_STOP_S):
                # What the child prints while it is being started, `start` reads.
                await (process.wait() if self._is_starting else process.communicate())
        except TimeoutError:
            _log.warning("the local server had to be killed")
            process.kill()
            await process.wait()

    async def _handover(self, process: asyncio.subprocess.Process, complaints: IO[bytes]) -> Handover:
        assert process.stdout is not None
        line = await process.stdout.readline()
        try:
            said = json.loads(line)
            return Handover(url=said["url"], api_key=said["api_key"])
        except (ValueError, KeyError, TypeError) as error:
            await process.wait()
            complaints.seek(0)
            complaint = complaints.read().decode(errors="replace").strip()
            _log.error("the local server did not start: %s", complaint)
            last = complaint.rpartition("\n")[2].removeprefix("heron: ").rstrip(".")
            text = translate(
                "Backend",
                "The local character could not be started: {why}. Run “heron doctor” to see what is missing.",
            )
            last = last or translate("Backend", "its process ended at once")
            raise UserError(text.format(why=last)) from error


async def _spawned(complaints: IO[bytes]) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        *_command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=complaints,
        env={**os.environ, **level_for_children()},
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )


def _command() -> list[str]:
    """Return the command of the child."""
    return own_command("serve", "--embedded")
