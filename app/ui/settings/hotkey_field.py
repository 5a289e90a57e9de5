"""A hotkey: the keys as they are, and the buttons that change them."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

import asyncio
import sys

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.core.errors import BadInput
from app.core.settings import Value
from app.desktop.hotkeys.backend import HotkeysError
from app.desktop.hotkeys.chord import Chord
from app.ui.appearance import Appearance
from app.ui.flow import Flow
from app.ui.pill_button import PillButton
from app.ui.settings.desk import Desk
from app.ui.settings.editor import Editor
from app.ui.settings.style import ROUNDING

_KEYS = {QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride, QEvent.Type.Shortcut}


class HotkeyField(Editor):
    """The editor of a setting that is a hotkey. It is recorded by pressing it; Escape leaves it as it was.

    Args:
        appearance: Where colours and sizes come from.
        desk: Has the hotkeys.
        parent: Where it lives.

    Signals:
        said: A sentence on what has become of a recording; empty when there is nothing to say.
    """

    said = Signal(str)

    def __init__(self, appearance: Appearance, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._desk = desk
        self._name = self._help = self._written = self._trigger = ""
        self._recording: asyncio.Task[None] | None = None
        self.keys = QLabel(self)
        self.change = PillButton(appearance, self.tr("Change…"), self)
        self.remove = PillButton(appearance, self.tr("Remove"), self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(Flow(self.keys, self.change, self.remove))
        self.change.clicked.connect(self._turn)
        self.remove.clicked.connect(self._clear)
        appearance.changed.connect(self._redress)
        self._redress()

    @property
    def focused(self) -> QWidget:
        """The button that records."""
        return self.change

    @property
    def is_recording(self) -> bool:
        """Whether keys are waited for."""
        return self._recording is not None

    def describe(self, name: str, help_text: str) -> None:
        """Name the buttons for assistive technology."""
        self._name, self._help = name, help_text
        self._show()

    def show_value(self, value: Value) -> None:
        """Show a hotkey."""
        self._written = str(value)
        self._show()

    def show_trigger(self, words: str) -> None:
        """Show the keys that really work, where the desktop has given others than were asked for."""
        self._trigger = words
        self._show()

    def leave(self) -> None:
        """Wait for keys no more."""
        if self._recording is not None:
            self._recording.cancel()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Keep the keys that are recorded from doing anything else here."""
        return event.type() in _KEYS

    def _turn(self) -> None:
        if self._recording is not None:
            self._recording.cancel()
            return
        self.said.emit("")
        self._recording = self._desk.do(self._record(), "record a hotkey", self._recorded)
        if (app := QCoreApplication.instance()) is not None:
            app.installEventFilter(self)
        self._show()

    async def _record(self) -> None:
        hotkeys = self._desk.hotkeys
        if hotkeys is None:
            self.said.emit(self.tr("There are no hotkeys here."))
            return
        try:
            chord = await hotkeys.record()
        except HotkeysError as error:
            if await hotkeys.configure():
                self.said.emit(self.tr("Choose the keys in your desktop's own dialog."))
            else:
                self.said.emit(str(error))
            return
        if chord is None:
            return
        if (why_not := chord.unfit()) is not None:
            self.said.emit(why_not)
        else:
            self.edited.emit(str(chord))

    def _recorded(self) -> None:
        self._recording = None
        if (app := QCoreApplication.instance()) is not None:
            app.removeEventFilter(self)
        self._show()

    def _clear(self) -> None:
        self.change.setFocus(Qt.FocusReason.OtherFocusReason)  # the other button is about to go
        self.edited.emit("")

    def _in_words(self) -> str:
        if not self._written:
            return self.tr("No key")
        if self._trigger not in {"", self._written}:
            return self._trigger
        try:
            return Chord.parse(self._written).spoken(sys.platform)
        except BadInput:
            return self._written  # somebody has written it into the file

    def _show(self) -> None:
        shown = self.tr("Press keys, or Esc") if self.is_recording else self._in_words()
        self.keys.setText(shown)
        self.change.setText(self.tr("Cancel") if self.is_recording else self.tr("Change…"))
        words = self.tr("Cancel the recording: {name}") if self.is_recording else self.tr("Change: {name}")
        self.change.describe(words.format(name=self._name))
        self.change.setAccessibleDescription(f"{shown}. {self._help}")
        self.change.updateGeometry()
        self.remove.describe(self.tr("Remove the hotkey: {name}").format(name=self._name))
        self.remove.setVisible(bool(self._written))
        self.remove.setEnabled(not self.is_recording)
        self._redress()

    def _redress(self) -> None:
        theme = self._appearance.theme
        self.keys.setFont(self._appearance.font(bold=bool(self._written) or self.is_recording))
        edge = theme.accent if self.is_recording else theme.faint
        ink = theme.text if self._written or self.is_recording else theme.quiet
        self.keys.setStyleSheet(
            f"QLabel {{ background: {theme.field.name()}; color: {ink.name()};"
            f" border: 1px solid {edge.name()}; border-radius: {ROUNDING}px; padding: 4px 10px; }}"
        )
        self.keys.setMinimumHeight(self.change.sizeHint().height())
