"""A picture of a screen is put together of bands; offscreen there is none, so it has a stand-in here."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import UserError
from app.desktop import screenshot_portal
from app.ui.requests import screenshot as module
from app.ui.requests.screenshot import screenshot
from app.ui.settings.character_picture import encoded

pytestmark = pytest.mark.asyncio


class Screen:
    """A screen whose colour tells the row; it notes what was asked of it."""

    def __init__(self, width: int = 1920, height: int = 1080, ratio: float = 1.0) -> None:
        self._size, self._ratio = QSize(width, height), ratio
        self.bands: list[tuple[int, int]] = []
        self.visible: list[bool] = []
        self.window: QWidget | None = None
        self.gives = True

    def size(self) -> QSize:
        return self._size

    def devicePixelRatio(self) -> float:  # noqa: N802 - Qt's name
        return self._ratio

    def grabWindow(self, _window: int, x: int, y: int, width: int, height: int) -> QPixmap:  # noqa: N802
        assert x == 0
        self.bands.append((y, height))
        if self.window is not None:
            self.visible.append(self.window.isVisible())
        if not self.gives:
            return QPixmap()
        image = QImage(QSize(width, height) * self._ratio, QImage.Format.Format_RGB32)
        for row in range(image.height()):
            value = round(y * self._ratio) + row
            for column in (0, image.width() - 1):
                image.setPixelColor(column, row, QColor(0, value // 256, value % 256))
        pixmap = QPixmap.fromImage(image)
        pixmap.setDevicePixelRatio(self._ratio)
        return pixmap


def row_at(image: QImage, row: int) -> int:
    color = image.pixelColor(0, row)
    return color.green() * 256 + color.blue()


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
async def test_the_bands_make_the_whole_screen(qtbot: QtBot, ratio: float) -> None:
    screen: Any = Screen(ratio=ratio)
    image = await screenshot(screen, is_aside=False)
    assert (image.width(), image.height()) == (round(1920 * ratio), round(1080 * ratio))
    assert [row_at(image, row) for row in range(image.height())] == list(range(image.height()))
    assert image.devicePixelRatio() == 1.0
    assert len(screen.bands) > 1
    assert max(height for _, height in screen.bands) * 1920 * ratio**2 <= module._PIXELS


async def test_the_loop_goes_on_meanwhile(qtbot: QtBot) -> None:
    screen: Any = Screen()
    seen: list[int] = []

    async def watch() -> None:
        while True:
            seen.append(len(screen.bands))
            await asyncio.sleep(0)

    watching = asyncio.create_task(watch())
    await screenshot(screen, is_aside=False)
    watching.cancel()
    assert set(range(1, len(screen.bands))) <= set(seen)


async def test_own_windows_step_aside_and_come_back(qtbot: QtBot) -> None:
    window, menu, screen = QWidget(), QMenu(), Screen(400, 300)
    qtbot.addWidget(window)
    qtbot.addWidget(menu)
    window.show()
    screen.window = window
    as_any: Any = screen
    await screenshot(as_any, is_aside=False)
    assert screen.visible == [True]
    await screenshot(as_any, is_aside=True)
    assert screen.visible == [True, False]
    assert window.isVisible()
    assert not menu.isVisible()
    screen.gives = False
    with pytest.raises(UserError, match="gives no picture"):
        await screenshot(as_any, is_aside=True)
    assert window.isVisible()


async def test_a_window_that_is_gone_meanwhile_does_not_come_back(qtbot: QtBot) -> None:
    window = QWidget()
    window.show()
    screen: Any = Screen(400, 300)
    taking = asyncio.create_task(screenshot(screen, is_aside=True))
    await asyncio.sleep(0.05)
    window.deleteLater()
    assert not (await taking).isNull()


async def test_under_wayland_the_desktop_takes_it(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    files = [b"no picture", png()]

    async def by_portal() -> bytes:
        return files.pop(0)

    monkeypatch.setattr(module, "has_portal", lambda: True)
    monkeypatch.setattr(screenshot_portal, "screenshot", by_portal)
    screen: Any = Screen()
    with pytest.raises(UserError, match="gives no picture"):
        await screenshot(screen, is_aside=False)
    assert (await screenshot(screen, is_aside=False)).size() == QSize(30, 20)
    assert screen.bands == []


def png() -> bytes:
    image = QImage(30, 20, QImage.Format.Format_RGB32)
    image.fill(QColor("teal"))
    return encoded(image, "PNG")
