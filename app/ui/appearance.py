"""How the window looks now: theme and motion that follow the system, and the fonts."""

from __future__ import annotations

import gc
import os

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QFontMetricsF
from PySide6.QtWidgets import QApplication

from app.core.settings import Looks
from app.core.settings import looks as words
from app.ui.theme import DARK, LIGHT, TextSize, Theme

_FAMILIES = ("Inter", "Noto Sans", "Cantarell", "Ubuntu", "Open Sans", "Roboto", "DejaVu Sans")
"""Tried in this order where the system names no interface font of its own."""

STYLE = "fusion"
"""The style of Qt's that palettes and sizes are made for."""

STYLED = "heron-style"
"""A property of an application that has it: to ask Qt for its style takes 7 ms."""

_SMALLEST_POINTS = 10.0

_COMPACT = 0.5
"""What is left of a space when things are dense."""


class Appearance(QObject):
    """Theme, fonts and spaces for every widget of a window.

    Args:
        app: The application that is dressed.
        text_scale: Factor on the system's text size, besides what the person chooses.
        looks: What the person has chosen.

    ``HERON_THEME=light`` or ``dark`` overrides what the system and the person say.
    """

    changed = Signal()

    def __init__(self, app: QApplication, text_scale: float = 1.0, looks: Looks | None = None) -> None:
        super().__init__()
        self._app = app
        self._text_scale = text_scale
        self._looks = looks or Looks()
        self._is_system_still = False
        self._has_effects = app.isEffectEnabled(Qt.UIEffect.UI_General)
        self._font = _interface_font(self._scale)
        self.theme: Theme = self._wanted()
        app.styleHints().colorSchemeChanged.connect(self._follow)
        if app.property(STYLED) != STYLE:
            app.setStyle(STYLE)
            app.setProperty(STYLED, STYLE)
        self._dress()

    @property
    def is_still(self) -> bool:
        """Whether nothing is to move that need not."""
        if self._looks.motion != words.SYSTEM:
            return self._looks.motion == words.REDUCED
        return self._is_system_still

    def follow_motion(self, *, is_reduced: bool) -> None:
        """Take what the system says of motion; what the person has chosen here comes before it."""
        was_still, self._is_system_still = self.is_still, is_reduced
        if self.is_still is not was_still:
            self._dress()
            self.changed.emit()

    def wear(self, looks: Looks) -> None:
        """Look like this from now on, in every window that is open."""
        if looks == self._looks:
            return
        before, self._looks = self._scale, looks
        growth = self._scale / before
        self.theme = self._wanted()
        gc.collect()  # see `_follow`
        if growth != 1.0:
            self._font.setPointSizeF(self._font.pointSizeF() * growth)
        self._dress()
        if growth != 1.0:
            self._grow(growth)
        self.changed.emit()

    def gap(self, pixels: int) -> int:
        """Return a space between things, as dense as the person likes it."""
        return round(pixels * _COMPACT) if self._looks.density == words.COMPACT else pixels

    def font(self, size: TextSize = TextSize.BODY, *, bold: bool = False, italic: bool = False) -> QFont:
        """Return the interface font in one of its sizes."""
        font = QFont(self._font)
        font.setPointSizeF(self._font.pointSizeF() * size.value)
        font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
        font.setItalic(italic)
        return font

    def em(self, factor: float = 1.0) -> int:
        """Return `factor` heights of a line of body text, in logical pixels: it grows with the text."""
        return round(QFontMetricsF(self.font()).height() * factor)

    def _follow(self) -> None:
        theme = self._wanted()
        if theme is not self.theme:
            self.theme = theme
            # Qt goes through all widgets by bare pointers: Python must not collect any meanwhile.
            gc.collect()
            self._dress()
            self.changed.emit()

    def _wanted(self) -> Theme:
        named = os.environ.get("HERON_THEME", "").strip().lower()
        if named in {"light", "dark"}:
            return DARK if named == "dark" else LIGHT
        if self._looks.theme != words.SYSTEM:
            return DARK if self._looks.theme == words.DARK else LIGHT
        return DARK if self._app.styleHints().colorScheme() == Qt.ColorScheme.Dark else LIGHT

    @property
    def _scale(self) -> float:
        return self._text_scale * self._looks.text_size / 100

    def _grow(self, growth: float) -> None:
        """Let everything grow that was measured in text: fonts and sizes that were set once."""
        for widget in self._app.allWidgets():
            if widget.testAttribute(Qt.WidgetAttribute.WA_SetFont) and widget.font().pointSizeF() > 0:
                font = widget.font()
                font.setPointSizeF(font.pointSizeF() * growth)
                widget.setFont(font)
            least, most = widget.minimumSize(), widget.maximumSize()
            if not widget.isWindow() and not least.isEmpty() and least == most:
                widget.setFixedSize(QSize(round(least.width() * growth), round(least.height() * growth)))
            elif not widget.isWindow() and least.height() > 0:
                widget.setMinimumHeight(round(least.height() * growth))
            widget.updateGeometry()

    def _dress(self) -> None:
        self._app.setPalette(self.theme.palette())
        self._app.setFont(self.font())
        self._app.setEffectEnabled(Qt.UIEffect.UI_General, self._has_effects and not self.is_still)


def _interface_font(scale: float) -> QFont:
    font = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)
    if font.family().lower() in {"", "sans", "sans serif", "sans-serif"}:
        font = _first_installed(font)
    font.setPointSizeF(max(font.pointSizeF(), _SMALLEST_POINTS) * scale)
    return font


def _first_installed(fallback: QFont) -> QFont:
    for family in _FAMILIES:
        font = QFont(family)
        if QFontInfo(font).family() == family:
            font.setPointSizeF(fallback.pointSizeF())
            return font
    return fallback
