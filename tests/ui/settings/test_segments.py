"""A choice among a few words."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.core.settings import Choice
from app.ui.appearance import Appearance
from app.ui.settings.segments import Segments


def test_tab_comes_to_the_chosen_one(qtbot: QtBot, appearance: Appearance) -> None:
    segments = Segments(appearance, Choice((("a", "First"), ("b", "Second"), ("c", "Third"))))
    qtbot.addWidget(segments)
    for value in ("b", "c", "a"):
        segments.show_value(value)
        policies = {name: button.focusPolicy() for name, button in segments.buttons.items()}
        stops = [name for name, policy in policies.items() if policy & Qt.FocusPolicy.TabFocus]
        assert stops == [value]
        assert all(policy & Qt.FocusPolicy.ClickFocus for policy in policies.values())
