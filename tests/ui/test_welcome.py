"""What the conversation shows before anything was said."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.conversation.state import Link, State
from app.core.settings import Looks
from app.ui.appearance import Appearance
from app.ui.face import Face
from app.ui.welcome import Welcome
from tests.ui.legible import troubles


def test_what_matters_least_gives_way_first_and_nothing_is_ever_cut(qtbot: QtBot, qapp: QApplication) -> None:
    for percent, width in ((100, 380), (200, 380), (200, 640)):
        window = QWidget()
        qtbot.addWidget(window)
        welcome = Welcome(Appearance(qapp, looks=Looks(text_size=percent)), Face(), window)
        welcome.show_state(State(link=Link.READY))
        window.resize(700, 1000)
        window.show()
        shown: list[tuple[bool, bool, bool]] = []
        for height in range(900, welcome.minimumSizeHint().height() - 1, -20):
            welcome.resize(width, max(height, welcome.minimumSizeHint().height()))
            qapp.processEvents()
            assert welcome._hint.isVisible()
            parts = (welcome._portrait, welcome._chips[0], welcome._greeting)
            shown.append(tuple(part.isVisible() for part in parts))  # type: ignore[arg-type]
            assert troubles(welcome) == [], (percent, width, height)
        assert shown == sorted(shown, reverse=True)
        assert shown[0] == (True, width > 600 or percent == 100, True)
        assert set(shown) >= {shown[0], (False, False, True)}
