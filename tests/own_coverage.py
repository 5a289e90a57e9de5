"""Shows that the protocol and the client's state machines are covered by their own test files, every branch.

Each module is measured in a process of its own that runs nothing but the test file named after it. What is
left out of the count says why on its line (`pyproject.toml`, ``[tool.coverage.report]``).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]

STATE_MACHINES: Final = (
    "connection",
    "heartbeat",
    "link",
    "outbox",
    "pulse",
    "questions",
    "recognition",
    "reconnect",
    "utterance",
    "voice_manager",
    "voice_progress",
)
"""The modules of ``app/estuary`` that say where connection and voice stand."""

LONGEST_S: Final = 120.0
"""Seconds after which a test file is stopped."""

FIRST: Final = ("packet", "link")
"""Modules whose tests take longest: they begin first, so that nothing is waited for in the end."""


@dataclass(frozen=True, slots=True)
class Covered:
    """How far a module is covered by its own test file.

    Attributes:
        module: The module, from the root.
        statements: How many there are.
        branches: How many there are.
        missing: Lines and branches that were not run, in words; empty when nothing is missing.
        problem: What pytest or coverage said when it failed.
        seconds: How long it took.
    """

    module: Path
    statements: int = 0
    branches: int = 0
    missing: str = ""
    problem: str = ""
    seconds: float = 0.0

    @property
    def is_whole(self) -> bool:
        """Whether the tests pass and nothing is missing."""
        return not self.missing and not self.problem


def modules() -> list[Path]:
    """Return the modules that are measured, from the root."""
    protocol = [each for each in sorted((ROOT / "app/protocol").glob("*.py")) if each.stem != "__init__"]
    estuary = [ROOT / f"app/estuary/{name}.py" for name in STATE_MACHINES]
    found = [each.relative_to(ROOT) for each in protocol + estuary]
    return sorted(found, key=lambda module: module.stem not in FIRST)


def test_file(module: Path) -> Path:
    """Return the test file that is named after a module."""
    return Path("tests", *module.parts[1:-1], f"test_{module.name}")


def measured(module: Path, folder: Path) -> Covered:
    """Run the module's own tests and return what they cover of it."""
    began = time.monotonic()
    data, report = (folder / f"{module.parent.name}-{module.stem}{end}" for end in (".data", ".json"))
    coverage = (sys.executable, "-P", "-m", "coverage")
    kept = f"--data-file={data}"
    runs = (
        (*coverage, "run", kept, f"--include={module}", "-m", "pytest", "-q", "-p", "no:cacheprovider"),
        (*coverage, "json", kept, f"--include={module}", "-q", "-o", str(report)),
    )
    problem = _problem((*runs[0], str(test_file(module)))) or _problem(runs[1])
    seconds = time.monotonic() - began
    if problem:
        return Covered(module, problem=problem, seconds=seconds)
    found = json.loads(report.read_text(encoding="utf-8"))["files"][module.as_posix()]
    summary = found["summary"]
    return Covered(
        module,
        summary["num_statements"],
        summary["num_branches"],
        ", ".join(_missing(found["missing_lines"], found["missing_branches"])),
        seconds=seconds,
    )


def _problem(command: tuple[str, ...]) -> str:
    try:
        outcome = subprocess.run(
            command,
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=LONGEST_S,
        )
    except subprocess.TimeoutExpired:
        return f"not done within {LONGEST_S:.0f} s"
    return outcome.stdout.strip() if outcome.returncode else ""


def _workers() -> int:
    """Return how many test files run at once: they wait half of their time."""
    return (os.cpu_count() or 1) + 1


def _missing(lines: list[int], branches: list[tuple[int, int]]) -> Iterator[str]:
    yield from map(str, lines)
    for start, end in branches:
        if start not in lines and end not in lines:
            yield f"{start}->{'exit' if end < 0 else end}"


def main() -> int:
    """Measure all modules, print a table, and return 1 if anything is missing."""
    wanted = modules()
    results: list[Covered] = []
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(_workers()) as pool:
        running = [pool.submit(measured, module, Path(folder)) for module in wanted]
        for number, done in enumerate(as_completed(running), 1):
            each = done.result()
            results.append(each)
            word = "ok" if each.is_whole else "NOT COVERED"
            print(f"[{number}/{len(wanted)}] {each.module}: {word}, {each.seconds:.1f} s", flush=True)
    print(f"\n{'module':32} {'statements':>10} {'branches':>9}  missing")
    for each in sorted(results, key=lambda each: each.module):
        print(f"{each.module!s:32} {each.statements:10} {each.branches:9}  {each.missing or '-'}")
    for each in results:
        if each.problem:
            print(f"\n{test_file(each.module)}:\n{each.problem}")
    return 0 if all(each.is_whole for each in results) else 1


if __name__ == "__main__":
    sys.exit(main())
