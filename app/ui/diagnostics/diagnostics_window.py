"""The window that says how quick and how sound a conversation is."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QCloseEvent, QGuiApplication, QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from app.conversation.diagnosis import Diagnosis, milliseconds, versions
from app.core.translation import decimal
from app.estuary.voice_facts import DeviceFacts
from app.ui.appearance import Appearance
from app.ui.diagnostics.turn_chart import TurnChart
from app.ui.pill_button import PillButton
from app.ui.theme import GAP_L, GAP_M, GAP_S, GAP_XL, TextSize, scroll_bar

REFRESH_MS = 1000
"""Milliseconds between two looks while the window can be seen."""

_SAID_MS = 2500
"""Milliseconds for which the button says that the text was copied."""


class DiagnosticsWindow(QWidget):
    """Figures, the latest turns as a picture, and the versions; all of it can be copied as text.

    Args:
        appearance: Where colours and fonts come from.
        diagnose: Returns what there is to show; asked only while the window can be seen.
        parent: The window it belongs to.
    """

    def __init__(
        self, appearance: Appearance, diagnose: Callable[[], Diagnosis], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._appearance = appearance
        self._diagnose = diagnose
        self._values: dict[str, QLabel] = {}
        self._names: list[QLabel] = []
        self._headings: list[QLabel] = []
        self.chart = TurnChart(appearance)
        self.copying = PillButton(appearance, self.tr("Copy as text"))
        self._versions = QLabel()
        self._area = QScrollArea()
        self._body = QWidget()
        self._clock = QTimer(self)
        self._clock.setInterval(REFRESH_MS)
        self._clock.timeout.connect(self.refresh)
        self._said = QTimer(self)
        self._said.setSingleShot(True)
        self._said.setInterval(_SAID_MS)
        self._said.timeout.connect(lambda: self._say(self.tr("Copy as text")))
        self.copying.clicked.connect(self.copy)
        self.setWindowTitle(self.tr("Diagnostics"))
        self._arrange()
        for keys in ("Esc", "Ctrl+W"):
            QShortcut(QKeySequence(keys), self, self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), self, self.copy)
        appearance.changed.connect(self._redress)
        self._redress()

    def sizeHint(self) -> QSize:
        """Return a size that grows with the text."""
        return QSize(self._appearance.em(36), self._appearance.em(34))

    def refresh(self) -> None:
        """Show how it is now."""
        found = self._diagnose()
        for name, value in self._told(found).items():
            self._values[name].setText(value)
            self._values[name].setAccessibleName(f"{name}: {value}")
        self.chart.show_turns(found.turns)

    def copy(self) -> None:
        """Put all of it on the clipboard as text."""
        QGuiApplication.clipboard().setText(self._diagnose().as_text())
        self._say(self.tr("Copied"))
        self._said.start()

    def values(self) -> dict[str, str]:
        """Return the figures by their names."""
        return {name: label.text() for name, label in self._values.items()}

    def showEvent(self, event: QShowEvent) -> None:
        """Look now and then."""
        self.refresh()
        self._clock.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Look no more."""
        self._clock.stop()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close; it can be opened again."""
        self._said.stop()
        event.accept()

    def _told(self, found: Diagnosis) -> dict[str, str]:
        lag, voice = found.lag, found.voice
        unknown = self.tr("not yet known")
        late = self.tr("%1 in 99 of 100 looks, %2 at most").replace("%1", milliseconds(lag.p99_s))
        late = late.replace("%2", milliseconds(lag.most_s))
        told = {
            self.tr("Server"): f"{self._server(found)} ({self._link(found)})",
            self.tr("Round trip"): milliseconds(found.round_trip_s) if found.round_trip_s else unknown,
            self.tr("Event loop late"): late if lag.looks else unknown,
        }
        names = self.tr("Microphone"), self.tr("Speaker"), self.tr("Lost")
        if voice is None:
            return told | dict.fromkeys(names, self.tr("voice is not open"))
        lost = self.tr("{microphone}, {way}; {speaker}").format(
            microphone=self.tr("%n frames of the microphone", "", voice.microphone.losses),
            way=self.tr("%n on the way", "", voice.dropped_frames),
            speaker=self.tr("the speaker ran dry %n times", "", voice.speaker.losses),
        )
        values = self._described(voice.microphone), self._described(voice.speaker), lost
        return told | dict(zip(names, values, strict=True))

    def _server(self, found: Diagnosis) -> str:
        return self.tr("local character") if found.server == "local character" else found.server or "–"

    def _link(self, found: Diagnosis) -> str:
        words = {
            "offline": self.tr("offline"),
            "starting": self.tr("starting"),
            "connecting": self.tr("connecting"),
            "ready": self.tr("ready"),
            "reconnecting": self.tr("reconnecting"),
            "failed": self.tr("failed"),
        }
        return words.get(found.link, found.link) or "–"

    def _described(self, device: DeviceFacts) -> str:
        if not device.name:
            return self.tr("not opened")
        kilohertz = device.rate / 1000
        places = len(f"{kilohertz:g}".partition(".")[2])
        told = [device.name, f"{decimal(kilohertz, places)} kHz"]
        if device.latency_s:
            told.append(self.tr("{time} to the ear").format(time=milliseconds(device.latency_s)))
        if not device.is_open:
            told.append(self.tr("closed"))
        return ", ".join(told)

    def _say(self, words: str) -> None:
        self.copying.setText(words)
        self.copying.describe(words)
        self.copying.updateGeometry()

    def _arrange(self) -> None:
        body = self._body
        column = QVBoxLayout(body)
        column.setContentsMargins(GAP_XL, GAP_L, GAP_XL, GAP_XL)
        column.setSpacing(GAP_S)
        column.addWidget(self._heading(self.tr("Now")))
        grid = QGridLayout()
        grid.setColumnStretch(1, 1)
        grid.setHorizontalSpacing(GAP_L)
        grid.setVerticalSpacing(GAP_S)
        for row, name in enumerate(self._told(Diagnosis())):
            title, value = QLabel(name), QLabel()
            title.setWordWrap(True)
            value.setWordWrap(True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            grid.addWidget(title, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
            self._values[name] = value
            self._names.append(title)
        column.addLayout(grid)
        column.addSpacing(GAP_M)
        column.addWidget(self._heading(self.tr("After you had spoken")))
        column.addWidget(self.chart)
        column.addSpacing(GAP_M)
        column.addWidget(self._heading(self.tr("Versions")))
        self._versions.setText("\n".join(f"{name} {version}" for name, version in versions()))
        self._versions.setWordWrap(True)
        self._versions.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(self._versions)
        column.addStretch(1)
        area = self._area
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setAccessibleName(self.tr("Diagnostics"))
        area.setAccessibleDescription(self.tr("Arrow keys scroll"))
        area.setWidget(body)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        foot = QHBoxLayout()
        foot.setContentsMargins(GAP_XL, GAP_M, GAP_XL, GAP_M)
        foot.addStretch(1)
        foot.addWidget(self.copying)
        frame = QVBoxLayout(self)
        frame.setContentsMargins(0, 0, 0, 0)
        frame.setSpacing(0)
        frame.addWidget(area, 1)
        frame.addLayout(foot)

    def _heading(self, words: str) -> QLabel:
        label = QLabel(words)
        self._headings.append(label)
        return label

    def _redress(self) -> None:
        theme, font = self._appearance.theme, self._appearance.font
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, theme.surface)
        self.setPalette(palette)
        self.setAutoFillBackground(True)
        for heading in self._headings:
            heading.setFont(font(TextSize.BODY, bold=True))
        for label in (*self._names, self._versions):
            label.setFont(font(TextSize.SMALL))
            quiet = label.palette()
            quiet.setColor(quiet.ColorRole.WindowText, theme.quiet)
            label.setPalette(quiet)
        for value in self._values.values():
            value.setFont(font(TextSize.SMALL))
        self._area.verticalScrollBar().setStyleSheet(scroll_bar(theme))
        self.setMinimumWidth(self._body.minimumSizeHint().width() + self._area.verticalScrollBar().width())
