"""The compact strip: what is said and heard, in a bar that stays on top of other windows."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QFontMetricsF,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.conversation.line import Author, Line
from app.conversation.state import Link, State
from app.estuary.voice_mode import VoiceMode
from app.ui.appearance import Appearance
from app.ui.bridge import Bridge
from app.ui.hold import Hold, SpaceKey, SpaceUse
from app.ui.icon_button import IconButton
from app.ui.icons import Icon
from app.ui.mute_button import MuteButton
from app.ui.status import is_replying, status_of
from app.ui.theme import GAP_M, GAP_S, GAP_XS, TextSize
from app.ui.waveform import Waveform

_WIDTH = 30
_HEIGHT = 3.4
"""Size of the strip, in lines of text."""

_ROUND = 14
"""Radius of its corners, in logical pixels."""


class Strip(QWidget):
    """Waveform, caption and mute without a frame, to be dragged anywhere. Space talks, Esc stops a reply.

    Args:
        appearance: Where colours and fonts come from.
        bridge: Where states come from and the person's actions go to.
        hold: What Space holds.

    Signals:
        expanded: The person wants the whole window back.
    """

    expanded = Signal()

    def __init__(self, appearance: Appearance, bridge: Bridge, hold: Hold) -> None:
        super().__init__(
            None,
            Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint,
        )
        self._appearance = appearance
        self._bridge = bridge
        self._hold = hold
        self._state = State()
        self._grip: QPoint | None = None
        self.waveform = Waveform(appearance)
        self.caption = Caption(appearance)
        self.mute = MuteButton(appearance, height=2.2)
        self.expand = IconButton(appearance, Icon.EXPAND, height=2.2)
        self.expand.describe(self.tr("Show the whole window"), self.tr("Ctrl+Shift+M"))
        self._space = SpaceKey(hold, self._use_of_space, self)
        self.setWindowTitle(self.tr("Heron"))
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self._arrange()
        self._connect()
        appearance.changed.connect(self._redress)
        self._redress()
        self.show_state(bridge.shown)

    def show_state(self, state: State) -> None:
        """Show what goes on and what was said last."""
        self._state = state
        self.waveform.show_state(state)
        self.caption.show_state(state)
        self.mute.show_state(state)

    def sizeHint(self) -> QSize:
        """Return a size that grows with the text and fits the screen."""
        screen = self.screen().availableSize().width()
        return QSize(min(self._appearance.em(_WIDTH), screen), self._appearance.em(_HEIGHT))

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the keys of the native window, which exists from now on."""
        handle = self.windowHandle()
        handle.removeEventFilter(self._space)
        handle.installEventFilter(self._space)
        super().showEvent(event)

    def place(self) -> None:
        """Go to the middle of the screen's lower edge, out of the way."""
        self.resize(self.sizeHint())
        room = self.screen().availableGeometry()
        self.move(room.center().x() - self.width() // 2, room.bottom() - self.height() - GAP_M * 2)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Go back to the whole window: the strip is only another shape of it."""
        self._hold.end_near()
        event.accept()
        self.expanded.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Let go of the talk key when another window gets the keyboard."""
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self._hold.end_near()
        super().changeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag; the window system does the rest where it can."""
        if event.button() is Qt.MouseButton.LeftButton and not self.windowHandle().startSystemMove():
            self._grip = event.globalPosition().toPoint() - self.pos()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Follow the mouse."""
        if self._grip is not None:
            self.move(event.globalPosition().toPoint() - self._grip)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Stay here."""
        self._grip = None

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Go back to the whole window."""
        self.expanded.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground with round corners."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.border, 1))
        painter.setBrush(theme.surface)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)

    def _use_of_space(self) -> SpaceUse:
        state = self._state
        if state.mode is not VoiceMode.PUSH_TO_TALK or not state.has_microphone:
            return SpaceUse.LETTER
        can_talk = state.link is Link.READY and not state.is_muted
        return SpaceUse.TALK if can_talk else SpaceUse.NOTHING

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(GAP_M, GAP_XS + 2, GAP_S, GAP_XS + 2)
        row.setSpacing(GAP_M)
        row.addWidget(self.waveform, 2)
        row.addWidget(self.caption, 3)
        row.addWidget(self.mute)
        row.addWidget(self.expand)

    def _connect(self) -> None:
        self._bridge.state_changed.connect(self.show_state)
        self._bridge.frame_arrived.connect(self.waveform.hear)
        self.mute.clicked.connect(self._bridge.toggle_mute)
        self.expand.clicked.connect(self.expanded)
        for keys, action in (
            ("Esc", self._interrupt),
            ("Ctrl+M", self._bridge.toggle_mute),
            ("Ctrl+Shift+M", self.expanded.emit),
        ):
            QShortcut(QKeySequence(keys), self, action)

    def _interrupt(self) -> None:
        if is_replying(self._state):
            self._bridge.interrupt()

    def _redress(self) -> None:
        self.expand.set_colors(self._appearance.theme.quiet)
        self.update()


def _as_spoken(line: Line) -> str:
    """Return a line's words without the marks of Markdown."""
    if line.author is Author.PERSON:
        return line.text
    from app.ui.chat.rich_text import plain_text  # documents are not imported before there is a reply

    return plain_text(line.text)


class Caption(QLabel):
    """The last words, as many of the newest as there is room for; the status where nothing was said."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._words = ""
        self._is_quiet = False
        self._is_provisional = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.setTextFormat(Qt.TextFormat.PlainText)

    def show_state(self, state: State) -> None:
        """Show the newest line."""
        line = state.lines[-1] if state.lines else None
        self._is_quiet = line is None or state.link is not Link.READY
        self._words = status_of(state).text if line is None or self._is_quiet else _as_spoken(line)
        self._is_provisional = (
            line is not None and not line.is_final and line.author is Author.PERSON and not self._is_quiet
        )
        self.setAccessibleName(self._words)
        self.setToolTip(self._words)
        self.update()

    @property
    def words(self) -> str:
        """What is shown, all of it."""
        return self._words

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the end of the words: the newest matter."""
        theme = self._appearance.theme
        font = self._appearance.font(TextSize.BODY, italic=self._is_provisional)
        words = " ".join(self._words.split())
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideLeft, self.width())
        painter = QPainter(self)
        painter.setFont(font)
        painter.setPen(theme.quiet if self._is_quiet or self._is_provisional else theme.text)
        is_right = self.isRightToLeft()
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        sides = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # the words' own
        painter.drawText(self.rect(), sides, shown)
