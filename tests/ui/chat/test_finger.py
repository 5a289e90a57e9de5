"""A finger on the conversation."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.settings import Looks
from app.ui.chat.list import ChatList
from tests.ui.chat.chat_parts import character, person, point_at, row_of, shown_list
from tests.ui.touch import Fingers

WAIT_MS = 3000


@contextmanager
def long_list() -> Iterator[tuple[ChatList, Fingers]]:
    """Show more lines than there is room for, the newest in sight."""
    lines = [
        (person if number % 2 else character)(number, f"line {number} has some words")
        for number in range(1, 41)
    ]
    with shown_list(*lines, height=400) as chat:
        yield chat, Fingers(chat.viewport())


def middle(chat: ChatList) -> QPoint:
    return chat.viewport().rect().center()


def drag(fingers: Fingers, start: QPoint, distance: int, *, steps: int = 5) -> QPoint:
    """Move a finger up or down and leave it there; return where."""
    fingers.press(start)
    for step in range(steps + 1):
        fingers.move(start + QPoint(0, distance * step // steps))
        QTest.qWait(5)
    return start + QPoint(0, distance)


def test_rows_follow_a_finger_and_no_words_are_selected(qtbot: QtBot) -> None:
    with long_list() as (chat, fingers):
        bar = chat.verticalScrollBar()
        before = bar.value()
        assert before == bar.maximum() > 300
        end = drag(fingers, middle(chat), 150)
        moved = before - bar.value()
        assert 150 - 2 * QApplication.styleHints().startDragDistance() - 25 <= moved <= 150
        QTest.qWait(200)  # a finger that rests does not flick
        fingers.release(end)
        assert not chat._finger.is_gliding
        assert before - bar.value() == moved
        assert not chat.is_following
        assert chat.selected_text() == ""
        assert chat.selectedIndexes() == []


def test_a_flick_glides_on_and_comes_to_rest(qtbot: QtBot) -> None:
    with long_list() as (chat, fingers):
        fingers.release(drag(fingers, middle(chat), 120))
        at_release = chat.verticalScrollBar().value()
        assert chat._finger.is_gliding
        qtbot.waitUntil(lambda: not chat._finger.is_gliding, timeout=WAIT_MS)
        assert chat.verticalScrollBar().value() < at_release - 20


def test_a_finger_stops_what_glides_and_that_is_no_tap(qtbot: QtBot) -> None:
    with long_list() as (chat, fingers):
        tapped: list[QPoint] = []
        chat._finger.tapped.connect(tapped.append)
        fingers.release(drag(fingers, middle(chat), 120))
        fingers.tap(middle(chat))
        assert not chat._finger.is_gliding
        assert tapped == []
        fingers.tap(middle(chat))
        assert len(tapped) == 1


def test_where_motion_is_not_wanted_nothing_glides(qtbot: QtBot) -> None:
    with long_list() as (chat, fingers):
        chat._appearance.wear(Looks(motion="reduced"))
        fingers.release(drag(fingers, middle(chat), 120))
        assert not chat._finger.is_gliding


def test_a_tap_is_a_click(qtbot: QtBot) -> None:
    with shown_list(person(1, "hi"), character(2, "See https://example.org/page for more")) as chat:
        chat.delegate.voices = frozenset({"m2"})
        fingers = Fingers(chat.viewport())
        opened: list[str] = []
        chat.link_activated.connect(opened.append)
        fingers.tap(point_at(chat, 2, "example") + QPoint(3, 0))
        assert opened == ["https://example.org/page"]
        replayed: list[str] = []
        chat.replay_asked.connect(replayed.append)
        row, origin = row_of(chat, 2)
        assert row.replay is not None
        fingers.tap(origin + row.replay.center().toPoint())
        assert replayed == ["m2"]
        assert chat.selected_text() == ""


def test_a_finger_that_stays_opens_the_menu(qtbot: QtBot) -> None:
    with shown_list(person(1, "hi"), character(2, "hello there")) as chat:
        fingers = Fingers(chat.viewport())
        place = point_at(chat, 2, "hello")
        tapped: list[QPoint] = []
        chat._finger.tapped.connect(tapped.append)
        with qtbot.waitSignal(chat.menu_asked, timeout=WAIT_MS) as asked:
            fingers.press(place)
            fingers.move(place + QPoint(1, 1))
        assert asked.args == [2, chat.viewport().mapToGlobal(place)]
        fingers.release(place)
        assert tapped == []


@pytest.mark.parametrize("end", ["moved", "cancelled", "lifted"])
def test_no_menu_opens_when_the_finger_does_not_stay(qtbot: QtBot, end: str) -> None:
    with long_list() as (chat, fingers):
        asked: list[object] = []
        chat.menu_asked.connect(lambda number, _point: asked.append(number))
        fingers.press(middle(chat))
        if end == "moved":
            fingers.move(middle(chat) + QPoint(0, 60))
            QTest.qWait(QApplication.styleHints().mousePressAndHoldInterval() + 50)
            fingers.release(middle(chat) + QPoint(0, 60))
        elif end == "cancelled":
            fingers.cancel()
        else:
            fingers.release(middle(chat))
        QTest.qWait(QApplication.styleHints().mousePressAndHoldInterval() + 50)
        assert asked == []


def test_a_second_finger_changes_nothing(qtbot: QtBot) -> None:
    with long_list() as (chat, fingers):
        bar = chat.verticalScrollBar()
        fingers.press(middle(chat))
        fingers.press(middle(chat) + QPoint(40, 0), finger=1)
        fingers.move(middle(chat) + QPoint(40, 150), finger=1)
        assert bar.value() == bar.maximum()
        fingers.release(middle(chat) + QPoint(40, 150), finger=1)
        fingers.move(middle(chat) + QPoint(0, 30))
        fingers.move(middle(chat) + QPoint(0, 90))
        assert bar.value() == bar.maximum() - 60
        fingers.release(middle(chat) + QPoint(0, 90))


def test_rows_that_come_in_above_do_not_make_it_jump(qtbot: QtBot) -> None:
    lines = [person(number, f"line {number}") for number in range(1, 201)]
    with shown_list(*lines, height=400) as chat:
        fingers = Fingers(chat.viewport())
        bar = chat.verticalScrollBar()
        bar.setValue(40)
        QApplication.processEvents()
        first = chat._model.line(0).number
        fingers.press(middle(chat))
        for distance in (20, 40, 60, 80, 100):
            fingers.move(middle(chat) + QPoint(0, distance))
            QTest.qWait(5)
        assert chat._model.line(0).number < first
        fingers.release(middle(chat) + QPoint(0, 100))
        qtbot.waitUntil(lambda: not chat._finger.is_gliding, timeout=WAIT_MS)
        # One page came in, not all there are.
        assert first - chat._model.line(0).number <= 120
        assert bar.value() > 0
