"""The rows of a long conversation."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.conversation.line import Author, Line
from app.ui.chat.model import PAGE, ROWS, SLACK, ChatModel, day_of

START = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def line(number: int, text: str = "", *, author: Author | None = None) -> Line:
    author = author or (Author.PERSON if number % 2 else Author.CHARACTER)
    return Line(
        number, author, text or f"line {number}", is_final=True, time=START + timedelta(seconds=number)
    )


def texts(model: ChatModel) -> list[str]:
    return [model.line(row).text for row in range(model.rowCount())]


@pytest.fixture
def model(qtbot: QtBot) -> ChatModel:
    model = ChatModel()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal, model)
    return model


def show(model: ChatModel, lines: tuple[Line, ...], *, is_following: bool = True) -> None:
    model.show_lines(lines, is_following=is_following, character_name="Heron")


def test_ten_thousand_lines_keep_the_rows_bounded(qtbot: QtBot) -> None:
    model = ChatModel()  # unwatched: the tester looks at every row after each change
    inserted = removed = 0

    def on_inserted(_parent: object, first: int, last: int) -> None:
        nonlocal inserted
        inserted += last - first + 1

    def on_removed(_parent: object, first: int, last: int) -> None:
        nonlocal removed
        removed += last - first + 1

    model.rowsInserted.connect(on_inserted)
    model.rowsRemoved.connect(on_removed)
    lines: tuple[Line, ...] = ()
    for number in range(1, 10_001):
        lines = (*lines, line(number))
        show(model, lines)
        assert model.rowCount() <= ROWS + SLACK
    assert inserted == 10_000
    assert removed == 10_000 - model.rowCount()
    assert texts(model)[-1] == "line 10000"


def test_a_long_conversation_opens_with_its_newest_lines(model: ChatModel) -> None:
    show(model, tuple(line(number) for number in range(1, 5001)))
    assert model.rowCount() == ROWS
    assert texts(model)[0] == f"line {5001 - ROWS}"


def test_nothing_is_dropped_under_a_reader(model: ChatModel) -> None:
    lines = tuple(line(number) for number in range(1, 2 * ROWS + 1))
    show(model, lines[:ROWS])
    show(model, lines, is_following=False)
    assert model.rowCount() == 2 * ROWS
    show(model, lines)
    assert model.rowCount() == ROWS


def test_earlier_lines_come_back_a_page_at_a_time(model: ChatModel) -> None:
    lines = tuple(line(number) for number in range(1, ROWS + PAGE + 11))
    show(model, lines)
    seen = []
    for _ in range(4):
        seen.append((texts(model)[0], model.has_earlier))
        model.show_earlier()
    first = f"line {PAGE + 11}"
    assert seen == [(first, True), ("line 11", True), ("line 1", False), ("line 1", False)]
    assert model.rowCount() == len(lines)


def test_only_the_changed_line_is_announced(model: ChatModel) -> None:
    lines = tuple(line(number) for number in range(1, 6))
    show(model, lines)
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    show(model, (*lines[:4], replace(lines[4], text="more words")))
    assert changed == [4]
    assert texts(model)[4] == "more words"


@pytest.mark.parametrize(
    "numbers", [[1, 2], [1, 2, 4, 5], [3, 4, 5], [7, 8], [], [1, 2, 3, 4, 5, 6], [1, 6], [2, 4, 9]]
)
def test_any_other_conversation_is_shown_as_it_is(model: ChatModel, numbers: list[int]) -> None:
    show(model, tuple(line(number) for number in range(1, 6)))
    show(model, tuple(line(number) for number in numbers))
    assert texts(model) == [f"line {number}" for number in numbers]


def test_an_older_conversation_replaces_a_newer_one(model: ChatModel) -> None:
    show(model, tuple(line(number) for number in range(501, 801)))
    show(model, (line(1), line(2)))
    assert texts(model) == ["line 1", "line 2"]


def test_lines_of_one_author_are_grouped_until_a_pause(model: ChatModel) -> None:
    first = line(1, author=Author.CHARACTER)
    second = replace(line(2, author=Author.CHARACTER))
    late = replace(line(3, author=Author.CHARACTER), time=START + timedelta(minutes=20))
    other = replace(late, number=4, author=Author.PERSON)
    show(model, (first, second, late, other))
    grouped = [model.is_grouped(row) for row in range(4)]
    assert grouped == [False, True, False, False]


def test_a_row_can_be_read_aloud(model: ChatModel) -> None:
    show(model, (line(2, "It is noon."),))
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert isinstance(spoken, str)
    assert spoken.startswith("Heron, ")
    assert spoken.endswith(": It is noon.")


def test_marks_of_markdown_are_not_read_aloud(model: ChatModel) -> None:
    show(model, (line(2, "It is **noon**:\n\n- eat `soup`\n- [rest](https://example.org)"),))
    spoken = model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken.endswith(": It is noon:\n• eat soup\n• rest")


def test_the_person_s_words_are_read_as_they_are(model: ChatModel) -> None:
    show(model, (line(1, "what is 2 * 3 * 4"), replace(line(3, "and"), is_final=False)))
    assert model.spoken(model.line(0)).endswith(": what is 2 * 3 * 4")
    assert model.spoken(model.line(1)).endswith(": and (may still change)")


def test_it_is_read_aloud_where_a_reply_was_cut(model: ChatModel) -> None:
    cut = replace(line(2, "It is noon. It is warm."), is_interrupted=True)
    show(model, (cut, replace(cut, number=4, heard_chars=11)))
    assert ", interrupted: It is noon. It is warm." in model.spoken(model.line(0))
    assert model.spoken(model.line(1)).endswith(", interrupted: It is noon. … Not heard: It is warm.")


def test_a_line_that_is_deleted_leaves_the_others_where_they_are(model: ChatModel) -> None:
    lines = tuple(line(number) for number in range(1, 31))
    show(model, lines)
    removed: list[tuple[int, int]] = []
    inserted: list[int] = []
    model.rowsRemoved.connect(lambda _parent, first, last: removed.append((first, last)))
    model.rowsInserted.connect(lambda _parent, first, _last: inserted.append(first))
    show(model, (*lines[:9], *lines[10:]))
    assert (removed, inserted) == ([(9, 9)], [])
    assert texts(model) == [f"line {number}" for number in range(1, 31) if number != 10]


def test_any_line_of_a_long_conversation_can_be_shown(model: ChatModel) -> None:
    lines = tuple(line(number) for number in range(1, 5001))
    show(model, lines)
    row = model.show_around(1000)
    assert row is not None
    assert model.line(row).number == 1000
    assert model.rowCount() == ROWS
    assert model.has_earlier
    assert model.has_later
    assert model.show_around(5001) is None
    assert model.show_around(1000) == row


def test_what_is_said_meanwhile_does_not_move_what_is_looked_at(model: ChatModel) -> None:
    lines = tuple(line(number) for number in range(1, 1001))
    show(model, lines)
    model.show_around(300)
    before = texts(model)
    show(model, (*lines, line(1001)), is_following=False)
    assert texts(model) == before
    model.show_newest()
    assert texts(model)[-1] == "line 1001"
    assert not model.has_later


def test_later_lines_come_back_a_page_at_a_time(model: ChatModel) -> None:
    lines = tuple(line(number) for number in range(1, ROWS + PAGE + 11))
    show(model, lines)
    model.show_around(1)
    assert texts(model) == [f"line {number}" for number in range(1, ROWS + 1)]
    model.show_later()
    assert (model.rowCount(), model.has_later) == (ROWS + PAGE, True)
    model.show_later()
    assert (model.rowCount(), model.has_later) == (ROWS + PAGE + 10, False)
    show(model, (*lines, line(len(lines) + 1)), is_following=False)
    assert texts(model)[-1] == f"line {len(lines) + 1}"


def test_lines_between_two_are_found_whether_they_are_shown_or_not(model: ChatModel) -> None:
    show(model, tuple(line(number) for number in range(1, 1001)))
    assert [found.number for found in model.lines_between(3, 5)] == [3, 4, 5]


def test_the_first_line_of_a_day_says_so_and_stands_under_its_own_name(model: ChatModel) -> None:
    late = replace(line(1, author=Author.PERSON), time=datetime(2026, 3, 1, 23, 59, tzinfo=UTC))
    early = replace(line(2, author=Author.PERSON), time=datetime(2026, 3, 2, 0, 1, tzinfo=UTC))
    show(model, (late, early, replace(early, number=3)))
    assert [model.begins_day(row) for row in range(3)] == [True, True, False]
    assert [model.is_grouped(row) for row in range(3)] == [False, False, True]


def test_a_day_has_a_name_while_it_is_near() -> None:
    said = replace(line(1), time=datetime(2026, 3, 1, 12, tzinfo=UTC))
    assert day_of(said, date(2026, 3, 1)) == "Today"
    assert day_of(said, date(2026, 3, 2)) == "Yesterday"
    before = QLocale()
    QLocale.setDefault(QLocale("de_DE"))
    try:
        assert day_of(said, date(2026, 3, 3)) == "Sonntag, 1. März 2026"
    finally:
        QLocale.setDefault(before)
