"""Where the person types instead of speaking."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.conversation.state import Link, State
from app.ui.appearance import Appearance
from app.ui.icon_button import IconButton
from app.ui.icons import Icon
from app.ui.theme import GAP_L, GAP_XS

_LONGEST = 4000
"""Characters in one message."""

BLINK_MS = 5000
"""Milliseconds without a key after which the cursor stands still: a window at rest draws nothing."""


class TextBox(QWidget):
    """A line of text and a button that sends it; always usable, with or without a voice."""

    sent = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._line = _Line(self)
        self._line.setFrame(False)
        self._line.setMaxLength(_LONGEST)
        self._line.setAccessibleName(self.tr("Message"))
        self._line.setToolTip(self.tr("Type a message, Enter sends it (Ctrl+L)"))
        self._send = IconButton(appearance, Icon.SEND, height=1.9, parent=self)
        self._send.describe(self.tr("Send"), self.tr("Enter"))
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_L, GAP_XS, GAP_XS, GAP_XS)
        row.addWidget(self._line, 1)
        row.addWidget(self._send)
        self._line.returnPressed.connect(self._submit)
        self._send.clicked.connect(self._submit)
        self._line.textChanged.connect(self._redress)
        self._line.focus_changed.connect(self.update)
        self.setFocusProxy(self._line)
        appearance.changed.connect(self._redress)
        self._redress()
        self.show_state(State())

    def show_state(self, state: State) -> None:
        """Say what becomes of a message sent now."""
        is_kept = state.link is Link.FAILED
        words = self.tr("Type now, sent once connected") if is_kept else self.tr("Type a message")
        self._line.setPlaceholderText(words)

    def type_key(self, event: QKeyEvent) -> None:
        """Take the focus and a key that was pressed elsewhere; nothing begins with a space."""
        if event.text().isspace() and self.is_blank:
            return
        self._line.setFocus(Qt.FocusReason.OtherFocusReason)
        # Not sent: a key the line refuses would come back from its parents.
        self._line.event(event)

    @property
    def line(self) -> QLineEdit:
        """The line that is typed into."""
        return self._line

    @property
    def is_typing(self) -> bool:
        """True while the focus is here and something is written: Space is then a letter."""
        return self._line.hasFocus() and not self.is_blank

    @property
    def is_blank(self) -> bool:
        """True while nothing can be seen in the line: spaces alone count for nothing."""
        return not (self._line.text().strip() or self._line.is_composing)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the rounded field around line and button."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        is_focused = self._line.hasFocus()
        painter.setPen(QPen(theme.accent, 1.6) if is_focused else QPen(theme.border, 1))
        painter.setBrush(theme.field)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)

    def _submit(self) -> None:
        text = self._line.text().strip()
        if text:
            self._line.clear()
            self.sent.emit(text)

    def _redress(self) -> None:
        theme = self._appearance.theme
        self._line.setMinimumHeight(self._appearance.em(2))
        palette = self._line.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, theme.text)
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.quiet)
        self._line.setPalette(palette)
        has_text = bool(self._line.text().strip())
        self._send.setEnabled(has_text)
        self._send.set_tone(theme.primary)
        self.update()


class _Line(QLineEdit):
    """A line edit that says when the focus comes and goes, and while an input method composes."""

    focus_changed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.is_composing = False
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(BLINK_MS)
        self._clock.timeout.connect(lambda: _let_blink(is_wanted=False))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self.is_composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._blink()
        super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._blink()
        super().focusInEvent(event)
        self.focus_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._clock.stop()
        _let_blink(is_wanted=True)  # in other fields
        super().focusOutEvent(event)
        self.focus_changed.emit()

    def _blink(self) -> None:
        self._clock.start()
        _let_blink(is_wanted=True)


def _let_blink(*, is_wanted: bool) -> None:
    """Let cursors blink as the system has it, or stand still."""
    QGuiApplication.styleHints().setCursorFlashTime(-1 if is_wanted else 0)
