"""What is sent, or was sent: the picture itself, as large as there is room for."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.appearance import Appearance

_ROUNDING = 6
_LEAST = 4
"""Height below which nothing could be made out, in lines of text."""


class Preview(QWidget):
    """Shows an image.

    Args:
        appearance: Where colours and sizes come from.
        lines: How high it may become, in lines of text.
        parent: Where it lives.
    """

    def __init__(self, appearance: Appearance, lines: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._lines = lines
        self._image = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    def show_image(self, image: QImage, name: str) -> None:
        """Show an image.

        Args:
            image: The image.
            name: What it is, for those who do not see it.
        """
        self._image = image
        self.setAccessibleName(name)
        self.updateGeometry()
        self.setVisible(not image.isNull())
        self.update()

    def sizeHint(self) -> QSize:
        """Return its own size, within the height it may have."""
        most = self._appearance.em(self._lines)
        return QSize(most, self.heightForWidth(most * 2))

    def minimumSizeHint(self) -> QSize:
        """Return the least in which something can be made out."""
        least = self._appearance.em(_LEAST)
        return QSize(least, least)

    def hasHeightForWidth(self) -> bool:
        """Return that it keeps its shape."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height that belongs to a width."""
        if self._image.isNull():
            return 0
        wanted = round(width * self._image.height() / self._image.width())
        return max(self._appearance.em(_LEAST), min(wanted, self._appearance.em(self._lines)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it at the beginning of the line, whole and undistorted."""
        if self._image.isNull():
            return
        size = QSize(self._image.size()).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        box = QRectF(self.width() - size.width() if is_mirrored else 0, 0, size.width(), size.height())
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        edge = QPainterPath()
        edge.addRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), _ROUNDING, _ROUNDING)
        painter.setClipPath(edge)
        painter.drawImage(box, self._image)
        painter.setClipping(False)
        painter.setPen(QPen(self._appearance.theme.border, 1))
        painter.drawPath(edge)
