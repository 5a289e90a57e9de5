"""The switch between push-to-talk and continuous conversation."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QRadioButton, QWidget

from app.conversation.state import State
from app.estuary.voice_mode import VoiceMode
from app.ui.appearance import Appearance
from app.ui.theme import TextSize
from app.ui.whole_button import WholeButton

_INSET = 3


class ModeSwitch(QWidget):
    """Two halves of a pill; the chosen one stands out.

    Signals:
        chosen: The person wants another `VoiceMode`.
    """

    chosen = Signal(object)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.setAccessibleName(self.tr("Talk mode"))
        self._halves = {
            VoiceMode.PUSH_TO_TALK: self._half(
                self.tr("Push to talk"), self.tr("Your turn lasts as long as you hold the button (Ctrl+T)")
            ),
            VoiceMode.CONTINUOUS: self._half(
                self.tr("Continuous"), self.tr("Your turn ends when you pause (Ctrl+T)")
            ),
        }
        row = QHBoxLayout(self)
        row.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        row.setSpacing(0)
        for mode, half in self._halves.items():
            row.addWidget(half)
            half.clicked.connect(lambda _checked, mode=mode: self.chosen.emit(mode))
        self.show_state(State())

    def show_state(self, state: State) -> None:
        """Show the mode the conversation is in."""
        chosen = self._halves[state.mode]
        if chosen.isChecked():
            return
        chosen.setChecked(True)
        for half in self._halves.values():  # Tab comes to the chosen one, arrow keys to the other
            half.setFocusPolicy(Qt.FocusPolicy.TabFocus if half is chosen else Qt.FocusPolicy.NoFocus)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pill both halves lie in."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._appearance.theme.field)
        rounding = self.height() / 2
        painter.drawRoundedRect(self.rect(), rounding, rounding)

    def _half(self, name: str, help_text: str) -> _Half:
        half = _Half(self._appearance, name, self)
        half.setToolTip(help_text)
        half.setAccessibleName(name)
        return half


class _Half(WholeButton, QRadioButton):
    """One half: a radio button to the keyboard and to assistive technology."""

    def __init__(self, appearance: Appearance, name: str, parent: QWidget) -> None:
        super().__init__(name, parent)
        self._appearance = appearance
        # A click leaves the focus where the person types.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Return room for the text in its widest form."""
        metrics = QFontMetricsF(self._appearance.font(TextSize.SMALL, bold=True))
        height = metrics.height() * 1.6
        return QSize(round(metrics.horizontalAdvance(self.text()) + height), round(height))

    def minimumSizeHint(self) -> QSize:
        """Return the same: the words are never cut."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the half."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect())
        rounding = box.height() / 2
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.soft.ground)
            painter.drawRoundedRect(box, rounding, rounding)
        if self.hasFocus():
            painter.setPen(QPen(theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), rounding, rounding)
        painter.setFont(self._appearance.font(TextSize.SMALL, bold=self.isChecked()))
        ink = theme.text if self.underMouse() else theme.quiet
        painter.setPen(theme.soft.text if self.isChecked() else ink)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
