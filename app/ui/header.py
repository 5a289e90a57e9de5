"""The top of the window: whom the person talks to, and how the conversation stands."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.conversation.state import State
from app.ui.appearance import Appearance
from app.ui.avatar import paint_avatar
from app.ui.face import Face
from app.ui.icon_button import IconButton
from app.ui.icons import Icon
from app.ui.status import Activity, Status, status_of
from app.ui.theme import COLUMN_WIDTH, GAP_L, GAP_M, GAP_S, TextSize


class Header(QWidget):
    """Portrait, name, and the status in a word with a mark of its own shape.

    Signals:
        settings_asked: The person wants to see the settings.
        strip_asked: The person wants a strip in the place of the window.
    """

    settings_asked = Signal()
    strip_asked = Signal()

    def __init__(self, appearance: Appearance, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._portrait = Portrait(appearance, face, self)
        self._name = QLabel(self)
        self._mark = _Mark(appearance, self)
        self.strip = IconButton(appearance, Icon.SHRINK, height=2.0, parent=self)
        self.strip.describe(self.tr("Shrink to a strip that stays on top"), self.tr("Ctrl+Shift+M"))
        self.strip.clicked.connect(self.strip_asked)
        self.settings = IconButton(appearance, Icon.SETTINGS, height=2.0, parent=self)
        self.settings.describe(self.tr("Settings"), self.tr("Ctrl+,"))
        self.settings.clicked.connect(self.settings_asked)
        self._status = QLabel(self)
        self._arrange()
        appearance.changed.connect(self._redress)
        self.show_state(State())

    def show_state(self, state: State) -> None:
        """Show name and status."""
        self._shown = status_of(state)
        self._name.setText(state.character_name)
        self._portrait.show_name(state.character_name)
        if self._status.text() != self._shown.text:
            self._status.setText(self._shown.text)
            self._status.setAccessibleName(self.tr("Status: {words}").format(words=self._shown.text))
        self._mark.show_status(self._shown)
        self._redress()

    @property
    def status_text(self) -> str:
        """The status in words."""
        return self._status.text()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground and a hairline below."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.surface)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.border)

    def _arrange(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(1)
        # Beside the portrait whichever way a name is written: a label aligns text by its own direction.
        words.addWidget(self._name, 0, Qt.AlignmentFlag.AlignLeading)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(self._mark)
        line.addWidget(self._status)
        line.addStretch(1)
        words.addLayout(line)
        column = QWidget()
        column.setMaximumWidth(COLUMN_WIDTH)
        row = QHBoxLayout(column)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_M)
        row.addWidget(self._portrait)
        row.addLayout(words, 1)
        row.addWidget(self.strip)
        row.addWidget(self.settings)
        frame = self._frame = QHBoxLayout(self)
        frame.addStretch(1)
        frame.addWidget(column, 10_000)
        frame.addStretch(1)
        self._name.setFont(self._appearance.font(TextSize.TITLE, bold=True))
        self._status.setFont(self._appearance.font(TextSize.SMALL))

    def _redress(self) -> None:
        theme = self._appearance.theme
        palette = self._status.palette()
        palette.setColor(self._status.foregroundRole(), self._shown.color(theme))
        self._status.setPalette(palette)
        gap = self._appearance.gap
        self._frame.setContentsMargins(GAP_L, gap(GAP_S + 2), GAP_L, gap(GAP_S + 2) + 1)
        self.update()


class Portrait(QWidget):
    """A character's picture, or the initial of its name on a disc.

    Args:
        appearance: Where colours and sizes come from.
        face: What characters look like.
        parent: Where it lives.
        height: Its diameter in lines of text.
    """

    def __init__(
        self, appearance: Appearance, face: Face, parent: QWidget | None = None, *, height: float = 2.3
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._face = face
        self._name = ""
        self._lines = height
        appearance.changed.connect(self._measure)
        self._measure()

    def show_name(self, name: str) -> None:
        """Show another character, or another picture of this one."""
        self._name = name
        self.update()

    def _measure(self) -> None:
        side = self._appearance.em(self._lines)
        self.setFixedSize(QSize(side, side))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the picture, or the disc."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_avatar(painter, QRectF(self.rect()), self._appearance, self._face.of(self._name), self._name)


class _Mark(QWidget):
    """The status as a shape: full disc, ring, half ring, bar, cross."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._status = Status(Activity.OFFLINE, "")
        appearance.changed.connect(self._measure)
        self._measure()

    def _measure(self) -> None:
        side = self._appearance.em(0.55)
        self.setFixedSize(side, side)

    def show_status(self, status: Status) -> None:
        self._status = status
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        color = self._status.color(self._appearance.theme)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1.2, 1.2, -1.2, -1.2)
        painter.setPen(QPen(color, 2.2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        match self._status.activity:
            case Activity.CONNECTING:
                painter.drawArc(box, 90 * 16, 250 * 16)
            case Activity.FAILED:
                painter.drawLine(box.topLeft(), box.bottomRight())
                painter.drawLine(box.topRight(), box.bottomLeft())
            case Activity.MUTED:
                painter.drawLine(
                    QPointF(box.left(), box.center().y()), QPointF(box.right(), box.center().y())
                )
            case Activity.OFFLINE | Activity.IDLE:
                painter.drawEllipse(box)
            case _:
                painter.setBrush(color)
                painter.drawEllipse(box)
