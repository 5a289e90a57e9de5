"""The first steps in the window: on, back, out, by mouse and by keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.conversation.line import Author
from app.conversation.state import Link
from app.core.settings import Looks, SettingsStore
from app.core.settings.first_steps import DONE, DUE, are_due
from app.ui.appearance import Appearance
from app.ui.first_run.first_run import FirstRun
from tests.integration.sound_card import SoundCard
from tests.ui.first_run.guided import Guided, guided
from tests.ui.open_window import SPACE, settle, until

LEFT = Qt.MouseButton.LeftButton
ENTER = Qt.Key.Key_Return

pytestmark = [pytest.mark.asyncio, pytest.mark.integration]


async def to_the_talk_key(it: Guided) -> None:
    QTest.mouseClick(it.page.place.here, LEFT)
    QTest.mouseClick(it.page.next, LEFT)
    await until(it.page.talk.isVisible)


async def test_two_clicks_lead_to_the_talk_key_and_its_answer_to_the_conversation(
    qtbot: QtBot, appearance: Appearance, card: SoundCard
) -> None:
    async with guided(appearance) as it:
        assert it.is_at(it.page.place)
        assert it.stage == DUE
        assert not it.window.chat.isVisible()
        assert not it.window.controls.isVisible()
        QTest.mouseClick(it.page.place.here, LEFT)
        assert it.is_at(it.page.microphone)
        QTest.mouseClick(it.page.next, LEFT)
        assert it.is_at(it.page.talk)
        assert it.page.dots.words == "Step 3 of 3: Talk key"
        await it.press(SPACE)
        await until(lambda: it.conversation.calls[-1] == "press")
        await it.release(SPACE)
        await until(lambda: it.conversation.calls[-1] == "release")
        it.conversation.say(Author.PERSON, "hello")
        it.conversation.say(Author.CHARACTER, "Hello yourself.")
        await until(it.page.next.isVisible)
        assert it.page.talk.said.texts() == ["hello", "Hello yourself."]
        QTest.mouseClick(it.page.next, LEFT)
        assert (it.is_over, it.stage) == (True, DONE)
        assert it.window.chat.list.texts() == ["hello", "Hello yourself."]
        assert it.window.controls.text.line.hasFocus()


async def test_all_of_it_can_be_done_by_keys(qtbot: QtBot, appearance: Appearance, card: SoundCard) -> None:
    async with guided(appearance) as it:
        await until(it.page.place.here.hasFocus)
        await it.click(Qt.Key.Key_Tab)
        assert it.page.place.account.hasFocus()
        await it.click(Qt.Key.Key_Backtab)
        await it.click(SPACE)  # here it is no talk key yet
        await until(lambda: it.is_at(it.page.microphone))
        await until(it.page.next.hasFocus)
        await it.click(ENTER)
        await until(lambda: it.is_at(it.page.talk))
        assert it.conversation.calls == ["start"]
        await it.click(Qt.Key.Key_H)
        assert it.page.talk.text.line.text() == "h"
        await it.click(ENTER)
        await until(lambda: it.conversation.calls[-1] == "text h")


@pytest.mark.parametrize("steps", [0, 1, 2])
async def test_escape_skips_all_of_it_for_good(
    qtbot: QtBot, appearance: Appearance, card: SoundCard, steps: int
) -> None:
    async with guided(appearance) as it:
        for button in (it.page.place.here, it.page.next)[:steps]:
            QTest.mouseClick(button, LEFT)
        await it.click(Qt.Key.Key_Escape)
        await until(lambda: it.is_over)
        it.at_desk.desk.store.save()
    next_run = SettingsStore()
    next_run.load()
    assert next_run.current.first_steps.stage == DONE
    assert not are_due(next_run)


async def test_the_button_skips_too_and_letters_go_nowhere_before_the_last_step(
    qtbot: QtBot, appearance: Appearance, card: SoundCard
) -> None:
    async with guided(appearance) as it:
        await it.click(Qt.Key.Key_H)
        QTest.mouseClick(it.page.skip, LEFT)
        assert (it.is_over, it.stage) == (True, DONE)
        assert not it.window.controls.text.line.text()


async def test_back_leads_back_the_way_one_came(
    qtbot: QtBot, appearance: Appearance, card: SoundCard
) -> None:
    async with guided(appearance) as it:
        assert not it.page.back.isEnabled()
        QTest.mouseClick(it.page.place.account, LEFT)
        assert it.is_at(it.page.account)
        assert it.page.dots.words == "Step 1 of 3: Where to talk"
        QTest.mouseClick(it.page.back, LEFT)
        await to_the_talk_key(it)
        for step in (it.page.microphone, it.page.place):
            assert it.page.back.isEnabled()
            QTest.mouseClick(it.page.back, LEFT)
            assert it.is_at(step)
        assert not it.page.next.isVisible()


async def test_the_held_key_is_let_go_where_the_step_is_left(
    qtbot: QtBot, appearance: Appearance, card: SoundCard
) -> None:
    async with guided(appearance) as it:
        await to_the_talk_key(it)
        await it.press(SPACE)
        await until(lambda: it.conversation.calls[-1] == "press")
        QTest.mouseClick(it.page.skip, LEFT)
        await until(lambda: it.conversation.calls[-1] == "abandon")
        assert it.is_over


async def test_they_can_be_seen_again_from_the_settings(
    qtbot: QtBot, appearance: Appearance, card: SoundCard
) -> None:
    async with guided(appearance) as it:
        it.page.end()
        it.conversation.say(Author.PERSON, "an old question")
        it.conversation.say(Author.CHARACTER, "An old answer.")
        it.window.show_settings()
        await until(lambda: it.window._settings is not None, 10)
        settings = it.window._settings
        assert settings is not None
        settings.show_page("advanced")
        again = next(b for b in settings.findChildren(QAbstractButton) if "first steps" in b.text())
        QTest.mouseClick(again, LEFT)
        await until(lambda: it.window._first_run is not None)
        assert not settings.isVisible()
        assert it.stage == DUE
        await to_the_talk_key(it)
        assert it.page.talk.said.texts() == []
        assert not it.page.talk.has_answered


async def test_every_step_has_names_for_all_that_the_keys_reach(
    qtbot: QtBot, appearance: Appearance, card: SoundCard
) -> None:
    async with guided(appearance) as it:
        for go_on in (it.page.place.account, it.page.back, it.page.place.here, it.page.next, None):
            for widget in seen(it.page, QAbstractButton, QLineEdit, QComboBox):
                assert widget.accessibleName(), type(widget)
                assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, widget.accessibleName()
            if go_on is not None:
                QTest.mouseClick(go_on, LEFT)


@pytest.mark.parametrize("is_mirrored", [False, True], ids=["ltr", "rtl"])
@pytest.mark.parametrize("percent", [100, 200])
async def test_no_words_are_cut_in_a_narrow_window_at_any_size_of_text(
    qtbot: QtBot, qapp: QApplication, card: SoundCard, percent: int, *, is_mirrored: bool
) -> None:
    async with guided(Appearance(qapp, looks=Looks(text_size=percent))) as it:
        if is_mirrored:
            it.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        it.window.resize(380, 560)
        for go_on in (it.page.place.account, it.page.back, it.page.place.here, it.page.next, None):
            await settle()
            for widget in seen(it.page, QLabel, QAbstractButton, QLineEdit):
                text = getattr(widget, "text", str)()
                left = widget.mapTo(it.page, widget.rect().topLeft()).x()
                right = widget.mapTo(it.page, widget.rect().topRight()).x()
                assert 0 <= left <= right <= it.page.width(), text
                if isinstance(widget, QLabel) and widget.wordWrap():
                    assert widget.height() >= widget.heightForWidth(widget.width()), text
            if go_on is not None:
                QTest.mouseClick(go_on, LEFT)


async def test_a_server_that_is_not_there_yet_is_said_and_waited_for(
    qtbot: QtBot, appearance: Appearance, card: SoundCard
) -> None:
    async with guided(appearance) as it:
        it.conversation.change(link=Link.STARTING)
        await to_the_talk_key(it)
        assert it.page.talk.words.text() == "Heron is waking up. One moment."
        await it.press(SPACE)
        await it.release(SPACE)
        await settle()
        assert it.conversation.calls == ["start"]
        it.conversation.change(link=Link.READY)
        await until(it.page.talk.talk.isEnabled)
        await it.press(SPACE)
        await until(lambda: it.conversation.calls[-1] == "press")
        await it.release(SPACE)
        await until(lambda: it.conversation.calls[-1] == "release")


async def test_they_are_shown_once_however_often_they_are_asked_for(
    qtbot: QtBot, appearance: Appearance, card: SoundCard
) -> None:
    async with guided(appearance) as it:
        page = it.page
        it.window.show_first_steps()
        it.window.show_first_steps()
        await settle()
        await until(lambda: it.window.findChildren(FirstRun) == [page])
        assert it.page is page


def seen(page: QWidget, *kinds: type[QWidget]) -> list[QWidget]:
    return [widget for kind in kinds for widget in page.findChildren(kind) if widget.isVisible()]
