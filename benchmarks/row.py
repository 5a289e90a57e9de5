"""One measured claim."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Row:
    """A claim and the figure that was measured for it.

    Attributes:
        id: Suite and measure, such as ``talk.wer_flite``.
        claim: What is claimed, in words.
        figure: What was measured.
        unit: Unit of the figure.
        target: The figure it must reach, with its direction, such as ``<= 12``.
        ok: Whether it does.
    """

    id: str
    claim: str
    figure: float
    unit: str
    target: str
    ok: bool

    @classmethod
    def at_most(cls, id: str, claim: str, figure: float, unit: str, limit: float) -> Row:  # noqa: A002
        """Return the row of a figure that must not exceed ``limit``."""
        return cls(id, claim, round(figure, 3), unit, f"<= {limit:g}", figure <= limit)

    @classmethod
    def at_least(cls, id: str, claim: str, figure: float, unit: str, limit: float) -> Row:  # noqa: A002
        """Return the row of a figure that must reach ``limit``."""
        return cls(id, claim, round(figure, 3), unit, f">= {limit:g}", figure >= limit)

    def as_json(self) -> dict[str, Any]:
        """Return the row as plain JSON types."""
        return asdict(self)
