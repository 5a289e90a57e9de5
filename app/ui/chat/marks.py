"""What is to be seen in a bubble besides its words."""

from __future__ import annotations

from dataclasses import dataclass

Range = tuple[int, int]
"""Two positions in a document, the first and the one after the last."""


@dataclass(frozen=True, slots=True)
class Marks:
    """What is to be seen in a bubble besides its words.

    Attributes:
        heard: How much of the words was heard, in 0..1; None where all counts as heard.
        is_cut: The rest will not be heard any more.
        selected: What is selected with the mouse.
        searched: Words to be found.
        is_current: The search has arrived here.
    """

    heard: float | None = None
    is_cut: bool = False
    selected: Range | None = None
    searched: str = ""
    is_current: bool = False
