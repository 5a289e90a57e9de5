"""What processes cost while nobody looks: time of the processor, memory, what they write."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_SCHEDULED: Final = 2
"""What a clock of the kernel counts: the time a process was run, to the nanosecond (CPUCLOCK_SCHED)."""

Written = dict[str, tuple[int, int]]
"""Size and time of change of each file of a folder."""


def cpu_s(pid: int) -> float:
    """Return the seconds of the processor that a process has taken, all its threads together. Linux only."""
    return time.clock_gettime(~pid << 3 | _SCHEDULED)


def family(pid: int) -> list[int]:
    """Return a process and all that it, or one of those, has started."""
    return [pid, *(child for own in _children(pid) for child in family(own))]


def written_bytes(pid: int) -> int:
    """Return the bytes that a process has had written to a disk so far."""
    lines = (Path("/proc") / str(pid) / "io").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("write_bytes"))


def files_of(folder: Path) -> Written:
    """Return what a folder holds, to be compared later: a disk in memory counts no bytes."""
    return {
        str(file): (state.st_size, state.st_mtime_ns)
        for file in folder.rglob("*")
        if file.is_file() and (state := file.stat())
    }


def _children(pid: int) -> Iterator[int]:
    for task in (Path("/proc") / str(pid) / "task").iterdir():
        yield from map(int, (task / "children").read_text().split())
