"""The whole window: its pages, its keys, its names, and its sizes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSlider,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.core.settings import Looks, Profile, all_settings
from app.ui.appearance import Appearance
from app.ui.bridge import Bridge
from app.ui.settings.page import Page
from app.ui.settings.pages import page_kinds
from app.ui.settings.settings_window import SettingsWindow
from app.ui.window import Window
from tests.integration.sound_card import SoundCard
from tests.ui.open_window import settle, until
from tests.ui.settings.at_desk import at_desk, gone

PAGES = [kind.name for kind in page_kinds()]
HOME = Profile("home-1", "Home", "server", "https://voice.a-rather-long-name.example.org:8443")
WITH_FOCUS = (QAbstractButton, QLineEdit, QComboBox, QSlider)

pytestmark = pytest.mark.asyncio


def seen(window: SettingsWindow, *kinds: type[QWidget]) -> list[QWidget]:
    assert window.page is not None
    return [widget for kind in kinds for widget in window.page.findChildren(kind) if widget.isVisible()]


async def test_every_declared_setting_has_its_place(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        window = SettingsWindow(appearance, it.desk)
        found: set[str] = set()
        for name in PAGES:
            window.show_page(name)
            if isinstance(window.page, Page):
                found |= {row.binding.setting.key for row in window.page.rows}
        assert found == {setting.key for _, setting in all_settings()}
        await gone(window)


@pytest.mark.parametrize("name", PAGES)
async def test_everything_has_a_name_and_is_reached_by_keys(
    qtbot: QtBot, appearance: Appearance, name: str
) -> None:
    with SoundCard() as card, card.applied():
        async with at_desk() as it:
            it.with_profiles(HOME, current="home-1")
            window = SettingsWindow(appearance, it.desk)
            window.show()
            window.show_page(name)
            for widget in seen(window, *WITH_FOCUS):
                what = f"{type(widget).__name__} {widget.objectName()}"
                if widget.objectName().startswith("qt_"):
                    continue  # a part of a widget of Qt's own
                assert widget.accessibleName(), what
                if not (isinstance(widget, QRadioButton) and not widget.isChecked()):  # arrow keys lead there
                    assert widget.focusPolicy() & Qt.FocusPolicy.TabFocus, what
            await gone(window)


@pytest.mark.parametrize("name", [name for name in PAGES if name != "character"])
@pytest.mark.parametrize("is_mirrored", [False, True], ids=["ltr", "rtl"])
@pytest.mark.parametrize("percent", [100, 200])
async def test_no_words_are_cut_at_any_size_of_text(
    qtbot: QtBot, qapp: QApplication, appearance: Appearance, percent: int, is_mirrored: bool, name: str
) -> None:
    with SoundCard() as card, card.applied():
        async with at_desk() as it:
            it.with_profiles(HOME, current="home-1")
            large = Appearance(qapp, looks=Looks(text_size=percent))
            window = SettingsWindow(large, it.desk)
            if is_mirrored:
                window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
            window.resize(window.minimumSize())
            window.show()
            window.show_page(name)
            await settle()
            assert isinstance(window.page, Page)
            room = window.page.viewport()
            for widget in seen(window, QLabel, *WITH_FOCUS):
                left = widget.mapTo(room, widget.rect().topLeft()).x()
                right = widget.mapTo(room, widget.rect().topRight()).x()
                text = getattr(widget, "text", str)()
                assert left >= 0, text
                assert right <= room.width(), text
                if isinstance(widget, QLabel):
                    least = widget.heightForWidth(widget.width()) if widget.wordWrap() else 0
                    assert widget.height() >= max(least, widget.fontMetrics().height()), text
                    assert widget.wordWrap() or widget.width() >= widget.minimumSizeHint().width(), text
            await gone(window)


async def test_it_grows_with_the_text_while_it_is_open(qtbot: QtBot, qapp: QApplication) -> None:
    async with at_desk() as it:
        appearance = Appearance(qapp)
        it.desk.changed.connect(lambda now: appearance.wear(now.appearance))
        window = SettingsWindow(appearance, it.desk)
        window.show_page("appearance")
        window.resize(window.minimumSize())
        window.show()
        page = window.page
        assert isinstance(page, Page)
        slider = page.rows[1].editor.focused
        before = window.width()
        QTest.keyClick(slider, Qt.Key.Key_End)
        await settle()
        assert it.desk.settings.appearance.text_size == 200
        assert window.width() > 1.5 * before
        assert page.viewport().width() >= page.least_width - page.verticalScrollBar().sizeHint().width()
        await gone(window)


async def test_keys_open_the_pages_and_close_the_window(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        window = SettingsWindow(appearance, it.desk)
        window.show()
        window.activateWindow()
        await until(window.isActiveWindow)
        QTest.keyClick(window, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
        assert window.list.currentRow() == 3
        QTest.keyClick(window.list, Qt.Key.Key_Down)
        assert window.list.currentRow() == 4
        QTest.keyClick(window, Qt.Key.Key_Escape)
        assert not window.isVisible()
        await gone(window)


async def test_what_is_written_counts_when_the_window_is_closed(qtbot: QtBot, appearance: Appearance) -> None:
    async with at_desk() as it:
        window = SettingsWindow(appearance, it.desk)
        window.show_page("connection")
        window.show()
        window.activateWindow()
        page = window.page
        line = page.form.rows["name"].editor.focused  # type: ignore[union-attr]
        line.setFocus()
        await until(line.hasFocus)
        QTest.keyClicks(line, "Here")
        window.close()
        assert it.desk.profiles.current.name == "Here"
        await gone(window)


async def test_a_key_and_a_button_of_the_main_window_open_it(qtbot: QtBot, qapp: QApplication) -> None:
    async with at_desk() as it:
        main = Window(Appearance(qapp), it.desk.bridge, desk=it.desk)
        main.show()
        main.activateWindow()
        await until(main.isActiveWindow)
        QTest.keyClick(main, Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
        await until(lambda: bool(main.findChildren(SettingsWindow)))
        (window,) = main.findChildren(SettingsWindow)
        assert window.isVisible()
        assert not window.isModal()
        window.close()
        QTest.mouseClick(main.header.settings, Qt.MouseButton.LeftButton)
        assert window.isVisible()
        assert main.findChildren(SettingsWindow) == [window]
        await gone(main)


async def test_a_window_without_settings_has_no_button(qtbot: QtBot, qapp: QApplication) -> None:
    bridge = Bridge()
    main = Window(Appearance(qapp), bridge)
    main.show()
    assert not main.header.settings.isVisible()
    main.show_settings()
    assert main.findChildren(SettingsWindow) == []
    await gone(main)
    await bridge.close()
