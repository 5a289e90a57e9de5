"""What is selected with the mouse: from a character in one line to a character in another."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.ui.chat.marks import Range


@dataclass(frozen=True, slots=True, order=True)
class Spot:
    """A place between two characters.

    Attributes:
        number: The line's.
        position: In the line's document.
    """

    number: int
    position: int


@dataclass(frozen=True, slots=True)
class Selection:
    """Everything between two spots.

    Attributes:
        anchor: Where the mouse was pressed.
        current: Where it is, or was let go.
    """

    anchor: Spot
    current: Spot

    @property
    def first(self) -> Spot:
        """The upper end."""
        return min(self.anchor, self.current)

    @property
    def last(self) -> Spot:
        """The lower end."""
        return max(self.anchor, self.current)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is selected."""
        return self.anchor == self.current

    def moved(self, current: Spot) -> Selection:
        """Return the selection with its moving end elsewhere."""
        return replace(self, current=current)

    def range_in(self, number: int, end: int) -> Range | None:
        """Return what is selected of a line.

        Args:
            number: The line's.
            end: The position after its last character.
        """
        if self.is_empty or not self.first.number <= number <= self.last.number:
            return None
        start = self.first.position if number == self.first.number else 0
        stop = min(self.last.position, end) if number == self.last.number else end
        return (start, stop) if start < stop else None
