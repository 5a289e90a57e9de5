"""Runs benchmark suites and prints a row per claim."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
from typing import Final

from app.core.errors import UserError
from benchmarks.row import Row

SUITES: Final = ("talk", "client", "audio", "window")
"""Every suite: a module of this package with ``measure(*, quick: bool) -> list[Row]``."""


def main() -> int:
    """Run what the command line asks for; return 0 when every target was met, else 1."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measures what the README claims."
    )
    parser.add_argument(
        "suites", nargs="*", metavar="NAME", help=f"which: {', '.join(SUITES)} (default: all)"
    )
    parser.add_argument("--quick", action="store_true", help="fewer repetitions; a suite ends within 50 s")
    parser.add_argument("--json", action="store_true", help="a list of objects instead of a table")
    options = parser.parse_args()
    for name in options.suites:
        if name not in SUITES:
            parser.error(f"there is no benchmark {name}; choose from {', '.join(SUITES)}")
    try:
        rows = [row for name in options.suites or SUITES for row in _measure(name, quick=options.quick)]
    except UserError as error:
        print(f"benchmarks: {error}", file=sys.stderr)
        return error.exit_code
    except KeyboardInterrupt:
        return 130
    print(json.dumps([row.as_json() for row in rows], indent=2) if options.json else _table(rows))
    return 0 if all(row.ok for row in rows) else 1


def _measure(name: str, *, quick: bool) -> list[Row]:
    rows: list[Row] = importlib.import_module(f"benchmarks.{name}").measure(quick=quick)
    return rows


def _table(rows: list[Row]) -> str:
    cells = [("id", "claim", "figure", "unit", "target", "ok")]
    cells += [(r.id, r.claim, f"{r.figure:g}", r.unit, r.target, "yes" if r.ok else "NO") for r in rows]
    widths = [max(len(row[column]) for row in cells) for column in range(len(cells[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in cells
    )


if __name__ == "__main__":
    sys.exit(main())
