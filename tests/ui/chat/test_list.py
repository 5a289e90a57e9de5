"""Rows as a person uses them: selected with the mouse, copied, clicked, scrolled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent, QGuiApplication, QHelpEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from app.ui.chat.list import ChatList
from app.ui.chat.model import PAGE, ROWS
from tests.ui.chat.chat_parts import character, person, point_at, row_of, shown_list, state_of

LEFT, NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier
LINES = (
    person(1, "where is my bike"),
    character(
        2, "It is **behind** the shed, see [the map](https://example.org/map) or [x](file:///etc/passwd)"
    ),
    person(3, "thanks a lot"),
)


@pytest.fixture
def chat(qtbot: QtBot) -> Iterator[ChatList]:
    QGuiApplication.clipboard().clear()
    with shown_list(*LINES) as chat:
        yield chat


def follows(chat: ChatList) -> bool:
    return chat.is_following


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def move(chat: ChatList, point: QPoint, *, is_pressed: bool = True) -> None:
    """Move the mouse; `QTest.mouseMove` tells of no pressed button."""
    position = QPointF(point)
    where = chat.viewport().mapToGlobal(position)
    button = LEFT if is_pressed else Qt.MouseButton.NoButton
    event = QMouseEvent(QEvent.Type.MouseMove, position, where, Qt.MouseButton.NoButton, button, NONE)
    QApplication.sendEvent(chat.viewport(), event)


def drag(chat: ChatList, start: QPoint, end: QPoint) -> None:
    QTest.mousePress(chat.viewport(), LEFT, NONE, start)
    move(chat, start + (end - start) / 2)
    move(chat, end)
    QTest.mouseRelease(chat.viewport(), LEFT, NONE, end)


def test_words_are_selected_within_a_bubble(chat: ChatList) -> None:
    drag(chat, point_at(chat, 1, "is my"), point_at(chat, 1, "is my", is_end=True))
    assert chat.selected_text() == "is my"
    QTest.keyClick(chat, Qt.Key.Key_C, CONTROL)
    assert clipboard() == "is my"


def test_words_are_selected_across_bubbles_in_either_direction(chat: ChatList) -> None:
    first, last = point_at(chat, 1, "my bike"), point_at(chat, 3, "thanks", is_end=True)
    whole = "You: my bike\nHeron: It is behind the shed, see the map or x\nYou: thanks"
    drag(chat, first, last)
    assert chat.selected_text() == whole
    drag(chat, last, first)
    assert chat.selected_text() == whole


def test_a_drag_from_above_a_bubble_takes_it_from_its_beginning(chat: ChatList) -> None:
    row, origin = row_of(chat, 1)
    end = point_at(chat, 1, "where", is_end=True)
    drag(chat, QPoint(end.x() + 30, origin.y() + 2), end)
    assert chat.selected_text() == "where"
    drag(chat, end, QPoint(end.x() - 20, origin.y() + row.size.height() - 1))
    assert chat.selected_text() == " is my bike"


def test_a_selection_that_is_drawn_out_of_sight_scrolls(qtbot: QtBot) -> None:
    lines = [character(number, f"line {number}") for number in range(1, 41)]
    with shown_list(*lines, height=300) as chat:
        bar = chat.verticalScrollBar()
        bottom = bar.value()
        start = point_at(chat, 40, "line")
        QTest.mousePress(chat.viewport(), LEFT, NONE, start)
        move(chat, QPoint(start.x(), -60))
        qtbot.waitUntil(lambda: bar.value() < bottom - 200)
        QTest.mouseRelease(chat.viewport(), LEFT, NONE, QPoint(start.x(), -60))
        stopped_at = bar.value()
        qtbot.wait(120)
        assert bar.value() == stopped_at
        assert chat.selected_text().count("\n") >= 5


def test_two_clicks_select_a_word_and_three_all_words(chat: ChatList) -> None:
    point = point_at(chat, 2, "behind") + QPoint(8, 0)
    QTest.mouseClick(chat.viewport(), LEFT, NONE, point)
    QTest.mouseDClick(chat.viewport(), LEFT, NONE, point)
    assert chat.selected_text() == "behind"
    QTest.mouseClick(chat.viewport(), LEFT, NONE, point)
    assert chat.selected_text() == "It is behind the shed, see the map or x"


def test_shift_moves_the_end_of_a_selection(chat: ChatList) -> None:
    drag(chat, point_at(chat, 1, "is"), point_at(chat, 1, "is", is_end=True))
    end = point_at(chat, 1, "bike", is_end=True)
    QTest.mouseClick(chat.viewport(), LEFT, Qt.KeyboardModifier.ShiftModifier, end)
    assert chat.selected_text() == "is my bike"


def test_a_click_and_an_arrow_key_select_nothing_any_more(chat: ChatList) -> None:
    start, end = point_at(chat, 1, "is my"), point_at(chat, 1, "is my", is_end=True)
    drag(chat, start, end)
    QTest.mouseClick(chat.viewport(), LEFT, NONE, point_at(chat, 3, "lot"))
    assert chat.selected_text() == ""
    drag(chat, start, end)
    QTest.keyClick(chat, Qt.Key.Key_Down)
    assert chat.selected_text() == ""


def test_a_selection_stays_with_its_words_when_lines_are_added_and_dropped(qtbot: QtBot) -> None:
    lines = [character(number, f"line number {number}") for number in range(1, ROWS + 1)]
    with shown_list(*lines) as chat:
        chat.follow()
        start = point_at(chat, ROWS, "number")
        drag(chat, start, point_at(chat, ROWS, "number", is_end=True))
        more = [character(number, f"line number {number}") for number in range(ROWS + 1, 3 * ROWS)]
        chat.show_state(state_of(*lines, *more))
        assert chat.selected_text() == "number"


def test_whole_lines_are_copied_as_they_were_written(chat: ChatList) -> None:
    chat.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(chat, Qt.Key.Key_Up)
    QTest.keyClick(chat, Qt.Key.Key_C, CONTROL)
    assert clipboard() == LINES[1].text
    QTest.keyClick(chat, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(chat, Qt.Key.Key_C, CONTROL)
    assert clipboard() == f"Heron: {LINES[1].text}\nYou: thanks a lot"


def test_everything_is_copied_also_what_is_not_shown(qtbot: QtBot) -> None:
    with shown_list(*(person(number, f"line {number}") for number in range(1, 501))) as chat:
        chat.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(chat, Qt.Key.Key_A, CONTROL)
        QTest.keyClick(chat, Qt.Key.Key_C, CONTROL)
        copied = clipboard().split("\n")
        assert (len(copied), copied[0], copied[-1]) == (500, "You: line 1", "You: line 500")


def test_only_links_that_are_safe_are_followed_and_only_by_a_click(chat: ChatList) -> None:
    opened: list[str] = []
    chat.link_activated.connect(opened.append)
    link = point_at(chat, 2, "the map") + QPoint(10, 0)
    drag(chat, link, link + QPoint(25, 0))
    assert opened == []
    QTest.mouseClick(chat.viewport(), LEFT, NONE, link)
    assert opened == ["https://example.org/map"]
    QTest.mouseClick(chat.viewport(), LEFT, NONE, point_at(chat, 2, "x") + QPoint(3, 0))
    QTest.mouseClick(chat.viewport(), LEFT, NONE, point_at(chat, 2, "behind"))
    assert opened == ["https://example.org/map"]


def test_the_mouse_shows_what_a_click_would_do(chat: ChatList) -> None:
    shapes = []
    for point in (QPoint(2, 2), point_at(chat, 2, "behind"), point_at(chat, 2, "the map") + QPoint(9, 0)):
        move(chat, point, is_pressed=False)
        shapes.append(chat.viewport().cursor().shape())
    shape = Qt.CursorShape
    assert shapes == [shape.ArrowCursor, shape.IBeamCursor, shape.PointingHandCursor]


def test_a_voice_that_is_kept_is_played_again_by_a_click(chat: ChatList) -> None:
    asked: list[str] = []
    chat.replay_asked.connect(asked.append)
    row, origin = row_of(chat, 2)
    assert row.replay is not None
    button = origin + row.replay.center().toPoint()
    QTest.mouseClick(chat.viewport(), LEFT, NONE, button)
    assert asked == []
    chat.show_state(replace(state_of(*LINES), voices=frozenset({"m2"})))
    QTest.mouseClick(chat.viewport(), LEFT, NONE, button)
    chat.show_state(replace(state_of(*LINES), replaying="m2"))
    QTest.mouseClick(chat.viewport(), LEFT, NONE, button)
    assert asked == ["m2", "m2"]
    chat.show_state(state_of(*LINES))
    QTest.mouseClick(chat.viewport(), LEFT, NONE, button)
    assert asked == ["m2", "m2"]


def test_the_menu_is_that_of_the_line_under_the_mouse_or_at_the_keys(chat: ChatList) -> None:
    asked: list[int] = []
    chat.menu_asked.connect(lambda number, _point: asked.append(number))
    chat.setFocus(Qt.FocusReason.TabFocusReason)
    point = point_at(chat, 2, "behind")
    for reason in (QContextMenuEvent.Reason.Mouse, QContextMenuEvent.Reason.Keyboard):
        event = QContextMenuEvent(reason, point, chat.viewport().mapToGlobal(point))
        QApplication.sendEvent(chat.viewport(), event)
    assert asked == [2, 3]


def test_delete_asks_for_the_line_at_the_keys(chat: ChatList) -> None:
    asked: list[int] = []
    chat.delete_asked.connect(asked.append)
    chat.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(chat, Qt.Key.Key_Delete)
    assert asked == [3]


def test_a_line_far_away_is_brought_into_sight_and_stays_there(qtbot: QtBot) -> None:
    lines = [character(number, f"line {number}") for number in range(1, 1001)]
    with shown_list(*lines) as chat:
        assert follows(chat)
        assert chat.show_message(200)
        assert not follows(chat)
        _, origin = row_of(chat, 200)
        assert 0 <= origin.y() < 600
        chat.show_state(state_of(*lines, character(1001, "new")))
        chat.executeDelayedItemsLayout()
        assert row_of(chat, 200)[1] == origin
        assert not chat.show_message(5000)
        chat.follow()
        assert chat.texts()[-1] == "new"
        assert follows(chat)


def test_the_way_back_to_the_end_is_scrolled_a_page_at_a_time(qtbot: QtBot) -> None:
    lines = [character(number, f"line {number}") for number in range(1, 301)]
    with shown_list(*lines) as chat:
        chat.show_message(50)
        bar = chat.verticalScrollBar()
        bar.setValue(bar.maximum())
        assert not follows(chat)
        for _ in range(20):
            bar.setValue(bar.maximum())
            QApplication.processEvents()
        assert chat.texts()[-1] == "line 300"
        assert follows(chat)


def test_earlier_lines_come_back_at_the_top_without_moving_what_is_read(qtbot: QtBot) -> None:
    lines = [character(number, f"line {number}") for number in range(1, 301)]
    with shown_list(*lines) as chat:
        first = chat.texts()[0]
        chat.verticalScrollBar().setValue(0)
        before = point_at(chat, int(first.split()[1]), first)
        QApplication.processEvents()
        assert chat.texts()[0] == f"line {301 - ROWS - PAGE}"
        assert abs(point_at(chat, int(first.split()[1]), first).y() - before.y()) <= 1


def test_a_narrower_view_breaks_the_lines_anew_and_nothing_is_cut(qtbot: QtBot) -> None:
    with shown_list(character(1, "many words to be broken into lines " * 8)) as chat:
        before = chat.delegate.row(0).size.height()
        chat.resize(300, 600)
        chat.executeDelayedItemsLayout()
        assert chat.delegate.row(0).size.height() > before
        assert chat.delegate.row(0).bubble.right() <= 300
        assert chat.visualRect(chat.model().index(0, 0)).height() == chat.delegate.row(0).size.height()


def test_every_row_can_be_read_by_assistive_technology(chat: ChatList) -> None:
    found = QAccessible.queryAccessibleInterface(chat)
    assert found.text(QAccessible.Text.Name) == "Conversation"
    names = [found.child(row).text(QAccessible.Text.Name) for row in range(found.childCount())]
    spoken = [chat.spoken(line) for line in LINES]
    assert [name for name in names if name in spoken] == spoken
    assert spoken[1].endswith(": It is behind the shed, see the map or x")


def test_a_tooltip_says_where_a_link_leads_and_what_the_button_does(chat: ChatList) -> None:
    row, origin = row_of(chat, 2)
    assert row.replay is not None
    button = origin + row.replay.center().toPoint()
    kept = replace(state_of(*LINES), voices=frozenset({"m2"}))
    places = {
        "https://example.org/map": (kept, point_at(chat, 2, "the map") + QPoint(9, 0)),
        "Play again": (kept, button),
        "Stop playing": (replace(kept, replaying="m2"), button),
        "": (kept, point_at(chat, 2, "behind")),
    }
    for words, (state, point) in places.items():
        chat.show_state(state)
        event = QHelpEvent(QEvent.Type.ToolTip, point, chat.viewport().mapToGlobal(point))
        QApplication.sendEvent(chat.viewport(), event)
        assert QToolTip.text() == words or not words
    QToolTip.hideText()
