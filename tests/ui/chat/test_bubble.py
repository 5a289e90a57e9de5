"""Text broken to fit into a bubble."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from app.conversation.line import Author
from app.ui.chat.bubble import Bubble
from app.ui.chat.dress import Dress
from app.ui.chat.ink import Ink, ink_of
from app.ui.chat.marks import Marks
from app.ui.theme import LIGHT

WORDS = "one two three four five six seven eight nine ten eleven twelve"
NO_MARKS = Marks()
INK = ink_of(LIGHT, Author.CHARACTER)


@pytest.fixture
def dress(qtbot: QtBot) -> Dress:
    return Dress(QFont(), QFont("DejaVu Sans Mono"), INK.link, INK.code_ground, QColor("#cccccc"), 16.0)


def painted(bubble: Bubble, marks: Marks = NO_MARKS, ink: Ink = INK) -> QImage:
    image = QImage(bubble.size.toSize(), QImage.Format.Format_RGB32)
    image.fill(ink.ground)
    painter = QPainter(image)
    bubble.paint(painter, QPointF(), ink, marks, QRectF(image.rect()))
    painter.end()
    return image


def pixels(image: QImage, color: QColor, *, rows: range | None = None) -> int:
    """Count the pixels of a colour."""
    wanted = color.rgb()
    lines = rows or range(image.height())
    return sum(image.pixel(x, y) == wanted for y in lines for x in range(image.width()))


def test_long_text_is_wrapped_and_never_wider_than_its_room(dress: Dress) -> None:
    wide, narrow = Bubble(WORDS, dress, 2000), Bubble(WORDS, dress, 120)
    assert narrow.size.width() <= 120
    assert narrow.size.height() >= 3 * wide.size.height()


@pytest.mark.parametrize(
    "text", ["w" * 500, "`" + "w" * 500 + "`", "```\n" + "w" * 500 + "\n```", "- " + "w" * 500]
)
def test_a_word_without_end_is_broken(dress: Dress, text: str) -> None:
    assert Bubble(text, dress, 120, is_markdown=True).size.width() <= 120


def test_a_wide_table_stays_within_its_room(dress: Dress) -> None:
    table = "| a | b |\n|---|---|\n| " + "w" * 100 + " | " + WORDS + " |"
    assert Bubble(table, dress, 200, is_markdown=True).size.width() <= 200


def test_line_feeds_are_kept(dress: Dress) -> None:
    one = Bubble("a", dress, 500).size.height()
    assert Bubble("a\nb\nc", dress, 500).size.height() > 2.5 * one
    assert Bubble("a\n*b*\nc", dress, 500, is_markdown=True).size.height() > 2.5 * one


def test_a_caret_has_room(dress: Dress) -> None:
    for room in range(60, 300, 7):
        bubble = Bubble(WORDS, dress, room, has_caret=True)
        assert bubble.size.width() <= room
        assert pixels(painted(bubble), INK.link) > 20


def test_a_document_is_kept_while_its_words_are_the_same(dress: Dress) -> None:
    bubble = Bubble("hello", dress, 300, is_markdown=True)
    assert bubble.is_of("hello", dress, is_markdown=True, has_caret=False)
    assert not bubble.is_of("hello!", dress, is_markdown=True, has_caret=False)
    assert not bubble.is_of("hello", dress, is_markdown=True, has_caret=True)
    assert not bubble.is_of("hello", dress, is_markdown=False, has_caret=False)


def test_it_fits_itself_into_another_room_and_back(dress: Dress) -> None:
    bubble = Bubble(WORDS, dress, 300)
    before = bubble.size
    bubble.fit(100)
    assert bubble.size.width() <= 100
    bubble.fit(300)
    assert bubble.size == before == Bubble(WORDS, dress, 300).size


def test_text_from_right_to_left_begins_at_the_right_edge_of_its_bubble(dress: Dress) -> None:
    bubble = Bubble("שלום", dress, 400)
    assert bubble.size.width() < 100
    image = painted(bubble)
    ground = INK.ground.rgb()
    inked = [
        x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in range(image.height()))
    ]
    assert min(inked) <= 4
    assert max(inked) >= image.width() - 4


def test_what_was_not_heard_is_fainter(dress: Dress) -> None:
    bubble = Bubble(WORDS, dress, 2000)
    assert pixels(painted(bubble), INK.unheard) == 0
    half = painted(bubble, Marks(heard=0.5))
    left = half.copy(0, 0, half.width() // 3, half.height())
    right = half.copy(half.width() * 2 // 3, 0, half.width() // 3, half.height())
    assert (pixels(left, INK.text) > 0, pixels(left, INK.unheard)) == (True, 0)
    assert (pixels(right, INK.text), pixels(right, INK.unheard) > 0) == (0, True)


def test_what_will_not_be_heard_any_more_is_struck_out(dress: Dress) -> None:
    bubble = Bubble(WORDS, dress, 2000)
    faint, struck = painted(bubble, Marks(heard=0.5)), painted(bubble, Marks(heard=0.5, is_cut=True))
    more = [
        pixels(struck, INK.unheard, rows=range(y, y + 1)) - pixels(faint, INK.unheard, rows=range(y, y + 1))
        for y in range(faint.height())
    ]
    assert max(more) > faint.width() // 4


def test_a_word_is_heard_as_a_whole(dress: Dress) -> None:
    bubble = Bubble("hello there friend", dress, 400)
    assert bubble.heard_until(0.0) == 0
    assert bubble.heard_until(7 / 18) == len("hello there")
    assert bubble.heard_until(1.0) == bubble.end == 18


def test_what_is_selected_and_found_has_its_own_ground(dress: Dress) -> None:
    bubble = Bubble(WORDS, dress, 2000)
    assert pixels(painted(bubble, Marks(selected=(0, 7))), INK.selection.ground) > 100
    assert pixels(painted(bubble, Marks(searched="EIGHT")), INK.match.ground) > 50
    assert pixels(painted(bubble, Marks(searched="eight", is_current=True)), INK.current_match.ground) > 50
    at = WORDS.index("twelve")
    assert bubble.matches("TW") == [(4, 6), (at, at + 2)]
    assert bubble.matches("six TW") == [(WORDS.index("six"), WORDS.index("six") + 3), (4, 6), (at, at + 2)]
    assert bubble.matches("") == []


def test_code_stands_in_a_box_and_quotations_beside_a_bar(dress: Dress) -> None:
    code = painted(Bubble("```\na = 1\nb = 2\n```", dress, 300, is_markdown=True))
    assert pixels(code, INK.code_ground) > code.width() * code.height() * 0.5
    painted_rows = [y for y in range(code.height()) if pixels(code, INK.code_ground, rows=range(y, y + 1))]
    assert painted_rows[0] <= 1
    assert painted_rows[-1] >= code.height() - 2
    plain = painted(Bubble("a quotation", dress, 300, is_markdown=True))
    quoted = painted(Bubble("> a quotation", dress, 300, is_markdown=True))
    assert pixels(quoted.copy(0, 0, 4, quoted.height()), INK.unheard) > 15
    assert pixels(plain.copy(0, 0, 4, plain.height()), INK.unheard) == 0


def test_a_line_across_the_text_is_as_wide_as_the_bubble_and_no_wider(dress: Dress) -> None:
    bubble = Bubble("some words\n\n---\n\nmore", dress, 600, is_markdown=True)
    assert bubble.size.width() < 200
    image = painted(bubble)
    assert [pixels(image, QColor("#cccccc"), rows=range(y, y + 1)) for y in range(image.height())].count(
        image.width()
    ) == 1


def test_boxes_to_tick_are_drawn(dress: Dress) -> None:
    ticked, empty, bare = (
        painted(Bubble(text, dress, 300, is_markdown=True)).copy(0, 0, 14, 20)
        for text in ("- [x] a", "- [ ] a", "1. a")
    )
    assert ticked != empty
    assert empty != bare


def test_a_heading_is_higher_than_text(dress: Dress) -> None:
    text, head = (Bubble(words, dress, 300, is_markdown=True).size.height() for words in ("Word", "# Word"))
    assert 1.15 * text < head < 1.6 * text


def test_bullets_that_were_not_heard_are_fainter_too(dress: Dress) -> None:
    bubble = Bubble("- one\n- two", dress, 300, is_markdown=True)
    text_at = 12  # the bullets are left of it
    for heard, ink in ((None, INK.text), (0.0, INK.unheard)):
        image = painted(bubble, Marks(heard=heard))
        bullets = image.copy(0, 0, text_at, image.height())
        assert pixels(bullets, ink) > 10


def test_links_are_found_where_they_are(dress: Dress) -> None:
    bubble = Bubble("see [this](https://example.org) and [that](file:///etc)", dress, 600, is_markdown=True)
    middle = bubble.size.height() / 2
    found = [bubble.link_at(QPointF(x, middle)) for x in range(int(bubble.size.width()))]
    assert found[0] == ""
    assert set(found) == {"", "https://example.org", "file:///etc"}
    assert bubble.links() == ["https://example.org", "file:///etc"]


def test_positions_count_as_the_words_do_also_after_an_emoji(dress: Dress) -> None:
    bubble = Bubble("a 🦆 duck", dress, 400)
    start, end = bubble.word_at(bubble.end - 1)
    assert bubble.words(start, end) == "duck"
    assert bubble.words(0, bubble.end) == "a 🦆 duck"
    assert bubble.position_at(QPointF(0, 5)) == 0
    assert bubble.position_at(QPointF(1000, 5)) == bubble.end
