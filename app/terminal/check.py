"""One thing the doctor looks at: what was found, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Verdict(Enum):
    """How a check ended."""

    OK = "ok"
    MISSING = "missing"
    """Something is not there; a conversation is possible without it."""
    BROKEN = "broken"
    """No conversation is possible before this is mended."""


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one check.

    Attributes:
        name: What was looked at.
        verdict: How it ended.
        found: What was found, in a few words.
        remedy: How to mend it; empty when it is well.
    """

    name: str
    verdict: Verdict
    found: str
    remedy: str = ""

    def line(self) -> str:
        """Return the check as one line."""
        mark = {"ok": "✓", "missing": "–", "broken": "✗"}[self.verdict.value]
        advice = f"  → {self.remedy}" if self.remedy else ""
        return f"{mark} {self.name}: {self.found}{advice}"
