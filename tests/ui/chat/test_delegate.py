"""Rows as they are painted, and what of them is kept."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from app.conversation.line import Author
from app.ui.chat.ink import ink_of
from app.ui.chat.list import ChatList
from app.ui.theme import DARK, LIGHT
from tests.ui.chat.chat_parts import START, character, person, row_of, shown_list, state_of


def picture(chat: ChatList) -> QImage:
    return chat.viewport().grab().toImage()


def has(image: QImage, color: QColor, least: int = 20) -> bool:
    wanted = color.rgb()
    count = 0
    for y in range(image.height()):
        count += sum(image.pixel(x, y) == wanted for x in range(image.width()))
        if count >= least:
            return True
    return False


def test_a_row_is_measured_once(qtbot: QtBot) -> None:
    lines = [person(1, "hi"), character(2, "hello")]
    with shown_list(*lines) as chat:
        first = chat.delegate.row(0)
        assert chat.delegate.row(0) is first
        chat.show_state(state_of(*lines, person(3, "and")))
        assert chat.delegate.row(0) is first


def test_a_row_whose_heard_part_grows_keeps_its_document(qtbot: QtBot) -> None:
    line = character(1, "hello **there**", heard_chars=2)
    with shown_list(line) as chat:
        words = chat.delegate.row(0).words
        chat.show_state(state_of(replace(line, heard_chars=6)))
        assert chat.delegate.row(0).words is words
        chat.show_state(state_of(replace(line, text="hello **there** you")))
        assert chat.delegate.row(0).words is not words


def test_what_is_kept_is_bounded(qtbot: QtBot) -> None:
    lines = [character(number, f"line {number}") for number in range(1, 2001)]
    with shown_list(*lines) as chat:
        for number in range(1900, 100, -50):
            assert chat.show_message(number)
        assert len(chat.delegate._rows) <= 400


@pytest.mark.parametrize(("named", "theme"), [("light", LIGHT), ("dark", DARK)])
def test_half_of_a_reply_is_heard(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, named: str, theme: object
) -> None:
    monkeypatch.setenv("HERON_THEME", named)
    ink = ink_of(LIGHT if named == "light" else DARK, Author.CHARACTER)
    line = character(1, "mmmm " * 30)
    with shown_list(line) as chat:
        row, origin = row_of(chat, 1)
        box = row.bubble.toRect().translated(origin)
        assert not has(picture(chat).copy(box), ink.unheard)
        chat.show_state(state_of(replace(line, heard_chars=75)))
        assert has(picture(chat).copy(box), ink.unheard)
        assert has(picture(chat).copy(box), ink.text)


def test_a_cut_reply_says_so(qtbot: QtBot) -> None:
    line = character(1, "mmmm " * 30)
    with shown_list(line, replace(line, number=2, is_interrupted=True)) as chat:
        row, origin = row_of(chat, 2)
        assert row.footer is not None
        assert has(
            picture(chat).copy(row.footer.toRect().translated(origin)), chat._appearance.theme.danger, 5
        )


def test_a_provisional_caption_has_no_ground_of_its_own(qtbot: QtBot) -> None:
    line = person(1, "what time is it")
    for is_final in (True, False):
        with shown_list(replace(line, is_final=is_final)) as chat:
            row, origin = row_of(chat, 1)
            box = row.bubble.toRect().translated(origin)
            assert has(picture(chat).copy(box), chat._appearance.theme.person.ground, 500) is is_final


def test_a_voice_that_is_kept_has_a_button(qtbot: QtBot) -> None:
    with shown_list(character(1, "hello")) as chat:
        row, origin = row_of(chat, 1)
        assert row.replay is not None
        box = row.replay.toRect().translated(origin)
        state = state_of(character(1, "hello"))
        looks = [picture(chat).copy(box)]
        for voices, replaying in (
            ({"m2"}, None),
            ({"m1"}, None),
            ({"m1"}, "m1"),
            (set(), "m1"),
            (set(), None),
        ):
            chat.show_state(replace(state, voices=frozenset(voices), replaying=replaying))
            looks.append(picture(chat).copy(box))
        nothing, elsewhere, kept, playing, still_playing, gone = looks
        assert nothing == elsewhere == gone
        assert playing == still_playing
        assert kept not in (nothing, playing)
        assert playing != nothing
        assert has(playing, chat._appearance.theme.soft.ground, 20)


def test_days_are_drawn_between_the_lines_of_two_days(qtbot: QtBot) -> None:
    old = character(1, "a", time=START)
    new = character(2, "b", time=datetime.now().astimezone())
    with shown_list(old, new) as chat:
        for number in (1, 2):
            row, origin = row_of(chat, number)
            assert row.day is not None
            assert has(
                picture(chat).copy(row.day.toRect().translated(origin)), chat._appearance.theme.quiet, 5
            )


def test_a_portrait_is_the_initial_of_any_other_character(qtbot: QtBot) -> None:
    with shown_list(character(1, "hello")) as chat:
        before = picture(chat)
        chat.show_state(replace(state_of(character(1, "hello")), character_name="Ada"))
        assert picture(chat) != before


def test_documents_are_not_imported_before_the_first_line() -> None:
    script = (
        "import sys; from app.ui.chat import view;"
        "sys.exit(any('QTextDocument' in vars(m) for n, m in sys.modules.items() if n.startswith('app.')))"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
