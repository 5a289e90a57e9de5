from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from app.ui import text_box
from tests.ui.open_window import opened, until

pytestmark = [pytest.mark.asyncio, pytest.mark.usefixtures("qtbot")]


def is_blinking() -> bool:
    return QGuiApplication.styleHints().cursorFlashTime() > 0


async def test_the_cursor_stands_still_when_nothing_is_typed_and_blinks_again_with_a_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(text_box, "BLINK_MS", 60)
    async with opened() as it:
        await until(lambda: not is_blinking())
        await it.click(Qt.Key.Key_A)
        assert is_blinking()
        assert it.window.controls.text.line.text() == "a"
        await until(lambda: not is_blinking())


async def test_cursors_of_other_fields_blink(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(text_box, "BLINK_MS", 20)
    async with opened() as it:
        await until(lambda: not is_blinking())
        it.window.controls.mute.setFocus(Qt.FocusReason.OtherFocusReason)
        await until(is_blinking)
    assert is_blinking()
