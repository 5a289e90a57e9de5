"""The one road to the person: a sentence, and what can be done about it."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QSizePolicy, QWidget

from app.conversation.state import Notice, Severity
from app.ui.appearance import Appearance
from app.ui.chat.announcer import announce
from app.ui.icon_button import IconButton
from app.ui.icons import Icon, paint_icon
from app.ui.pill_button import PillButton
from app.ui.theme import GAP_L, GAP_M, GAP_S, TextSize
from app.ui.wrapped_bar import WrappedBar

INFO_MS = 6000
"""Milliseconds a notice stays that asks for nothing; warnings and errors stay until they are dismissed."""


class NoticeBar(WrappedBar):
    """Shows one notice at a time, with a way to dismiss it.

    After a failure it can be tried again; after a fault of ours a report can be copied.

    Signals:
        dismissed: The notice has been dismissed, or has been there long enough.
        retried: The person wants to connect again.
    """

    dismissed = Signal()
    retried = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._notice: Notice | None = None
        self._icon = _NoticeIcon(appearance, self)
        self._sentence = QLabel(self)
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._sentence.setFont(appearance.font(TextSize.BODY))
        self._retry = PillButton(appearance, self.tr("Try again"), self)
        self._retry.describe(self.tr("Try to connect again"))
        self._dismiss = IconButton(appearance, Icon.CLOSE, height=1.7, parent=self)
        self._dismiss.describe(self.tr("Dismiss this notice"))
        self._copy = PillButton(appearance, self.tr("Copy report"), self)
        self._copy.describe(self.tr("Copy a report without secrets"))
        self._copy.clicked.connect(self._copy_report)
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.timeout.connect(self.dismissed)
        self._retry.clicked.connect(self.retried)
        self._dismiss.clicked.connect(self.dismissed)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._arrange()
        appearance.changed.connect(self._redress)
        self.show_notice(None, can_retry=False)

    def show_notice(self, notice: Notice | None, *, can_retry: bool) -> None:
        """Show `notice` in the place of the one before, or nothing."""
        if notice is not self._notice:
            self._clock.stop()
            if notice is not None and notice != self._notice:
                announce(self, notice.text, is_urgent=notice.severity is Severity.ERROR)
            if notice is not None and notice.severity is Severity.INFO:
                self._clock.start(INFO_MS)
        self._notice = notice
        self.setVisible(notice is not None)
        if notice is None:
            return
        self._sentence.setText(notice.text)
        self._sentence.setAccessibleName(notice.text)
        self._retry.setVisible(can_retry)
        self._copy.setVisible(bool(notice.report))
        self._copy.setText(self.tr("Copy report"))
        self._redress()

    @property
    def text(self) -> str:
        """The sentence shown now; empty without one."""
        return self._notice.text if self._notice else ""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        if self._notice is not None:
            QPainter(self).fillRect(self.rect(), self._appearance.theme.notice(self._notice.severity).ground)

    def _arrange(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(GAP_L, GAP_S, GAP_S, GAP_S)
        grid.setHorizontalSpacing(GAP_M)
        grid.setVerticalSpacing(GAP_S)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self._icon, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._sentence, 0, 1)
        grid.addWidget(self._dismiss, 0, 2, Qt.AlignmentFlag.AlignTop)
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_S)
        buttons.addWidget(self._retry)
        buttons.addWidget(self._copy)
        buttons.addStretch(1)
        grid.addLayout(buttons, 1, 1)

    def _copy_report(self) -> None:
        if self._notice is not None:
            QGuiApplication.clipboard().setText(self._notice.report)
            self._copy.setText(self.tr("Copied"))
            self._copy.updateGeometry()

    def _redress(self) -> None:
        if self._notice is None:
            return
        tone = self._appearance.theme.notice(self._notice.severity)
        palette = self._sentence.palette()
        palette.setColor(self._sentence.foregroundRole(), tone.text)
        self._sentence.setPalette(palette)
        self._icon.show_severity(self._notice.severity)
        self._retry.set_colors(tone.ground, tone.text)
        self._copy.set_colors(tone.ground, tone.text)
        self._dismiss.set_tone(tone)
        self.update()


class _NoticeIcon(QWidget):
    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._severity = Severity.INFO
        side = appearance.em(1.25)
        self.setFixedSize(QSize(side, side))

    def show_severity(self, severity: Severity) -> None:
        self._severity = severity
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        icon = Icon.INFO if self._severity is Severity.INFO else Icon.WARNING
        tone = self._appearance.theme.notice(self._severity)
        paint_icon(QPainter(self), icon, self.rect().toRectF(), tone.text)
