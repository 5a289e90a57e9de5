"""Where exported conversations go."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from app.ui.chat.export_dialog import ExportDialog


@pytest.mark.parametrize(
    ("kind", "typed", "named"),
    [(0, "all", "all.html"), (1, "all", "all.md"), (2, "all", "all.json"), (0, "all.md", "all.md")],
)
def test_the_ending_says_how_it_is_written(
    qtbot: QtBot, tmp_path: Path, kind: int, typed: str, named: str
) -> None:
    dialog = ExportDialog()
    qtbot.addWidget(dialog)
    dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
    dialog.setDirectory(str(tmp_path))
    dialog.selectNameFilter(dialog.nameFilters()[kind])
    dialog.open()
    dialog.selectFile(typed)
    with qtbot.waitSignal(dialog.chosen) as chosen:
        dialog.accept()
    assert chosen.args == [str(tmp_path / named)]
