"""The page of the hotkeys: keys are recorded, taken away and put back, and what is wrong is said."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.chord import Chord
from app.ui.appearance import Appearance
from app.ui.settings.hotkey_row import HotkeyRow
from app.ui.settings.hotkeys_page import HotkeysPage
from tests.ui.keyboard import WAY, Keyboard, hotkeys_on
from tests.ui.open_window import settle, until
from tests.ui.settings.at_desk import AtDesk, at_desk, gone

pytestmark = pytest.mark.asyncio


@dataclass
class OnPage:
    """The page, and the keyboard."""

    at: AtDesk
    page: HotkeysPage
    keyboard: Keyboard

    def row(self, action: Action) -> HotkeyRow:
        key = f"hotkeys.{action.value}"
        return next(
            row for row in self.page.rows if isinstance(row, HotkeyRow) and row.binding.setting.key == key
        )

    def chosen(self, action: Action) -> object:
        return getattr(self.at.desk.settings.hotkeys, action.value)

    async def press(self, row: HotkeyRow, chord: Chord | None) -> None:
        """Begin a recording by the keyboard, and press a chord."""
        row.field.change.setFocus()
        QTest.keyClick(row.field.change, Qt.Key.Key_Return)
        await until(lambda: self.keyboard.is_recording)
        self.keyboard.pressed.put_nowait(chord)
        await until(lambda: not row.field.is_recording)


@asynccontextmanager
async def on_page(appearance: Appearance, keyboard: Keyboard) -> AsyncIterator[OnPage]:
    async with at_desk() as it:
        page = HotkeysPage(appearance, it.desk, "Hotkeys")
        page.resize(600, 900)
        page.show()
        assert page.way.sentence.text() == "There are no hotkeys here."
        hotkeys = hotkeys_on(keyboard, None, it.desk.bridge, it.desk.store)
        hotkeys.start()
        it.desk.use_hotkeys(hotkeys)
        try:
            await until(lambda: page.way.sentence.text() == WAY)
            yield OnPage(it, page, keyboard)
        finally:
            await hotkeys.close()
            await gone(page)


async def test_a_chord_is_recorded_by_pressing_it(qtbot: QtBot, appearance: Appearance) -> None:
    async with on_page(appearance, Keyboard()) as it:
        row = it.row(Action.MUTE)
        await it.press(row, Chord.parse("Ctrl+Alt+F5"))
        assert it.chosen(Action.MUTE) == "Ctrl+Alt+F5"
        assert row.field.keys.text() == "Ctrl+Alt+F5"
        assert "Ctrl+Alt+F5" in row.field.change.accessibleDescription()
        await until(lambda: str(it.keyboard.chords[Action.MUTE]) == "Ctrl+Alt+F5")
        await it.press(row, Chord("Right Ctrl"))
        assert it.chosen(Action.MUTE) == "Right Ctrl"


async def test_escape_and_a_second_click_leave_it_as_it_was(qtbot: QtBot, appearance: Appearance) -> None:
    async with on_page(appearance, Keyboard()) as it:
        row, before = it.row(Action.MUTE), it.chosen(Action.MUTE)
        await it.press(row, None)
        assert it.chosen(Action.MUTE) == before
        row.field.change.click()
        await until(lambda: it.keyboard.is_recording)
        assert "Esc" in row.field.keys.text()
        row.field.change.click()
        await until(lambda: not it.keyboard.is_recording and not row.field.is_recording)
        assert row.field.keys.text() == before


async def test_a_page_that_is_left_records_no_more(qtbot: QtBot, appearance: Appearance) -> None:
    async with on_page(appearance, Keyboard()) as it:
        it.row(Action.MUTE).field.change.click()
        await until(lambda: it.keyboard.is_recording)
        it.page.leave()
        await until(lambda: not it.keyboard.is_recording)


async def test_a_key_that_everybody_needs_is_refused_with_a_sentence(
    qtbot: QtBot, appearance: Appearance
) -> None:
    async with on_page(appearance, Keyboard()) as it:
        row, before = it.row(Action.MUTE), it.chosen(Action.MUTE)
        await it.press(row, Chord("Q"))
        assert it.chosen(Action.MUTE) == before
        assert "every other program" in row.problem.text()
        await it.press(row, Chord("F9"))
        assert row.problem.isHidden()


async def test_a_hotkey_is_taken_away_and_put_back(qtbot: QtBot, appearance: Appearance) -> None:
    async with on_page(appearance, Keyboard()) as it:
        row, before = it.row(Action.MUTE), it.chosen(Action.MUTE)
        row.field.remove.click()
        assert it.chosen(Action.MUTE) == ""
        assert row.field.keys.text() == "No key"
        assert row.field.remove.isHidden()
        await until(lambda: Action.MUTE not in it.keyboard.chords)
        row.reset.click()
        assert it.chosen(Action.MUTE) == before
        await until(lambda: Action.MUTE in it.keyboard.chords)


async def test_conflicts_are_named_below_the_keys(qtbot: QtBot, appearance: Appearance) -> None:
    async with on_page(appearance, Keyboard("Ctrl+Alt+F5")) as it:
        row = it.row(Action.MUTE)
        await it.press(row, Chord.parse("Ctrl+Alt+F5"))
        await until(lambda: row.problem.text() == "Ctrl+Alt+F5 belongs to another program.")
        await it.press(row, Chord.parse("Ctrl+Alt+Space"))
        await until(lambda: "“Hold to talk” already" in row.problem.text())
        row.field.remove.click()
        await until(row.problem.isHidden)


async def test_where_nothing_is_recorded_the_desktop_asks(qtbot: QtBot, appearance: Appearance) -> None:
    async with on_page(appearance, Keyboard(is_recorded=False)) as it:
        row = it.row(Action.MUTE)
        row.field.change.click()
        await until(lambda: it.keyboard.dialogs == 1 and not row.field.is_recording)
        assert "desktop's own dialog" in row.problem.text()


async def test_the_keys_that_the_desktop_has_given_are_shown(qtbot: QtBot, appearance: Appearance) -> None:
    async with on_page(appearance, Keyboard(given={Action.MUTE: "Meta+F1"})) as it:
        row = it.row(Action.MUTE)
        assert row.field.keys.text() == "Meta+F1"
        row.field.remove.click()
        assert row.field.keys.text() == "No key"


async def test_keys_that_are_recorded_do_nothing_else(qtbot: QtBot, appearance: Appearance) -> None:
    async with on_page(appearance, Keyboard()) as it:
        row = it.row(Action.MUTE)
        row.field.change.click()
        await until(lambda: it.keyboard.is_recording)
        QTest.keyClick(row.field.change, Qt.Key.Key_Space)  # would be a click, and cancel it
        await settle()
        assert row.field.is_recording
        it.keyboard.pressed.put_nowait(None)
        await until(lambda: not row.field.is_recording)


async def test_every_button_has_a_name_of_its_own(qtbot: QtBot, appearance: Appearance) -> None:
    async with on_page(appearance, Keyboard()) as it:
        rows = [it.row(action) for action in Action]
        names = [button.accessibleName() for row in rows for button in (row.field.change, row.field.remove)]
        assert len(set(names)) == len(names) == 10
        assert all(name.strip() for name in names)
