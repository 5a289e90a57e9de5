"""How the fields of the settings look: what Qt draws itself, in the theme's colours."""

from __future__ import annotations

from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from app.core.translation import translate
from app.ui.theme import Theme

ROUNDING = 8
"""Corners of a field, in logical pixels."""


FIELD_EDGE = 6
"""Logical pixels from a field's edge, border included, to the text above and below."""


def field_style(theme: Theme) -> str:
    """Return the style sheet of text fields and drop-down lists: quiet until they have the focus."""
    return (
        "QLineEdit, QComboBox, QPlainTextEdit {"
        f" background: {theme.field.name()}; color: {theme.text.name()};"
        f" border: 1px solid {theme.faint.name()}; border-radius: {ROUNDING}px;"
        f" padding: {FIELD_EDGE - 1}px 10px;"
        f" placeholder-text-color: {theme.quiet.name()};"
        f" selection-background-color: {theme.primary.ground.name()};"
        f" selection-color: {theme.primary.text.name()}; }}"
        "QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus {"
        f" border: 2px solid {theme.accent.name()}; padding: {FIELD_EDGE - 2}px 9px; }}"
        "QComboBox::drop-down { border: 0; width: 28px; }"
        f"QComboBox QAbstractItemView {{ background: {theme.surface.name()}; color: {theme.text.name()};"
        f" border: 1px solid {theme.border.name()}; padding: 4px; outline: 0;"
        f" selection-background-color: {theme.soft.ground.name()};"
        f" selection-color: {theme.soft.text.name()}; }}"
    )


def slider_style(theme: Theme) -> str:
    """Return the style sheet of a horizontal slider."""
    handle, half = 18, 9
    return (
        "QSlider { min-height: 26px; background: transparent; }"
        f"QSlider::groove:horizontal {{ height: 4px; border-radius: 2px; background: {theme.border.name()};"
        f" margin: 0 {half}px; }}"
        f"QSlider::handle:horizontal {{ width: {handle}px; height: {handle}px; margin: -7px -{half}px;"
        f" border-radius: {half}px; background: {theme.primary.ground.name()}; }}"
        f"QSlider::handle:horizontal:focus {{ width: {handle - 4}px; height: {handle - 4}px;"
        f" border: 2px solid {theme.surface.name()}; background: {theme.accent.name()}; }}"
        f"QSlider::handle:horizontal:hover {{ background: {theme.pressed.ground.name()}; }}"
    )


def paint_text(widget: QWidget, color: QColor) -> None:
    """Write a label in a colour."""
    palette = widget.palette()
    palette.setColor(palette.ColorRole.WindowText, color)
    widget.setPalette(palette)


def translated(text: str) -> str:
    """Return what a setting says of itself in the person's language."""
    return translate("Setting", text) if text else ""
