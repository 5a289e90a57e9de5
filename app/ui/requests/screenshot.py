"""A picture of a screen."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

from PySide6.QtCore import QByteArray, QSize, Qt
from PySide6.QtGui import QGuiApplication, QImage, QPainter, QScreen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from app.core.errors import UserError
from app.core.translation import translate

_PIXELS: Final = 400_000
"""Pixels that are fetched at once, in about 5 ms: a whole screen at once takes up to a third of a second."""

_STEP: Final = 4
"""Logical pixels whose multiples are whole pixels on most screens, whatever their scale."""

_CLEAR_S: Final = 0.3
"""Seconds after which a window that was hidden is no longer on the screen, also where it fades away."""

_OWN: Final = (Qt.WindowType.Window, Qt.WindowType.Dialog, Qt.WindowType.Tool)


def has_portal() -> bool:
    """Return whether the desktop takes the picture: of all screens at once, asking the person itself."""
    return QGuiApplication.platformName().startswith("wayland")


async def screenshot(screen: QScreen, *, is_aside: bool) -> QImage:
    """Return what is on a screen.

    Args:
        screen: Which one.
        is_aside: Whether Heron's own windows step aside: most people want to show what is behind them.

    Raises:
        UserError: The system does not give it.
    """
    if not is_aside:
        return await _taken(screen)
    async with _aside():
        return await _taken(screen)


@asynccontextmanager
async def _aside() -> AsyncIterator[None]:
    """Hide the windows of this program for a moment."""
    windows = [each for each in QApplication.topLevelWidgets() if each.isVisible() and _is_own(each)]
    active = QApplication.activeWindow()
    for window in windows:
        window.hide()
    try:
        await asyncio.sleep(_CLEAR_S)
        yield
    except asyncio.CancelledError:
        raise  # the program ends
    except Exception:
        _show(windows, active)
        raise
    _show(windows, active)


def _show(windows: list[QWidget], active: QWidget | None) -> None:
    for window in filter(isValid, windows):
        window.show()
    if active is not None and isValid(active):
        active.raise_()
        active.activateWindow()


def _is_own(window: QWidget) -> bool:
    return window.windowType() in _OWN


async def _taken(screen: QScreen) -> QImage:
    if has_portal():
        from app.desktop.screenshot_portal import screenshot as by_portal

        content = await by_portal()
        image = await asyncio.to_thread(QImage.fromData, QByteArray(content))
        if image.isNull():
            raise _no_picture()
        return image
    size, bands = screen.size(), []
    height = _band_height(size.width(), screen.devicePixelRatio())
    for top in range(0, size.height(), height):
        band = screen.grabWindow(0, 0, top, size.width(), min(height, size.height() - top)).toImage()
        if band.isNull():
            raise _no_picture()
        bands.append(band)
        await asyncio.sleep(0)
    return await asyncio.to_thread(_joined, bands)


def _band_height(width: int, ratio: float) -> int:
    """Return how many logical pixels high a band is on a screen that is so wide, in logical pixels too."""
    return max(_STEP, int(_PIXELS / (width * ratio**2)) // _STEP * _STEP)


def _no_picture() -> UserError:
    text = translate(
        "Screenshot", "This system gives no picture of the screen. Choose a picture file instead."
    )
    return UserError(text)


def _joined(bands: list[QImage]) -> QImage:
    """Put bands below each other, pixel by pixel."""
    for band in bands:
        band.setDevicePixelRatio(1.0)
    whole = QImage(QSize(bands[0].width(), sum(band.height() for band in bands)), QImage.Format.Format_RGB32)
    painter, top = QPainter(whole), 0
    for band in bands:
        painter.drawImage(0, top, band)
        top += band.height()
    painter.end()
    return whole
