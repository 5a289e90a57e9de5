"""The key of a profile in the window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.conversation.state import Link
from app.core.errors import UserError
from app.ui.appearance import Appearance
from app.ui.settings.key_row import KeyRow
from tests.ui.open_window import until
from tests.ui.settings.at_desk import KEPT, at_desk, gone

LEFT = Qt.MouseButton.LeftButton
KEY = "est_0123456789"

pytestmark = pytest.mark.asyncio


async def test_a_key_is_kept_and_where_is_said_and_the_conversation_tries_again(
    qtbot: QtBot, appearance: Appearance
) -> None:
    async with at_desk() as it:
        row = KeyRow(appearance, it.desk, "home-1")
        row.show()
        await until(lambda: row.sentence.text() == "Keys are kept in the drawer.")
        assert row.line.echoMode() is QLineEdit.EchoMode.Password
        it.conversation.change(link=Link.FAILED)
        QTest.keyClicks(row.line, f" {KEY} ")
        QTest.keyClick(row.line, Qt.Key.Key_Return)
        await until(lambda: row.sentence.text() == KEPT)
        assert it.drawer.keys == {"home-1": KEY}
        await until(lambda: it.conversation.calls[-1] == "retry")
        # Nothing is asked of the keyring, which might have to be unlocked.
        assert it.drawer.asked == []
        assert not row.is_shown
        await gone(row)


async def test_the_key_is_shown_only_when_it_is_asked_for(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        it.drawer.keys["home-1"] = KEY
        row = KeyRow(appearance, it.desk, "home-1")
        row.show()
        assert row.line.text() == ""
        assert row.reveal.accessibleName() == "Show the API key"
        QTest.mouseClick(row.reveal, LEFT)
        await until(lambda: row.is_shown)
        assert (row.line.text(), row.reveal.text()) == (KEY, "Hide")
        QTest.mouseClick(row.reveal, LEFT)
        assert not row.is_shown
        # To leave the line writes nothing that was not written by the person.
        it.drawer.keys.clear()
        row.line.editingFinished.emit()
        assert it.drawer.keys == {}
        row.leave()
        assert row.line.text() == ""
        await gone(row)


async def test_a_keyring_that_waits_can_be_left(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        it.drawer.locked = True
        row = KeyRow(appearance, it.desk, "home-1")
        row.show()
        QTest.mouseClick(row.reveal, LEFT)
        await until(lambda: row.reveal.text() == "Cancel")
        assert row.sentence.text().startswith("Asking the keyring.")
        QTest.mouseClick(row.reveal, LEFT)
        await until(lambda: row.reveal.text() == "Show")
        assert not row.is_shown
        assert row.sentence.text() == ""
        it.drawer.locked = False
        QTest.mouseClick(row.reveal, LEFT)
        await until(lambda: row.sentence.text() == "No key is kept for this profile.")
        assert not row.is_shown
        await gone(row)


async def test_what_goes_wrong_is_said_in_place(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        it.drawer.error = UserError("The keyring was not unlocked. Unlock it, then try again.")
        row = KeyRow(appearance, it.desk, "home-1")
        row.show()
        for button in (row.reveal, row.remove):
            row.sentence.clear()
            QTest.mouseClick(button, LEFT)
            await until(lambda: row.sentence.text() == str(it.drawer.error))
        it.drawer.error = None
        it.drawer.keys["home-1"] = KEY
        QTest.mouseClick(row.remove, LEFT)
        await until(lambda: row.sentence.text() == "The key was removed.")
        assert it.drawer.keys == {}
        await gone(row)
