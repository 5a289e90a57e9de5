"""A bar is as high as its words."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.wrapped_bar import WrappedBar


def test_it_is_never_lower_than_its_words_at_any_width(qtbot: QtBot, qapp: QApplication) -> None:
    window, bar = QWidget(), WrappedBar()
    qtbot.addWidget(window)
    words = QLabel("words that do not fit into one line, and not into two either " * 3)
    words.setWordWrap(True)
    QVBoxLayout(bar).addWidget(words)
    column = QVBoxLayout(window)
    column.addWidget(bar)
    column.addStretch(1)
    window.show()
    heights = []
    for width in (500, 250, 500):
        window.resize(width, 20)
        qtbot.waitUntil(lambda: words.height() >= words.heightForWidth(words.width()) > 0)
        assert window.minimumSizeHint().height() >= bar.height()
        heights.append(bar.height())
    assert heights[0] == heights[2] < heights[1]
