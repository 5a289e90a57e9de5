"""The mouse over the words: it selects them, within a bubble and across bubbles, and follows links."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QElapsedTimer, QPoint, QPointF, Qt
from PySide6.QtWidgets import QApplication

from app.ui.chat.delegate import ChatDelegate
from app.ui.chat.row import Row
from app.ui.chat.selection import Selection, Spot


@dataclass(frozen=True, slots=True)
class Hit:
    """What lies under the mouse.

    Attributes:
        row: The row.
        spot: The nearest place between two characters.
        is_on_text: The mouse is on the bubble.
        link: The address under it; empty without one.
        is_on_replay: It is on the button that plays the voice again.
    """

    row: Row
    spot: Spot
    is_on_text: bool
    link: str
    is_on_replay: bool

    @property
    def cursor(self) -> Qt.CursorShape:
        """The shape of the mouse here."""
        if self.link or self.is_on_replay:
            return Qt.CursorShape.PointingHandCursor
        return Qt.CursorShape.IBeamCursor if self.is_on_text else Qt.CursorShape.ArrowCursor


class TextMouse:
    """Turns presses, moves and releases into a selection.

    Args:
        delegate: Knows how the rows are laid out, and paints what is selected.
        row_at: Returns the number of the row nearest to a point, and the point relative to that row.
    """

    def __init__(
        self, delegate: ChatDelegate, row_at: Callable[[QPoint], tuple[int, QPointF] | None]
    ) -> None:
        self._delegate = delegate
        self._row_at = row_at
        self._pressed: Hit | None = None
        self._since_double = QElapsedTimer()
        self.is_selecting = False

    def hit(self, point: QPoint) -> Hit | None:
        """Return what lies under a point of the viewport; None where there are no rows."""
        found = self._row_at(point)
        if found is None:
            return None
        number, inner = found
        row = self._delegate.row(number)
        is_on_text = row.bubble.contains(inner)
        at_text = inner - row.text_origin
        spot = Spot(row.line.number, row.words.position_at(at_text))
        can_replay = row.replay is not None and self._delegate.can_replay(row.line)
        is_on_replay = can_replay and row.replay is not None and row.replay.contains(inner)
        link = row.words.link_at(at_text) if is_on_text else ""
        return Hit(row, spot, is_on_text, link, is_on_replay)

    def press(self, point: QPoint, *, is_extending: bool) -> None:
        """Begin a selection; with ``is_extending`` move the end of the one there is."""
        self._pressed = hit = self.hit(point)
        if hit is None:
            self.clear()
            return
        self.is_selecting = True
        if self._since_double.isValid() and self._since_double.elapsed() < QApplication.doubleClickInterval():
            self._since_double.invalidate()
            self._select(hit, 0, hit.row.words.end)
        elif is_extending and self._delegate.selection is not None:
            self._delegate.selection = self._delegate.selection.moved(hit.spot)
        else:
            self._delegate.selection = Selection(hit.spot, hit.spot)

    def press_twice(self, point: QPoint) -> None:
        """Select a word; a third press selects the whole text."""
        hit = self.hit(point)
        if hit is not None and hit.is_on_text:
            self._since_double.start()
            self.is_selecting = False
            self._select(hit, *hit.row.words.word_at(hit.spot.position))

    def drag(self, point: QPoint) -> None:
        """Move the end of the selection."""
        selection, hit = self._delegate.selection, self.hit(point)
        if self.is_selecting and selection is not None and hit is not None:
            self._delegate.selection = selection.moved(hit.spot)

    def release(self, point: QPoint) -> Hit | None:
        """End the selection; return what was clicked, if the mouse has not moved away from it."""
        pressed, self._pressed = self._pressed, None
        self.is_selecting = False
        hit = self.hit(point)
        selection = self._delegate.selection
        if selection is not None and selection.is_empty:
            self._delegate.selection = None
        is_click = self._delegate.selection is None and hit is not None and pressed is not None
        if (
            is_click
            and hit is not None
            and pressed is not None
            and hit.row.line.number == pressed.row.line.number
        ):
            return hit
        return None

    def clear(self) -> bool:
        """Select nothing; return whether something was."""
        had, self._delegate.selection = self._delegate.selection is not None, None
        return had

    def _select(self, hit: Hit, start: int, end: int) -> None:
        number = hit.row.line.number
        self._delegate.selection = Selection(Spot(number, start), Spot(number, end))
