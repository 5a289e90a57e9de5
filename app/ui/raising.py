"""Bringing the window before all others when the person asks for it from somewhere else."""

from __future__ import annotations

import os
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication

from app.desktop.x11_activation import activate
from app.ui.window import Window

_WAYLAND_TOKEN: Final = "XDG_ACTIVATION_TOKEN"  # noqa: S105 - the name of a variable

_GRACE_MS: Final = 100
"""Milliseconds in which a window manager has shown the window, or has refused it the keyboard."""


def raise_window(window: Window, token: str = "") -> None:
    """Show the whole window, above all others and with the keyboard.

    Args:
        window: The window, be it hidden, minimised, or a strip now.
        token: The right to the keyboard, where the desktop has given one to whoever asks.
    """
    platform = QGuiApplication.platformName()
    if token and platform == "wayland":
        os.environ[_WAYLAND_TOKEN] = token  # Qt takes it from there, once
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show_whole()

    def insist() -> None:
        # Qt tells the time of the last key it has seen itself. Of a window that was in the background that is
        # long ago, and window managers take it for one that wants to steal the keyboard.
        if window.isVisible() and not window.isActiveWindow():
            activate(int(window.winId()))

    if platform == "xcb":
        QTimer.singleShot(_GRACE_MS, window, insist)
