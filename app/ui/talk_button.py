"""The big button that is held to talk."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QTouchEvent,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from app.conversation.state import Link, State
from app.estuary.voice_mode import VoiceMode
from app.ui.appearance import Appearance
from app.ui.hold import HeldFinger, HeldKey, Hold, Holder
from app.ui.icons import Icon, paint_icon
from app.ui.theme import GAP_M, GAP_S, TOUCH, TextSize, Theme, Tone, lifted

_EDGE = 3
"""Room around the pill for the ring that marks it, in logical pixels."""

_GLYPH = 1.15
"""Size of the icon, in lines of its words."""


class TalkButton(QAbstractButton):
    """Holds while the mouse button, a finger, or Enter on it is down.

    Args:
        appearance: Where colours and sizes come from.
        hold: What it holds.
        parent: Where it lives.
    """

    def __init__(self, appearance: Appearance, hold: Hold, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._hold = hold
        self._enter = HeldKey(hold, Holder.ENTER, self)
        self._finger = HeldFinger(hold)
        self._state = State()
        self._icon = Icon.MIC
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setAccessibleDescription(
            self.tr(
                "Hold Space anywhere in the window, or this button. One click begins, the next one sends."
            )
        )
        self.setToolTip(self.tr("Hold to talk (Space)"))
        self.clicked.connect(self._toggle)
        hold.began.connect(self._show)
        hold.ended.connect(self._show)
        self._show()

    def show_state(self, state: State) -> None:
        """Show whether talking is possible and whether a turn is open."""
        self._state = state
        self._show()

    @property
    def can_talk(self) -> bool:
        """True when holding begins a turn."""
        return self.has_key and self._state.link is Link.READY and not self._state.is_muted

    @property
    def has_key(self) -> bool:
        """True when a key is there for talking, even where that is impossible for now."""
        return self._state.mode is VoiceMode.PUSH_TO_TALK and self._state.has_microphone

    @property
    def is_on(self) -> bool:
        """True while held: at once, not only when the session has followed."""
        return self.isEnabled() and (self._hold.is_held or self._state.is_recording)

    def sizeHint(self) -> QSize:
        """Return a size that holds the longest text."""
        return QSize(self._appearance.em(10), self._height)

    def minimumSizeHint(self) -> QSize:
        """Return room for its words, also those it has while held: it must not grow under a finger."""
        metrics = QFontMetricsF(self._appearance.font(TextSize.BODY, bold=True))
        words = {self.text(), self.tr("Hold to talk"), self.tr("Release to send"), self.tr("Click to send")}
        widest = max(metrics.horizontalAdvance(each) for each in words)
        return QSize(
            math.ceil(widest + metrics.height() * _GLYPH) + GAP_S + 2 * GAP_M + 2 * _EDGE, self._height
        )

    def event(self, event: QEvent) -> bool:
        """Take fingers as they are: of a mouse that Qt makes of them nobody knows when it is taken away."""
        if isinstance(event, QTouchEvent) and self.isEnabled():
            self._finger.take(event)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin with the left button."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._hold.begin(Holder.MOUSE)

    def mouseMoveEvent(self, _event: QMouseEvent) -> None:
        """Leave the button without letting go: a hand that slips must not cut a sentence."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End wherever the left button is let go."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._hold.end(Holder.MOUSE)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begin with Enter."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        else:
            self._enter.press(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End with Enter."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyReleaseEvent(event)
        else:
            self._enter.release(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End what Enter held: its release would go elsewhere."""
        self._hold.end(Holder.ENTER)
        super().focusOutEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """End the hold when talking becomes impossible: a disabled button gets no release."""
        if event.type() is QEvent.Type.EnabledChange and not self.isEnabled():
            self._hold.end_all()
        super().changeEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """End the hold with the window."""
        self._hold.end_near()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a pill with icon and text."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tone = self._tone(theme)
        pill = QRectF(self.rect()).adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        rounding = pill.height() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(tone.ground)
        painter.drawRoundedRect(pill, rounding, rounding)
        if self.hasFocus() or self.is_on:
            painter.setPen(QPen(theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(pill.adjusted(-2, -2, 2, 2), rounding + 2, rounding + 2)
        self._paint_label(painter, pill, tone)

    def _paint_label(self, painter: QPainter, pill: QRectF, tone: Tone) -> None:
        font = self._appearance.font(TextSize.BODY, bold=True)
        metrics = QFontMetricsF(font)
        glyph = metrics.height() * _GLYPH
        room = pill.width() - glyph - GAP_S - 2 * GAP_M
        text = metrics.elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(text)
        left = pill.center().x() - (glyph + GAP_S + width) / 2
        is_mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        at_icon, at_text = (left + width + GAP_S, left) if is_mirrored else (left, left + glyph + GAP_S)
        icon_box = QRectF(at_icon, pill.center().y() - glyph / 2, glyph, glyph)
        paint_icon(painter, self._icon, icon_box, tone.text)
        painter.setFont(font)
        painter.setPen(tone.text)
        box = QRectF(at_text, pill.top(), width, pill.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip, text)

    def _tone(self, theme: Theme) -> Tone:
        if self.is_on:
            return theme.pressed
        if self._is_open:
            return theme.soft
        if not self.isEnabled():
            return Tone(theme.field, theme.quiet)
        if self.underMouse():
            return Tone(lifted(theme.primary, 0.18), theme.primary.text)
        return theme.primary

    @property
    def _is_open(self) -> bool:
        """True when the microphone is open without being held."""
        state = self._state
        is_usable = state.link is Link.READY and state.has_microphone and not state.is_muted
        return is_usable and state.mode is VoiceMode.CONTINUOUS

    @property
    def _height(self) -> int:
        return max(self._appearance.em(2.9), TOUCH)

    def _toggle(self) -> None:
        """Hold, or let go, for whoever can only click."""
        if self._hold.is_held_by(Holder.CLICK):
            self._hold.end(Holder.CLICK)
        else:
            self._hold.begin(Holder.CLICK)

    def _show(self) -> None:
        self.setEnabled(self.can_talk)
        text, self._icon = self._label()
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.updateGeometry()
        self.update()

    def _label(self) -> tuple[str, Icon]:
        state = self._state
        if not state.has_microphone:
            return self.tr("No microphone"), Icon.MIC_OFF
        if state.link is not Link.READY:
            is_lost = state.link in {Link.OFFLINE, Link.FAILED}
            return self.tr("Not connected") if is_lost else self.tr("Connecting…"), Icon.MIC_OFF
        if state.is_muted:
            return self.tr("Muted"), Icon.MIC_OFF
        if self._is_open:
            return self.tr("Just speak"), Icon.WAVES
        if self.is_on:
            is_clicked = self._hold.is_held_by(Holder.CLICK)
            return self.tr("Click to send") if is_clicked else self.tr("Release to send"), Icon.WAVES
        return self.tr("Hold to talk"), Icon.MIC
