"""The moving picture of a conversation's sound: the microphone in bars, the character in a solid outline.

At rest it says by shape what is going on: a row of dots, three large dots that breathe, dashes with a sign.
Where motion is not wanted nothing scrolls or breathes, and a bar says how loud it is: a thin one the
microphone, a thick one the character.
"""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

import math
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.conversation.audio_tap import AudioTap
from app.conversation.state import State
from app.ui.appearance import Appearance
from app.ui.icons import Icon, paint_icon
from app.ui.status import Activity, status_of
from app.ui.theme import blend

if TYPE_CHECKING:
    from app.ui.envelope import Envelope

FRAME_MS = 33
"""Milliseconds from one picture to the next while something moves."""

CALM_MS = 160
"""The same where motion is not wanted: shorter than what an `Envelope` lets wait."""

_COLUMNS_PER_SECOND = 100
_LIVE_SECONDS = 0.15
"""How long after its last frame a sound is still thought to go on."""

_SILENCE = 0.002
_DOT_PITCH = 6
_BREATHS_PER_SECOND = 0.8

_CALM_COLUMNS = 40
"""Newest columns that say how loud it is."""

_CALM_STEPS = 16
"""Lengths that the bar can have."""

DASH_PART = 0.75
"""How much of their colour dashes have, of what lies between it and the ground."""


