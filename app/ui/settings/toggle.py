"""A switch: on or off."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QWidget

from app.core.settings import Value
from app.ui.appearance import Appearance
from app.ui.settings.editor import Editor
from app.ui.whole_button import WholeButton


class Toggle(Editor):
    """The editor of a setting that is on or off."""

    is_beside = True

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.knob = _Knob(appearance, self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.knob)
        self.knob.clicked.connect(self._clicked)
        appearance.changed.connect(self.updateGeometry)

    @property
    def focused(self) -> QWidget:
        """The widget that takes the keyboard."""
        return self.knob

    def show_value(self, value: Value) -> None:
        """Show on or off."""
        self.knob.setChecked(bool(value))

    def _clicked(self, is_on: bool) -> None:
        self.edited.emit(is_on)


class _Knob(WholeButton, QCheckBox):
    """A check box to the keyboard and to assistive technology, a switch to the eye."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return room for the switch and its focus ring."""
        height = self._appearance.em(1.35)
        return QSize(round(height * 1.8), height)

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw track, knob and focus ring; on is told by place and colour."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        track = QRectF(self.rect()).adjusted(3, 3, -3, -3)
        radius = track.height() / 2
        is_on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen if is_on else QPen(theme.quiet, 1.5))
        painter.setBrush(theme.primary.ground if is_on else theme.field)
        painter.drawRoundedRect(track, radius, radius)
        is_right = is_on is (self.layoutDirection() == Qt.LayoutDirection.LeftToRight)
        x = track.right() - radius if is_right else track.left() + radius
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.primary.text if is_on else theme.quiet)
        painter.drawEllipse(QPointF(x, track.center().y()), radius - 3.5, radius - 3.5)
        if self.hasFocus():
            painter.setPen(QPen(theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(track.adjusted(-2, -2, 2, 2), radius + 2, radius + 2)
