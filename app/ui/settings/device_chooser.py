"""The choice of a microphone or a speaker, among those that are there now."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.audio.devices.device import Device
from app.audio.devices.device_choice import named
from app.audio.devices.device_watch import WATCH, Subscription
from app.audio.devices.direction import Direction
from app.core.settings import Names, Offer, Value
from app.ui.appearance import Appearance
from app.ui.settings.editor import Editor
from app.ui.settings.style import field_style, paint_text
from app.ui.theme import GAP_XS, TextSize

_DIRECTIONS = {Offer.MICROPHONES: Direction.INPUT, Offer.SPEAKERS: Direction.OUTPUT}


class DeviceChooser(Editor):
    """The editor of a setting that lists devices: it chooses the first, and the earlier ones stay behind it.

    The list follows the devices that come and go while it can be seen.
    """

    def __init__(self, appearance: Appearance, kind: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._direction = _DIRECTIONS[kind.offer]
        self._names: tuple[str, ...] = ()
        self._devices: tuple[Device, ...] = ()
        self._watching: Subscription | None = None
        self.box = _Box(appearance, self)
        self.rest = QLabel(self)
        self.rest.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_XS)
        column.addWidget(self.box)
        column.addWidget(self.rest)
        self.box.activated.connect(self._chosen)
        appearance.changed.connect(self._redress)
        self._redress()
        self._fill()

    @property
    def focused(self) -> QWidget:
        """The drop-down list."""
        return self.box

    def show_value(self, value: Value) -> None:
        """Show which devices are preferred."""
        if isinstance(value, tuple):
            self._names = value
            self._fill()

    def show_devices(self, devices: tuple[Device, ...]) -> None:
        """Offer these from now on."""
        self._devices = tuple(device for device in devices if device.direction is self._direction)
        self._fill()

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the devices."""
        if self._watching is None:
            self._watching = WATCH.subscribe(self.show_devices)
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Follow them no more."""
        if self._watching is not None:
            self._watching.close()
            self._watching = None
        super().hideEvent(event)

    def _fill(self) -> None:
        box, wanted = self.box, self._names
        box.clear()
        default = next((device.description for device in self._devices if device.is_default), "")
        follow = self.tr("System default")
        box.addItem(f"{follow} ({default})" if default else follow, ())
        for device in self._devices:
            box.addItem(device.description, (device.name,))
        if wanted:
            there = named(self._devices, wanted[0])
            if there is None:
                missing = self.tr("%1 (not connected)").replace("%1", wanted[0])
                box.addItem(missing, (wanted[0],))
            box.setCurrentIndex(
                box.count() - 1 if there is None else 1 + [d.name for d in self._devices].index(there.name)
            )
        behind = [self._called(name) for name in wanted[1:]]
        self.rest.setText(self.tr("If it is not there: %1").replace("%1", ", ".join(behind)))
        self.rest.setVisible(bool(behind))

    def _called(self, name: str) -> str:
        device = named(self._devices, name)
        return name if device is None else device.description

    def _chosen(self, index: int) -> None:
        first = tuple(self.box.itemData(index) or ())
        behind = tuple(name for name in self._names if name not in first) if first else ()
        self.edited.emit((*first, *behind))

    def _redress(self) -> None:
        theme = self._appearance.theme
        self.box.setFont(self._appearance.font())
        self.box.setStyleSheet(field_style(theme))
        self.rest.setFont(self._appearance.font(TextSize.SMALL))
        paint_text(self.rest, theme.quiet)


class _Box(QComboBox):
    """A drop-down list that leaves the wheel to the page, gives way to a narrow window, and has an arrow."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.currentTextChanged.connect(self.setToolTip)  # where there is no room for all of it
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the list's field, and an arrow in the theme's colour on it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._appearance.theme.quiet, 1.8))
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = 16 if is_mirrored else self.width() - 16
        y = self.height() / 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2.5), QPointF(x + 4, y - 2)])
