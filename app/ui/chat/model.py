"""The lines of a conversation as rows: a window on them, so that a long history costs no more."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import groupby

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QDate,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTime,
)

from app.conversation.line import Author, Line

ROWS = 40
"""Rows shown of a long conversation, at least; see `ChatModel.make_room`."""

SLACK = 20
"""Rows that may pile up on top of those before the oldest are dropped together."""

PAGE = 60
"""Earlier or later rows brought back at once."""

_PAUSE = timedelta(minutes=5)
"""A line of the same author after this long stands under its own name and time."""


class ChatModel(QAbstractListModel):
    """A window on the lines of a conversation: the newest, or those around one that was looked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[Line, ...] = ()
        self._rows: list[Line] = []
        self._is_at_end = True
        self._capacity = ROWS
        self._character_name = ""

    @property
    def lines(self) -> tuple[Line, ...]:
        """The whole conversation."""
        return self._lines

    @property
    def character_name(self) -> str:
        """What the character's lines are signed with."""
        return self._character_name

    @property
    def has_earlier(self) -> bool:
        """True when the conversation began before the first row."""
        return bool(self._rows) and self._lines[0].number < self._rows[0].number

    @property
    def has_later(self) -> bool:
        """True when there are lines after the last row."""
        return bool(self._rows) and self._lines[-1].number > self._rows[-1].number

    def show_lines(self, lines: tuple[Line, ...], *, is_following: bool, character_name: str) -> None:
        """Show the newest of `lines`, or those that are looked at, with as few changes as possible.

        Args:
            lines: The whole conversation, numbers rising.
            is_following: The newest line is in sight, so rows far above it may be dropped.
            character_name: What the character's lines are signed with.
        """
        self._character_name = character_name
        first, end = self._window(lines, is_following=is_following)
        self._show(lines, first, end)

    def make_room(self, rows: int) -> None:
        """Show so many rows of a long conversation, if they are more than `ROWS`: a view must be filled."""
        self._capacity = max(ROWS, rows)
        self._show(self._lines, *self._window(self._lines, is_following=False))

    def show_newest(self) -> None:
        """Show the newest lines instead of those that are looked at."""
        if not self._is_at_end:
            self._is_at_end = True
            self._show(self._lines, max(0, len(self._lines) - self._capacity), len(self._lines))

    def show_around(self, number: int) -> int | None:
        """Show the lines around one of them; return its row, None when it is not there."""
        at = _at(self._lines, number)
        if at is None:
            return None
        if (row := _at(self._rows, number)) is None:
            first = max(0, min(at - self._capacity // 2, len(self._lines) - self._capacity))
            end = min(len(self._lines), first + self._capacity)
            self._is_at_end = end == len(self._lines)
            self._show(self._lines, first, end)
            row = at - first
        return row

    def show_earlier(self) -> None:
        """Bring back a page of lines above the first row."""
        above = bisect_left(self._lines, self._rows[0].number, key=_number) if self._rows else 0
        self._insert(0, self._lines[max(0, above - PAGE) : above])

    def show_later(self) -> None:
        """Bring back a page of lines below the last row."""
        if self._rows:
            below = bisect_right(self._lines, self._rows[-1].number, key=_number)
            self._is_at_end = below + PAGE >= len(self._lines)
            self._insert(len(self._rows), self._lines[below : below + PAGE])

    def line(self, row: int) -> Line:
        """Return the line in a row."""
        return self._rows[row]

    def lines_between(self, first: int, last: int) -> tuple[Line, ...]:
        """Return the lines from one number to another, whether they are shown or not."""
        start = bisect_left(self._lines, first, key=_number)
        return self._lines[start : bisect_right(self._lines, last, key=_number)]

    def row_of(self, number: int) -> int | None:
        """Return the row of a line; None when it is not shown."""
        return _at(self._rows, number)

    def is_grouped(self, row: int) -> bool:
        """Return whether a row continues the one above, without a name of its own."""
        if row == 0:
            return False
        line, above = self._rows[row], self._rows[row - 1]
        if self._is_by_another(line, above) or line.time - above.time >= _PAUSE:
            return False
        return line.time.date() == above.time.date()

    def begins_day(self, row: int) -> bool:
        """Return whether a row is the first of its day."""
        return row == 0 or self._rows[row].time.date() != self._rows[row - 1].time.date()

    def _is_by_another(self, line: Line, above: Line) -> bool:
        if line.author is not above.author:
            return True
        return line.speaker != above.speaker and self.author_name(line) != self.author_name(above)

    def author_name(self, line: Line) -> str:
        """Return whom a line is signed with."""
        return self.tr("You") if line.author is Author.PERSON else line.speaker or self._character_name

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
            return self.spoken(line)
        return None

    def spoken(self, line: Line) -> str:
        """Return a line as assistive technology reads it: no marks of Markdown, and where it was cut."""
        signed = f"{self.author_name(line)}, {time_of(line)}"
        if line.author is Author.PERSON:
            words = self.tr("{words} (may still change)") if not line.is_final else "{words}"
            return f"{signed}: {words.format(words=line.text)}"
        from app.ui.chat.rich_text import (
            plain_text,  # with all that documents need: not before the first line
        )

        words = plain_text(line.text)
        if not line.is_interrupted:
            return f"{signed}: {words}"
        if line.heard_chars is None:
            return self.tr("{signed}, interrupted: {words}").format(signed=signed, words=words)
        cut = round(len(words) * line.heard_chars / max(len(line.text), 1))
        return self.tr("{signed}, interrupted: {heard} … Not heard: {rest}").format(
            signed=signed, heard=words[:cut].strip(), rest=words[cut:].strip()
        )

    def _window(self, lines: tuple[Line, ...], *, is_following: bool) -> tuple[int, int]:
        """Return which of the lines are to be rows: from the first index up to the last."""
        newest = max(0, len(lines) - self._capacity)
        first = bisect_left(lines, self._rows[0].number, key=_number) if self._rows else len(lines)
        if first == len(lines):  # nothing is shown, or another conversation
            self._is_at_end = True
            return newest, len(lines)
        if not self._is_at_end:
            return first, bisect_right(lines, self._rows[-1].number, key=_number)
        has_slack = newest - SLACK <= first <= newest
        return (first if has_slack or (not is_following and first <= newest) else newest), len(lines)

    def _show(self, lines: tuple[Line, ...], first: int, end: int) -> None:
        self._lines = lines
        fresh = lines[first:end]
        wanted = {line.number for line in fresh}
        for start, stop in reversed(list(_runs([line.number not in wanted for line in self._rows]))):
            self.beginRemoveRows(QModelIndex(), start, stop - 1)
            del self._rows[start:stop]
            self.endRemoveRows()
        shown = {line.number for line in self._rows}
        for start, stop in _runs([line.number not in shown for line in fresh]):
            self._insert(start, fresh[start:stop])
        for row, line in enumerate(fresh):
            if self._rows[row] is not line and self._rows[row] != line:
                self._rows[row] = line
                index = self.index(row)
                self.dataChanged.emit(index, index)

    def _insert(self, row: int, lines: Sequence[Line]) -> None:
        if lines:
            self.beginInsertRows(QModelIndex(), row, row + len(lines) - 1)
            self._rows[row:row] = lines
            self.endInsertRows()


def time_of(line: Line) -> str:
    """Return when a line began, as the person's locale writes it."""
    time = QTime(line.time.hour, line.time.minute)
    return QLocale().toString(time, QLocale.FormatType.ShortFormat)


def day_of(line: Line, today: date | None = None) -> str:
    """Return the day of a line: by its name while it is near, then as the person's locale writes it.

    Args:
        line: Whose day.
        today: The present day.
    """
    day = line.time.date()
    today = today or datetime.now().astimezone().date()
    if day == today:
        return QCoreApplication.translate("ChatModel", "Today")
    if day == today - timedelta(days=1):
        return QCoreApplication.translate("ChatModel", "Yesterday")
    return QLocale().toString(QDate(day.year, day.month, day.day), QLocale.FormatType.LongFormat)


def _number(line: Line) -> int:
    return line.number


def _at(lines: Sequence[Line], number: int) -> int | None:
    """Return the index of the line with a number."""
    at = bisect_left(lines, number, key=_number)
    return at if at < len(lines) and lines[at].number == number else None


def _runs(flags: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Yield where each run of true flags begins and ends."""
    for is_true, run in groupby(enumerate(flags), key=lambda pair: pair[1]):
        if is_true:
            places = [at for at, _ in run]
            yield places[0], places[-1] + 1
