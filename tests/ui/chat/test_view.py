"""The conversation view as a whole: search, menu, deletion, the way back."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QMenu
from pytestqt.qtbot import QtBot

from app.conversation.line import Author, Line
from app.ui.chat import search
from app.ui.chat.view import ChatView
from app.ui.face import Face
from tests.ui.chat.chat_parts import appearance, character, person, state_of
from tests.ui.open_window import CONTROL, Opened, opened, settle, until

LONG = tuple(
    character(number, f"line {number}" + (" about a heron" if number % 100 == 0 else ""))
    for number in range(1, 1001)
)
LINES = (
    person(1, "where is my bike"),
    character(2, "Behind **the shed**: [map](https://example.org/?a=1&b=2)"),
)


@asynccontextmanager
async def shown(*lines: Line) -> AsyncIterator[ChatView]:
    view = ChatView(appearance(), Face())
    view.resize(460, 600)
    view.show()
    view.activateWindow()
    view.show_state(state_of(*lines))
    await until(view.isActiveWindow)
    await settle()
    try:
        yield view
    finally:
        view.close()
        view.deleteLater()
        await settle()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "WAIT_MS", 1)
    QGuiApplication.clipboard().clear()


def arrived_at(view: ChatView) -> int | None:
    return view.list.delegate.arrived_at


def actions(view: ChatView, number: int) -> dict[str, object]:
    line = view.list.line(number)
    assert line is not None
    menu = view._menu(line)
    return {action.text(): action for action in menu.actions() if action.text()}


def choose(view: ChatView, number: int, text: str) -> None:
    line = view.list.line(number)
    assert line is not None
    next(action for action in view._menu(line).actions() if action.text() == text).trigger()


@pytest.mark.asyncio
async def test_the_whole_history_is_searched_from_the_newest_place_on(qtbot: QtBot) -> None:
    async with shown(*LONG) as view:
        view.open_search()
        QTest.keyClicks(view.search_bar.line, "HERON")
        await until(lambda: view.search_bar.count_text == "1 of 10")
        assert arrived_at(view) == 1000
        for _ in range(3):
            QTest.keyClick(view.search_bar.line, Qt.Key.Key_Return)
        assert view.search_bar.count_text == "4 of 10"
        assert arrived_at(view) == 700
        assert "line 700 about a heron" in view.list.texts()
        assert not view.list.is_following
        QTest.keyClick(view.search_bar.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert arrived_at(view) == 800
        for _ in range(3):
            QTest.keyClick(view.search_bar.line, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert view.search_bar.count_text == "10 of 10"
        QTest.keyClick(view.search_bar.line, Qt.Key.Key_Escape)
        await settle()
        assert view.list.delegate.searched == ""
        assert arrived_at(view) is None
        assert view.list.hasFocus()


@pytest.mark.asyncio
async def test_a_search_without_an_answer_says_so(qtbot: QtBot) -> None:
    async with shown(*LINES) as view:
        view.open_search()
        QTest.keyClicks(view.search_bar.line, "submarine")
        await until(lambda: view.search_bar.count_text == "Not found")
        QTest.keyClick(view.search_bar.line, Qt.Key.Key_Return)
        assert arrived_at(view) is None


@pytest.mark.asyncio
async def test_what_is_said_meanwhile_is_found_too_and_nothing_jumps(qtbot: QtBot) -> None:
    async with shown(*LONG) as view:
        view.open_search()
        QTest.keyClicks(view.search_bar.line, "heron")
        await until(lambda: view.search_bar.count_text == "1 of 10")
        QTest.keyClick(view.search_bar.line, Qt.Key.Key_Return)
        view.show_state(state_of(*LONG, person(1001, "a heron again")))
        await until(lambda: view.search_bar.count_text == "3 of 11")
        assert arrived_at(view) == 900


@pytest.mark.asyncio
async def test_there_is_nothing_to_search_before_the_first_word(qtbot: QtBot) -> None:
    async with shown() as view:
        view.open_search()
        assert not view.search_bar.isVisible()
        assert view.welcome.isVisible()


@pytest.mark.asyncio
async def test_a_failed_search_is_told(qtbot: QtBot) -> None:
    class Broken:
        async def search(self, words: str) -> list[int]:
            raise OSError(words)

    failed: list[Exception] = []
    async with shown(*LINES) as view:
        view.failed.connect(failed.append)
        view.search_in(Broken())
        view.open_search()
        QTest.keyClicks(view.search_bar.line, "bike")
        await until(lambda: bool(failed))


@pytest.mark.asyncio
async def test_a_menu_offers_what_can_be_done_with_its_line(qtbot: QtBot) -> None:
    async with shown(*LINES) as view:
        whole = ["Copy message", "Select all", "Copy whole conversation"]
        assert list(actions(view, 1)) == whole
        view.allow_delete()
        kept = replace(state_of(*LINES), voices=frozenset({"m2"}))
        view.show_state(kept)
        whole += ["Delete this conversation…", "Export all conversations…"]
        assert list(actions(view, 1)) == ["Copy message", "Delete message…", *whole[1:]]
        link = "Open https://example.org/?a=1&&b=2"
        assert list(actions(view, 2)) == ["Copy message", link, "Play again", "Delete message…", *whole[1:]]
        view.show_state(replace(kept, replaying="m2"))
        assert list(actions(view, 2)) == ["Copy message", link, "Stop playing", "Delete message…", *whole[1:]]


@pytest.mark.asyncio
async def test_the_menu_does_what_it_says(qtbot: QtBot) -> None:
    async with shown(*LINES) as view:
        opened: list[str] = []
        played: list[str] = []
        view.link_activated.connect(opened.append)
        view.replay_asked.connect(played.append)
        view.show_state(replace(state_of(*LINES), voices=frozenset({"m2"})))
        choose(view, 2, "Copy message")
        assert QGuiApplication.clipboard().text() == LINES[1].text
        choose(view, 2, "Copy whole conversation")
        assert QGuiApplication.clipboard().text() == f"You: where is my bike\nHeron: {LINES[1].text}"
        choose(view, 2, "Open https://example.org/?a=1&&b=2")
        choose(view, 2, "Play again")
        assert (opened, played) == (["https://example.org/?a=1&b=2"], ["m2"])
        view.allow_delete()
        with qtbot.waitSignal(view.export_asked):
            choose(view, 2, "Export all conversations…")


@pytest.mark.asyncio
async def test_a_menu_opens_without_holding_up_the_loop(qtbot: QtBot) -> None:
    async with shown(*LINES) as view:
        view._open_menu(1, view.mapToGlobal(QPoint(100, 100)))
        await until(lambda: any(menu.isVisible() for menu in view.findChildren(QMenu)))
        for menu in view.findChildren(QMenu):
            menu.close()
        await until(lambda: not view.findChildren(QMenu))


@pytest.mark.asyncio
async def test_a_line_is_deleted_only_when_that_is_allowed_and_confirmed(qtbot: QtBot) -> None:
    async with shown(*LINES) as view:
        deleted: list[int] = []
        view.delete_asked.connect(deleted.append)
        view.list.clearFocus()
        view.list.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(view.list, Qt.Key.Key_Delete)
        assert not view.confirm_bar.isVisible()
        view.allow_delete()
        QTest.keyClick(view.list, Qt.Key.Key_Delete)
        assert view.confirm_bar.question.startswith("Delete “Behind the shed: map” for good?")
        assert deleted == []
        button = next(b for b in view.confirm_bar.findChildren(QAbstractButton) if b.text() == "Delete")
        assert button.hasFocus()
        QTest.keyClick(button, Qt.Key.Key_Return)
        await until(lambda: deleted == [2])
        assert not view.confirm_bar.isVisible()
        assert view.list.hasFocus()


@pytest.mark.asyncio
async def test_a_whole_conversation_is_deleted_by_the_menu_of_a_line(qtbot: QtBot) -> None:
    async with shown(*LINES) as view:
        deleted: list[int] = []
        view.delete_conversation_asked.connect(deleted.append)
        assert "Delete this conversation…" not in [each.text() for each in view._menu(LINES[0]).actions()]
        view.allow_delete()
        action = next(a for a in view._menu(LINES[0]).actions() if a.text() == "Delete this conversation…")
        action.trigger()
        assert view.confirm_bar.question == "Delete all of this conversation for good?"
        button = next(b for b in view.confirm_bar.findChildren(QAbstractButton) if b.text() == "Delete")
        QTest.keyClick(button, Qt.Key.Key_Return)
        await until(lambda: deleted == [LINES[0].number])


@pytest.mark.asyncio
async def test_a_button_leads_back_to_the_newest_line(qtbot: QtBot) -> None:
    async with shown(*LONG) as view:
        assert not view._latest.isVisible()
        view.show_message(100)
        assert view._latest.isVisible()
        QTest.mouseClick(view._latest, Qt.MouseButton.LeftButton)
        assert view.list.texts()[-1] == "line 1000 about a heron"
        await until(lambda: not view._latest.isVisible())
        bar = view.list.verticalScrollBar()
        assert bar.value() == bar.maximum()


@pytest.mark.asyncio
async def test_all_of_it_fits_into_a_narrow_window_with_large_text(qtbot: QtBot) -> None:
    view = ChatView(appearance(2.0), Face())
    view.show_state(state_of(*LINES))
    view.allow_delete()
    view.resize(380, 560)
    view.show()
    view.open_search()
    view.search_bar.show_count(10, 3)
    view._ask_to_delete(2)
    await settle()
    for bar in (view.search_bar, view.confirm_bar):
        assert bar.minimumSizeHint().width() <= 380, bar
    view.close()
    view.deleteLater()
    await settle()


@pytest.mark.asyncio
async def test_a_line_that_is_not_there_is_asked_for_and_shown_once_it_is(qtbot: QtBot) -> None:
    async with shown(*LONG[500:]) as view:
        wanted: list[int] = []
        view.message_wanted.connect(wanted.append)
        assert not view.show_message(100)
        assert wanted == [100]
        view.show_state(state_of(*LONG[499:]))
        assert view.list.is_following
        view.show_state(state_of(*LONG))
        assert "line 100 about a heron" in view.list.texts()
        view.list.follow()
        view.show_state(state_of(*LONG, person(1001, "new")))
        assert view.list.texts()[-1] == "new"


@pytest.mark.asyncio
async def test_earlier_lines_are_asked_for_at_the_very_beginning(qtbot: QtBot) -> None:
    async with shown(*LONG[900:]) as view:
        wanted: list[int] = []
        view.earlier_wanted.connect(wanted.append)
        bar = view.list.verticalScrollBar()
        bar.setValue(0)
        assert wanted == []
        await settle()
        bar.setValue(0)
        assert wanted == [901]


@pytest.mark.asyncio
async def test_numbers_may_be_as_large_as_those_of_a_database(qtbot: QtBot) -> None:
    huge = 2**53 - 1
    async with shown(person(huge, "hello", time=LINES[0].time)) as view:
        deleted: list[int] = []
        view.delete_asked.connect(deleted.append)
        view.allow_delete()
        view.list.clearFocus()
        view.list.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(view.list, Qt.Key.Key_Delete)
        button = next(b for b in view.confirm_bar.findChildren(QAbstractButton) if b.text() == "Delete")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        assert deleted == [huge]


@pytest.mark.asyncio
async def test_the_window_lets_the_person_search_without_talking_or_stopping(qtbot: QtBot) -> None:
    async with opened() as window:
        conversation, chat = window.conversation, window.window.chat
        conversation.say(Author.PERSON, "where is my bike")
        conversation.say(Author.CHARACTER, "Behind the shed, where my bike is too.", is_final=False)
        await window.click(Qt.Key.Key_F, CONTROL)
        assert chat.search_bar.line.hasFocus()
        QTest.keyClicks(chat.search_bar.line, "my")
        await window.click(Qt.Key.Key_Space)
        QTest.keyClicks(chat.search_bar.line, "bike")
        assert chat.search_bar.line.text() == "my bike"
        await until(lambda: chat.search_bar.count_text == "1 of 2")
        await window.click(Qt.Key.Key_Escape)
        await settle()
        assert not chat.search_bar.isVisible()
        assert not {"press", "interrupt"} & set(conversation.calls)
        await window.click(Qt.Key.Key_Escape)
        await until(lambda: "interrupt" in conversation.calls)


@pytest.mark.asyncio
async def test_esc_keeps_a_line_that_was_to_be_deleted_and_stops_nothing(qtbot: QtBot) -> None:
    async with opened() as window:
        conversation, chat = window.conversation, window.window.chat
        conversation.say(Author.PERSON, "where is my bike")
        conversation.say(Author.CHARACTER, "Behind", is_final=False)
        chat.allow_delete()
        chat._ask_to_delete(1)
        await settle()
        await window.click(Qt.Key.Key_Escape)
        await settle()
        assert not chat.confirm_bar.isVisible()
        assert "interrupt" not in conversation.calls


@pytest.mark.asyncio
async def test_a_link_nothing_opens_is_a_notice(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def open_nothing(url: QUrl) -> bool:
        asked.append(url.toString())
        return False

    monkeypatch.setattr("app.ui.window.QDesktopServices.openUrl", open_nothing)
    async with opened() as window:
        window.window.chat.link_activated.emit("https://example.org/map")
        assert asked == ["https://example.org/map"]
        assert window.window.notice_bar.text == "No program opened https://example.org/map. Copy it."


@pytest.mark.asyncio
async def test_a_window_that_is_closed_waits_for_no_search(qtbot: QtBot) -> None:
    ended: list[str] = []

    class Endless:
        async def search(self, words: str) -> list[int]:
            try:
                await asyncio.Event().wait()
            finally:
                ended.append(words)
            return []

    async with opened() as window:
        window.conversation.say(Author.PERSON, "where is my bike")
        window.window.chat.search_in(Endless())
        window.window.chat.open_search()
        QTest.keyClicks(window.window.chat.search_bar.line, "bike")
        await until(lambda: any(task.get_name() == "search" for task in asyncio.all_tasks()))
        await settle()
        window.window.close()
        await until(lambda: ended == ["bike"])


async def choose_by_keys(window: Opened, words: str) -> None:
    """Open the menu of the line at the keys, go down to an entry and choose it."""
    chat = window.window.chat
    QApplication.sendEvent(
        chat.list, QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(), QPoint())
    )
    await until(lambda: any(menu.isVisible() for menu in chat.findChildren(QMenu)))
    menu = next(menu for menu in chat.findChildren(QMenu) if menu.isVisible())
    for _ in menu.actions():
        await window.press(Qt.Key.Key_Down, on=menu)
        await window.release(Qt.Key.Key_Down, on=menu)
        at: QAction | None = menu.activeAction()
        if at is not None and at.text() == words:
            break
    await window.press(Qt.Key.Key_Return, on=menu)
    await until(lambda: not chat.findChildren(QMenu))


@pytest.mark.asyncio
async def test_a_voice_is_played_again_and_stopped_with_keys_alone(qtbot: QtBot) -> None:
    async with opened() as window:
        conversation, chat = window.conversation, window.window.chat
        conversation.change(lines=LINES, voices=frozenset({"m2"}))
        await settle()
        chat.list.setFocus(Qt.FocusReason.TabFocusReason)
        await choose_by_keys(window, "Play again")
        await until(lambda: conversation.calls.count("replay m2") == 1)
        conversation.change(replaying="m2")
        await settle()
        await choose_by_keys(window, "Stop playing")
        await until(lambda: conversation.calls.count("replay m2") == 2)
        await window.click(Qt.Key.Key_Escape)
        await until(lambda: "interrupt" in conversation.calls)
