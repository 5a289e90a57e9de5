"""Where the parts of a row lie."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from app.conversation.line import Line
from app.core.settings import Looks
from app.core.settings.looks import COMPACT
from app.ui.appearance import Appearance
from app.ui.chat.delegate import ChatDelegate
from app.ui.chat.model import ChatModel
from app.ui.chat.row import Row
from app.ui.face import Face
from tests.ui.chat.chat_parts import appearance, character, person

LONG = "A reply of many words that has to be broken into lines, whatever the window is like. " * 3


def rows(
    *lines: Line,
    width: int = 460,
    scale: float = 1.0,
    is_mirrored: bool = False,
    look: Appearance | None = None,
) -> list[Row]:
    model = ChatModel()
    delegate = ChatDelegate(look or appearance(scale), model, Face())
    delegate.set_width(width, is_mirrored=is_mirrored)
    model.show_lines(lines, is_following=True, character_name="Heron")
    return [delegate.row(row) for row in range(len(lines))]


def parts(row: Row) -> list[QRectF]:
    found = (row.day, row.portrait, row.label, row.bubble, row.footer)
    return [part for part in found if part is not None]


@pytest.mark.parametrize("width", [260, 380, 460, 900, 2000])
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_everything_is_in_the_view_and_nothing_overlaps(
    qtbot: QtBot, width: int, scale: float, is_mirrored: bool
) -> None:
    cut = character(2, LONG, is_interrupted=True)
    for row in rows(
        person(1, LONG), cut, person(3, "yes"), width=width, scale=scale, is_mirrored=is_mirrored
    ):
        for part in parts(row):
            assert part.left() >= 0
            assert part.right() <= width
            assert part.bottom() <= row.size.height()
        assert row.words.size.width() <= row.bubble.width()
        assert row.words.size.height() < row.bubble.height()
        stacked = [part for part in (row.day, row.label, row.bubble, row.footer) if part is not None]
        assert all(above.bottom() <= below.top() for above, below in pairwise(stacked))
        if row.portrait is not None:
            assert not row.portrait.intersects(row.bubble)


def test_dense_rows_are_lower_and_nothing_in_them_overlaps(qtbot: QtBot) -> None:
    lines = person(1, "hi"), character(2, LONG, is_interrupted=True), character(3, "yes")
    looks = appearance()
    dense = Appearance(looks._app, looks=Looks(density=COMPACT))
    for row, lower in zip(rows(*lines), rows(*lines, look=dense), strict=True):
        assert lower.size.height() < row.size.height()
        assert lower.bubble.height() >= lower.words.size.height() + 4
        assert lower.text_origin.y() + lower.words.size.height() < lower.bubble.bottom()
        stacked = [part for part in (lower.day, lower.label, lower.bubble, lower.footer) if part is not None]
        assert all(above.bottom() <= below.top() for above, below in pairwise(stacked))


def test_the_character_is_left_and_the_person_right(qtbot: QtBot) -> None:
    one, other = rows(person(1, "hi"), character(2, "hello"))
    assert one.bubble.right() == 460 - 16
    assert other.portrait is not None
    assert other.portrait.left() == 16
    assert other.bubble.left() > other.portrait.right()
    assert (one.is_on_the_right, other.is_on_the_right, one.portrait) == (True, False, None)


def test_a_mirrored_window_is_the_mirror_image(qtbot: QtBot) -> None:
    lines = person(1, "hi"), character(2, LONG, is_interrupted=True)
    for row, mirrored in zip(rows(*lines), rows(*lines, is_mirrored=True), strict=True):
        for part, other in zip(parts(row), parts(mirrored), strict=True):
            assert part.left() == pytest.approx(460 - other.right())
            assert part.top() == other.top()


def test_text_too_large_for_the_window_gets_the_room_of_the_portrait(qtbot: QtBot) -> None:
    assert rows(character(1, LONG), width=380)[0].portrait is not None
    large = rows(character(1, LONG), width=380, scale=2.0)[0]
    assert large.portrait is None
    assert large.bubble.width() > 0.85 * (380 - 32)


def test_a_line_that_goes_on_has_no_name_and_no_portrait(qtbot: QtBot) -> None:
    first, second = rows(character(1, "one"), character(2, "two"))
    assert first.label is not None
    assert (second.label, second.portrait, second.day) == (None, None, None)
    assert second.bubble.left() == first.bubble.left()


def test_only_a_whole_reply_can_be_played_again(qtbot: QtBot) -> None:
    found = rows(character(1, "one"), character(2, "two", is_final=False), person(3, "three"))
    assert [row.replay is not None for row in found] == [True, False, False]
    assert found[0].replay is not None
    assert found[0].replay.left() > found[0].bubble.right()
