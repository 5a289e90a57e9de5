"""What a process uses: leaks show in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

_THREADS: Final = 3
_FILES: Final = 4
_MB: Final = 12.0
"""Growth that is no leak: pools and caches that fill once."""


@dataclass(frozen=True, slots=True)
class Usage:
    """Threads, open files and resident memory of a process."""

    threads: int
    files: int
    rss_mb: float

    @classmethod
    def of(cls, pid: int) -> Usage:
        """Return what a process uses now. Linux only."""
        folder = Path("/proc") / str(pid)
        status = dict(
            line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line
        )
        return cls(
            threads=int(status["Threads"]),
            files=len(list((folder / "fd").iterdir())),
            rss_mb=int(status["VmRSS"].split()[0]) / 1024,
        )

    def has_leaked_since(self, before: Usage) -> bool:
        """Return whether more has come since ``before`` than pools and caches explain."""
        return (
            self.threads - before.threads > _THREADS
            or self.files - before.files > _FILES
            or self.rss_mb - before.rss_mb > _MB
        )

    def __str__(self) -> str:
        return f"{self.threads} threads, {self.files} files, {self.rss_mb:.0f} MB"
