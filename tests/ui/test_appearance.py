"""What a person chooses about the looks is seen at once, in every window that is open."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import Looks
from app.ui.appearance import Appearance
from app.ui.theme import DARK, GAP_M, LIGHT, TextSize
from tests.ui.open_window import opened, settle


@pytest.fixture(autouse=True)
def no_override(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("HERON_THEME", raising=False)


def test_the_theme_is_what_the_person_says_then_what_the_system_does(
    qtbot: QtBot, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    appearance = Appearance(qapp, looks=Looks(theme="dark"))
    assert appearance.theme is DARK
    told: list[object] = []
    appearance.changed.connect(lambda: told.append(appearance.theme))
    appearance.wear(Looks(theme="light"))
    assert appearance.theme is LIGHT
    assert qapp.palette().color(QPalette.ColorRole.Window) == LIGHT.window
    appearance.wear(Looks(theme="light"))
    assert told == [LIGHT]
    monkeypatch.setenv("HERON_THEME", "dark")
    appearance.wear(Looks())
    assert appearance.theme is DARK


def test_text_that_was_set_once_grows_and_shrinks_again(qtbot: QtBot, qapp: QApplication) -> None:
    appearance = Appearance(qapp)
    window = QWidget()
    qtbot.addWidget(window)
    label, plain = QLabel("Heron", window), QLabel("Heron", window)
    window.show()
    label.setFont(appearance.font(TextSize.TITLE))
    label.setFixedSize(40, 20)
    before = label.font().pointSizeF(), plain.font().pointSizeF(), appearance.em()
    appearance.wear(Looks(text_size=200))
    qapp.processEvents()
    assert label.font().pointSizeF() == pytest.approx(2 * before[0])
    assert plain.font().pointSizeF() == pytest.approx(2 * before[1])
    assert (label.width(), label.height()) == (80, 40)
    assert appearance.em() > 1.8 * before[2]
    appearance.wear(Looks())
    assert label.font().pointSizeF() == pytest.approx(before[0])
    assert (label.width(), label.height(), appearance.em()) == (40, 20, before[2])


def test_dense_things_stand_closer(qtbot: QtBot, qapp: QApplication) -> None:
    appearance = Appearance(qapp)
    assert appearance.gap(GAP_M) == GAP_M
    appearance.wear(Looks(density="compact"))
    assert appearance.gap(GAP_M) < GAP_M


@pytest.mark.asyncio
async def test_the_whole_window_looks_the_same_as_if_it_had_been_opened_so(
    qtbot: QtBot, qapp: QApplication
) -> None:
    qapp.setCursorFlashTime(0)
    looks = Looks(theme="dark", text_size=150, density="compact")
    async with opened(looks) as fresh:
        size = fresh.window.size()
        wanted = fresh.window.header.grab().toImage(), fresh.window.controls.grab().toImage()
    async with opened() as it:
        it.appearance.wear(looks)
        it.window.resize(size)
        await settle()
        assert it.window.header.grab().toImage() == wanted[0]
        assert it.window.controls.grab().toImage() == wanted[1]


@pytest.mark.asyncio
async def test_a_window_makes_room_for_larger_text(qtbot: QtBot) -> None:
    async with opened() as it:
        it.window.resize(it.window.minimumSizeHint())
        it.appearance.wear(Looks(text_size=200))
        await settle()
        assert it.window.width() >= it.window.minimumSizeHint().width()
        assert it.window.height() >= it.window.minimumSizeHint().height()
