"""A process that says what it is told, until it is told to end."""

from __future__ import annotations

import sys


def main() -> None:
    for line in sys.stdin:
        if '"end"' in line:
            return
        print(line, end="", flush=True)


if __name__ == "__main__":
    main()
