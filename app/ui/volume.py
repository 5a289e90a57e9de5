"""How loud the character speaks: a button that shows it, and a slider that opens above it."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from app.core.settings import Number, Settings, Sound, setting_named
from app.ui.appearance import Appearance
from app.ui.icon_button import IconButton
from app.ui.icons import Icon
from app.ui.theme import GAP_L, GAP_M, GAP_S

if TYPE_CHECKING:
    from app.ui.settings.desk import Desk
    from app.ui.settings.slider_box import SliderBox

STEP: Final = 0.05
"""What a notch of the wheel and a press of a key change."""

_NOTCH: Final = 120
"""Eighths of a degree of a notch, as Qt counts them."""

_WIDTH: Final = 13
"""Lines of text the slider is wide."""

_ROUNDING: Final = 10


class VolumeButton(IconButton):
    """Shows whether the character can be heard; a click opens the slider, the wheel needs none.

    Signals:
        changed: The person wants another volume, 0..1.
    """

    changed = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, Icon.SPEAKER, height=1.9, parent=parent)
        self._volume = 1.0
        self._turned = 0
        self._panel: _Panel | None = None
        self.clicked.connect(self._open)
        self.show_volume(1.0)

    def show_volume(self, volume: float) -> None:
        """Show a volume, 0..1."""
        self._volume = volume
        self.show_icon(Icon.SPEAKER if volume > 0 else Icon.SPEAKER_OFF)
        self.describe(self.tr("Volume"), self.tr("Ctrl+Up, Ctrl+Down"))
        self.setAccessibleDescription(f"{round(100 * volume)} %")
        if self._panel is not None:
            self._panel.slider.show_value(volume)

    def follow(self, desk: Desk) -> None:
        """Show the setting from now on, and change it."""
        self.show_volume(desk.settings.sound.volume)
        self.changed.connect(lambda wanted: desk.store.update(Sound, volume=wanted))
        desk.changed.connect(self._on_settings)
        self.show()

    def louder(self) -> None:
        """Make it louder by a step."""
        self._step(1)

    def softer(self) -> None:
        """Make it softer by a step."""
        self._step(-1)

    def _step(self, steps: int) -> None:
        volume = min(max(round(self._volume + steps * STEP, 2), 0.0), 1.0)
        if volume != self._volume:
            self.changed.emit(volume)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Follow the wheel, a step for each notch."""
        self._turned += event.angleDelta().y()
        notches = int(self._turned / _NOTCH)
        self._turned -= notches * _NOTCH
        self._step(notches)
        event.accept()

    def _on_settings(self, settings: Settings) -> None:
        if settings.sound.volume != self._volume:
            self.show_volume(settings.sound.volume)

    def _open(self) -> None:
        if self._panel is None:
            self._panel = _Panel(self._appearance, self)
            self._panel.slider.edited.connect(self.changed)
            self._panel.slider.describe(self.tr("Volume"), "")
        self._panel.slider.show_value(self._volume)
        self._panel.open_above(self)


class _Panel(QWidget):
    """The slider, in a window of its own that closes with a click elsewhere or Esc."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        from app.ui.settings.slider_box import SliderBox

        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._appearance = appearance
        _, setting = setting_named("sound.volume")
        assert isinstance(setting.kind, Number)
        self.slider: SliderBox = SliderBox(appearance, setting, setting.kind, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_L, GAP_M, GAP_L, GAP_M)
        row.addWidget(self.slider)

    def open_above(self, button: QWidget) -> None:
        """Open above a button, on its side of the window."""
        self.setFixedWidth(self._appearance.em(_WIDTH))
        self.adjustSize()
        is_mirrored = button.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = 0 if is_mirrored else button.width() - self.width()
        place = button.mapToGlobal(QPoint(x, -self.height() - GAP_S))
        room = button.screen().availableGeometry()
        place.setX(min(max(place.x(), room.left()), room.right() - self.width()))
        self.move(place)
        self.show()
        self.slider.focused.setFocus(Qt.FocusReason.PopupFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.border, 1))
        painter.setBrush(theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _ROUNDING, _ROUNDING)
