from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.settings import Text, Value
from app.ui.appearance import Appearance
from app.ui.settings.file_field import FileField


def test_a_file_is_written_or_chosen(qtbot: QtBot, appearance: Appearance, tmp_path: Path) -> None:
    wanted = tmp_path / "authority.pem"
    wanted.write_text("-")
    field = FileField(appearance, Text("none"), "*.pem")
    qtbot.addWidget(field)
    said: list[Value] = []
    field.edited.connect(said.append)
    field.show()
    QTest.keyClicks(field.line, "/etc/own.pem")
    QTest.keyClick(field.line, Qt.Key.Key_Return)
    assert said[0] == "/etc/own.pem"
    QTest.mouseClick(field.choose, Qt.MouseButton.LeftButton)
    assert field.dialog is not None
    assert field.dialog.isVisible()
    field.dialog.fileSelected.emit(str(wanted))
    assert said[-1] == field.line.text() == str(wanted)
    field.dialog.close()
