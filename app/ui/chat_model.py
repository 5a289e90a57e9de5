"""The lines of a conversation as rows: only the newest, so that a long history costs no more than a short."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from bisect import bisect_left
from datetime import timedelta

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QObject, QPersistentModelIndex, Qt, QTime

from app.conversation.line import Author, Line

ROWS = 150
"""Rows shown of a long conversation."""

SLACK = 30
"""Rows that may pile up on top of `ROWS` before the oldest are dropped together."""

PAGE = 100
"""Earlier rows brought back at once."""

_PAUSE = timedelta(minutes=5)
"""A line of the same author after this long stands under its own name and time."""


class ChatModel(QAbstractListModel):
    """The newest lines of a conversation."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._rows: list[Line] = []
        self._character_name = ""

    @property
    def has_earlier(self) -> bool:
        """True when the conversation began before the first row."""
        return len(self._lines) > len(self._rows)

    def show_lines(self, lines: tuple[Line, ...], *, is_following: bool, character_name: str) -> None:
        """Show the newest of `lines` with as few changes as possible.

        Args:
            lines: The whole conversation, numbers rising.
            is_following: The newest line is in sight, so rows far above it may be dropped.
            character_name: What the character's lines are signed with.
        """
        self._character_name = character_name
        self._lines = lines
        fresh = lines[self._first(lines, is_following=is_following) :]
        self._drop_earlier_than(fresh[0].number if fresh else None)
        kept = self._kept(fresh)
        self._cut(kept)
        self._update(fresh[:kept])
        self._append(fresh[kept:])

    def show_earlier(self) -> None:
        """Bring back a page of lines above the first row."""
        above = len(self._lines) - len(self._rows)
        page = list(self._lines[max(0, above - PAGE) : above])
        if page:
            self.beginInsertRows(QModelIndex(), 0, len(page) - 1)
            self._rows[:0] = page
            self.endInsertRows()

    def line(self, row: int) -> Line:
        """Return the line in a row."""
        return self._rows[row]

    def is_grouped(self, row: int) -> bool:
        """Return whether a row continues the one above, without a name of its own."""
        if row == 0:
            return False
        line, above = self._rows[row], self._rows[row - 1]
        return line.author is above.author and line.time - above.time < _PAUSE

    def author_name(self, line: Line) -> str:
        """Return whom a line is signed with."""
        return self.tr("You") if line.author is Author.PERSON else self._character_name

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a row's words, or what assistive technology reads."""
        line = self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return line.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self.author_name(line)}, {time_of(line)}: {line.text}"
        return None

    def _first(self, lines: tuple[Line, ...], *, is_following: bool) -> int:
        newest = max(0, len(lines) - ROWS)
        number = self._rows[0].number if self._rows else 0
        first = bisect_left(lines, number, key=lambda line: line.number)
        is_another = not self._rows or first == len(lines)
        has_slack = len(lines) - first <= ROWS + SLACK
        return first if not is_another and (has_slack or not is_following) else newest

    def _drop_earlier_than(self, number: int | None) -> None:
        count = len(self._rows)
        if number is not None:
            count = bisect_left(self._rows, number, key=lambda line: line.number)
        if count:
            self.beginRemoveRows(QModelIndex(), 0, count - 1)
            del self._rows[:count]
            self.endRemoveRows()

    def _kept(self, fresh: tuple[Line, ...]) -> int:
        pairs = zip(self._rows, fresh, strict=False)
        for row, (old, new) in enumerate(pairs):
            if old.number != new.number:
                return row
        return min(len(self._rows), len(fresh))

    def _cut(self, kept: int) -> None:
        if kept < len(self._rows):
            self.beginRemoveRows(QModelIndex(), kept, len(self._rows) - 1)
            del self._rows[kept:]
            self.endRemoveRows()

    def _update(self, fresh: tuple[Line, ...]) -> None:
        for row, line in enumerate(fresh):
            if self._rows[row] is not line and self._rows[row] != line:
                self._rows[row] = line
                index = self.index(row)
                self.dataChanged.emit(index, index)

    def _append(self, fresh: tuple[Line, ...]) -> None:
        if fresh:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(fresh) - 1)
            self._rows.extend(fresh)
            self.endInsertRows()


def time_of(line: Line) -> str:
    """Return when a line began, as the person's locale writes it."""
    time = QTime(line.time.hour, line.time.minute)
    return QLocale().toString(time, QLocale.FormatType.ShortFormat)