class Waveform(QWidget):
    """Draws what the microphone hears and what the character says.

    Nothing is drawn, and no timer runs, while nothing moves or the widget cannot be seen.
    """

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._activity = Activity.OFFLINE
        self._envelopes: dict[AudioTap, Envelope] = {}
        self._heard: dict[AudioTap, float] = {}
        self._scrolled = 0
        self._table: list[int] = []
        self._moved = time.monotonic()
        self._owed = 0.0
        self._is_seen = False
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Sound"))
        appearance.changed.connect(self._redress)
        self._redress()
        self.show_state(State())

    @property
    def is_moving(self) -> bool:
        """True while pictures are made."""
        return self._timer.isActive()

    def show_state(self, state: State) -> None:
        """Show another activity."""
        status = status_of(state)
        if status.activity is not self._activity:
            self._activity = status.activity
            self._redress()
            self._wake()
        self.setAccessibleDescription(status.text)

    def hear(self, tap: AudioTap, frame: bytes) -> None:
        """Take a frame of PCM16LE mono, 16 kHz, from the microphone or of the character."""
        if not self._is_seen:
            return
        if not self._envelopes:
            from app.ui.envelope import Envelope

            self._envelopes = {tap: Envelope() for tap in AudioTap}
        self._envelopes[tap].feed(frame)
        self._heard[tap] = time.monotonic()
        self._wake()

    def sizeHint(self) -> QSize:
        """Return a strip that grows with the text."""
        return QSize(self._appearance.em(14), self._appearance.em(2.6))

    def showEvent(self, event: QShowEvent) -> None:
        """Move again if there is something to show."""
        self._is_seen = True
        self._wake()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest: hidden and minimised windows draw nothing."""
        self._is_seen = False
        self._timer.stop()
        super().hideEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sound, and the sign of what goes on."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_still = self._appearance.is_still
        if self._has_picture() and not is_still:
            self._paint_sound(painter)
        else:
            painter.fillRect(self.rect(), self._appearance.theme.surface)
        if self._activity is Activity.THINKING:
            self._paint_thinking(painter)
        elif self._activity in {Activity.MUTED, Activity.FAILED}:
            self._paint_sign(painter)
        elif self._activity is Activity.CONNECTING:
            self._paint_dashes(painter, self._appearance.theme.caution, 0.0, float(self.width()))
        elif is_still or not self._has_picture():
            self._paint_dots(painter)
            if self._has_picture():
                self._paint_levels(painter)

    def _has_picture(self) -> bool:
        has_sign = {Activity.THINKING, Activity.MUTED, Activity.FAILED, Activity.CONNECTING}
        return self._activity not in has_sign and self._sounds()

    def _is_live(self, tap: AudioTap) -> bool:
        return time.monotonic() - self._heard.get(tap, -math.inf) < _LIVE_SECONDS

    def _moves(self) -> bool:
        is_breathing = self._activity is Activity.THINKING and not self._appearance.is_still
        return is_breathing or self._sounds()

    def _sounds(self) -> bool:
        """Return whether there is sound in sight, or about to be."""
        seen = _CALM_COLUMNS if self._appearance.is_still else max(1, self.width())
        return any(
            self._is_live(tap) or not envelope.is_silent(_SILENCE, seen)
            for tap, envelope in self._envelopes.items()
        )

    def _wake(self) -> None:
        if self._is_seen and not self._timer.isActive() and self._moves():
            self._moved = time.monotonic()
            self._timer.start()

    def _tick(self) -> None:
        now = time.monotonic()
        self._owed += (now - self._moved) * _COLUMNS_PER_SECOND
        self._moved = now
        count = int(self._owed)
        self._owed -= count
        self._scrolled += count
        for tap, envelope in self._envelopes.items():
            envelope.advance(count, is_live=self._is_live(tap))
        if not self._moves():
            self._timer.stop()
        self.update()

    def _redress(self) -> None:
        self._table = []
        self._timer.setInterval(CALM_MS if self._appearance.is_still else FRAME_MS)
        self._wake()
        self.update()

    def _paint_levels(self, painter: QPainter) -> None:
        """Draw how loud it is from the middle outwards."""
        theme = self._appearance.theme
        inks = {AudioTap.MICROPHONE: self._microphone_color(), AudioTap.CHARACTER: theme.beak}
        heights = {AudioTap.MICROPHONE: 0.16, AudioTap.CHARACTER: 0.4}
        painter.setPen(Qt.PenStyle.NoPen)
        for tap in (AudioTap.CHARACTER, AudioTap.MICROPHONE):
            level = math.sqrt(self._envelopes[tap].loudness(_CALM_COLUMNS))
            if level * level > _SILENCE:
                width = self.width() * math.ceil(level * _CALM_STEPS) / _CALM_STEPS
                height = self.height() * heights[tap]
                box = QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)
                painter.setBrush(inks[tap])
                painter.drawRoundedRect(box, height / 2, height / 2)

    def _paint_sound(self, painter: QPainter) -> None:
        from app.ui.sound_image import Picture, color_table, sound_image

        if not self._table:
            theme = self._appearance.theme
            self._table = color_table(theme.surface, self._microphone_color(), theme.beak)
        ratio = self.devicePixelRatio()
        is_heard = self._activity is Activity.HEARING
        picture = Picture(
            width=round(self.width() * ratio),
            height=round(self.height() * ratio),
            ratio=ratio,
            bar_width=4.0 if is_heard else 2.0,
        )
        image = sound_image(
            picture,
            self._envelopes[AudioTap.MICROPHONE].columns,
            self._envelopes[AudioTap.CHARACTER].columns,
            self._scrolled,
            self._table,
        )
        painter.drawImage(QPointF(0, 0), image)

    def _microphone_color(self) -> QColor:
        theme = self._appearance.theme
        strength = {Activity.HEARING: 1.0, Activity.LISTENING: 0.75}.get(self._activity, 0.45)
        return blend(theme.accent, theme.surface, strength)

    def _paint_dots(self, painter: QPainter) -> None:
        theme = self._appearance.theme
        is_open = self._activity in {Activity.LISTENING, Activity.HEARING}
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.accent if is_open else theme.faint)
        middle = self.height() / 2
        for place in range(_DOT_PITCH // 2, self.width(), _DOT_PITCH):
            painter.drawEllipse(QPointF(place, middle), 1.5, 1.5)

    def _paint_thinking(self, painter: QPainter) -> None:
        theme = self._appearance.theme
        radius = self.height() * 0.085
        painter.setPen(Qt.PenStyle.NoPen)
        phase = time.monotonic() * _BREATHS_PER_SECOND
        for number in range(3):
            breath = (1 + math.sin(2 * math.pi * (phase - number / 5))) / 2
            swell = 1.0 if self._appearance.is_still else breath
            painter.setBrush(blend(theme.accent, theme.surface, 0.45 + 0.55 * swell))
            center = QPointF(self.width() / 2 + (number - 1) * radius * 4, self.height() / 2)
            painter.drawEllipse(center, radius * (0.8 + 0.4 * swell), radius * (0.8 + 0.4 * swell))

    def _paint_sign(self, painter: QPainter) -> None:
        theme = self._appearance.theme
        side = self.height() * 0.5
        middle = QPointF(self.width() / 2, self.height() / 2)
        self._paint_dashes(painter, theme.danger, 0.0, middle.x() - side)
        self._paint_dashes(painter, theme.danger, middle.x() + side, float(self.width()))
        icon = Icon.MIC_OFF if self._activity is Activity.MUTED else Icon.WARNING
        box = QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side)
        paint_icon(painter, icon, box, theme.danger)

    def _paint_dashes(self, painter: QPainter, color: QColor, left: float, right: float) -> None:
        pen = QPen(blend(color, self._appearance.theme.surface, DASH_PART), 2)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        middle = self.height() / 2
        painter.drawLine(QPointF(left, middle), QPointF(right, middle))
