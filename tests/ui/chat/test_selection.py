from __future__ import annotations

from app.ui.chat.selection import Selection, Spot


def test_a_selection_covers_the_lines_between_its_ends() -> None:
    selection = Selection(Spot(2, 5), Spot(4, 3))
    assert [selection.range_in(number, 10) for number in range(1, 6)] == [
        None,
        (5, 10),
        (0, 10),
        (0, 3),
        None,
    ]


def test_it_may_be_drawn_upwards() -> None:
    selection = Selection(Spot(4, 3), Spot(2, 5))
    assert (selection.first, selection.last) == (Spot(2, 5), Spot(4, 3))
    assert selection.range_in(4, 10) == (0, 3)


def test_within_one_line_only_what_is_between_is_selected() -> None:
    assert Selection(Spot(2, 7), Spot(2, 3)).range_in(2, 10) == (3, 7)
    assert Selection(Spot(2, 3), Spot(2, 7)).range_in(2, 5) == (3, 5)


def test_an_empty_selection_is_in_no_line() -> None:
    selection = Selection(Spot(2, 3), Spot(2, 3))
    assert selection.is_empty
    assert selection.range_in(2, 10) is None
    assert not selection.moved(Spot(3, 0)).is_empty
    assert selection.moved(Spot(3, 0)).range_in(3, 10) is None
