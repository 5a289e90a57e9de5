from __future__ import annotations

import pytest

from app.terminal.check import Check, Verdict


@pytest.mark.parametrize(
    ("check", "line"),
    [
        (Check("Python", Verdict.OK, "3.11"), "✓ Python: 3.11"),
        (Check("Speaker", Verdict.MISSING, "none", "plug one in"), "– Speaker: none  → plug one in"),
        (Check("Server", Verdict.BROKEN, "silent", "start it"), "✗ Server: silent  → start it"),
    ],
)
def test_a_check_is_one_line_with_its_remedy(check: Check, line: str) -> None:
    assert check.line() == line
