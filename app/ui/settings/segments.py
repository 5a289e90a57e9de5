"""A choice among a few words, all of which can be seen."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QVBoxLayout, QWidget

from app.core.settings import Choice, Value
from app.ui.appearance import Appearance
from app.ui.flow import Flow
from app.ui.settings.editor import Editor
from app.ui.settings.style import ROUNDING, translated
from app.ui.whole_button import WholeButton

_INSET = 3


class Segments(Editor):
    """The editor of a setting that is one of a few: radio buttons in one field."""

    def __init__(self, appearance: Appearance, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._box = _Box(appearance, self)
        self.buttons: dict[str, QRadioButton] = {}
        for value, label in choice.options:
            button = _Segment(appearance, translated(label), self._box)
            button.clicked.connect(lambda _checked, value=value: self.edited.emit(value))
            self._box.row.addWidget(button)
            self.buttons[value] = button
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._box)
        row.addStretch(1)

    @property
    def focused(self) -> QWidget:
        """The button that is chosen."""
        chosen = (button for button in self.buttons.values() if button.isChecked())
        return next(chosen, next(iter(self.buttons.values())))

    def show_value(self, value: Value) -> None:
        """Show which is chosen."""
        if (chosen := self.buttons.get(str(value))) is not None:
            chosen.setChecked(True)
            for button in self.buttons.values():  # Tab comes to the chosen one, arrow keys to the others
                is_stop = button is chosen
                button.setFocusPolicy(Qt.FocusPolicy.StrongFocus if is_stop else Qt.FocusPolicy.ClickFocus)

    def describe(self, name: str, help_text: str) -> None:
        """Name the group, and each button within it."""
        self.setAccessibleName(name)
        for button in self.buttons.values():
            button.setAccessibleName(f"{name}: {button.text()}")
            button.setAccessibleDescription(help_text)


class _Box(QWidget):
    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        frame = QVBoxLayout(self)
        frame.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        self.row = Flow()
        self.row.setSpacing(2)
        frame.addLayout(self.row)
        appearance.changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._appearance.theme.border, 1))
        painter.setBrush(self._appearance.theme.field)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), ROUNDING, ROUNDING)


class _Segment(WholeButton, QRadioButton):
    def __init__(self, appearance: Appearance, text: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self._appearance = appearance
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return room for the text in its widest form."""
        metrics = QFontMetricsF(self._appearance.font(bold=True))
        height = metrics.height() * 1.5
        return QSize(round(metrics.horizontalAdvance(self.text()) + height * 0.9), round(height))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box, rounding = QRectF(self.rect()), ROUNDING - _INSET + 1
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.primary.ground)
            painter.drawRoundedRect(box, rounding, rounding)
        if self.hasFocus():
            painter.setPen(QPen(theme.primary.text if self.isChecked() else theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), rounding - 1, rounding - 1)
        painter.setFont(self._appearance.font(bold=self.isChecked()))
        ink = theme.text if self.underMouse() else theme.quiet
        painter.setPen(theme.primary.text if self.isChecked() else ink)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # the words' own
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
