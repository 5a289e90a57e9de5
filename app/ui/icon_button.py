"""A round button that shows one icon."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from app.ui.appearance import Appearance
from app.ui.icons import Icon, paint_icon
from app.ui.theme import Tone, lifted


class IconButton(QAbstractButton):
    """A round button with an icon, a name for those who do not see it, and a tooltip with its key.

    Args:
        appearance: Where colours and sizes come from.
        icon: What it shows.
        height: Its diameter in lines of text.
        least: Its diameter in logical pixels at least.
        parent: Where it lives.
    """

    def __init__(
        self,
        appearance: Appearance,
        icon: Icon,
        *,
        height: float = 2.2,
        least: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._icon = icon
        self._height = height
        self._least = least
        self._ground: QColor | None = None
        self._ink: QColor | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def describe(self, name: str, key: str = "") -> None:
        """Name the button for assistive technology and in its tooltip, with the key that does the same."""
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({key})" if key else name)

    def show_icon(self, icon: Icon) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def set_colors(self, ink: QColor | None = None, ground: QColor | None = None) -> None:
        """Draw in these colours instead of the quiet ones on no ground."""
        self._ink, self._ground = ink, ground
        self.update()

    def set_tone(self, tone: Tone) -> None:
        """Draw in a theme's pair of ground and text."""
        self.set_colors(tone.text, tone.ground)

    def sizeHint(self) -> QSize:
        """Return a square that grows with the text."""
        side = max(self._appearance.em(self._height), self._least)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        """Return the same: an icon is never squeezed."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Click on Enter: Space is the talk key all over the window."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.animateClick()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, focus ring and icon."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = min(self.width(), self.height())
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        ink = self._ink or theme.quiet
        if not self.isEnabled():
            ink = theme.faint
        ground = self._ground
        if ground is not None and not self.isEnabled():
            ground = theme.field
        if self.isEnabled() and (self.underMouse() or self.isDown()):
            ground = lifted(Tone(ground or theme.surface, ink), 0.22 if self.isDown() else 0.12)
        if ground is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ground)
            painter.drawEllipse(box)
        if self.hasFocus():
            painter.setPen(QPen(theme.ring_on(Tone(ground or theme.surface, ink)), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(box.adjusted(1, 1, -1, -1))
        inset = side * 0.24
        paint_icon(painter, self._icon, box.adjusted(inset, inset, -inset, -inset), ink)
