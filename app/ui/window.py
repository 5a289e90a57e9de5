"""The main window: header, notice, conversation, controls, and the keys that work all over it."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDesktopServices,
    QIcon,
    QKeyEvent,
    QKeySequence,
    QPaintEvent,
    QShortcut,
    QShowEvent,
)
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.conversation.state import Link, Notice, Severity, State
from app.core.errors import UserError
from app.estuary.voice_mode import VoiceMode
from app.ui.appearance import Appearance
from app.ui.bridge import Bridge
from app.ui.chat.view import ChatView
from app.ui.controls import Controls
from app.ui.face import Face
from app.ui.first_run.loading import made_first_run
from app.ui.header import Header
from app.ui.hold import Hold, SpaceKey, SpaceUse
from app.ui.notice_bar import NoticeBar
from app.ui.settings.pages import import_settings
from app.ui.status import is_replying
from app.ui.typed_key import is_typed

if TYPE_CHECKING:
    from app.ui.diagnostics.diagnostics_window import DiagnosticsWindow
    from app.ui.first_run.first_run import FirstRun
    from app.ui.requests.request_pane import RequestPane
    from app.ui.settings.desk import Desk
    from app.ui.settings.settings_window import SettingsWindow
    from app.ui.strip import Strip

_MINIMUM = QSize(380, 560)
_DEFAULT = QSize(460, 720)


class Window(QWidget):
    """The window of one conversation.

    Args:
        appearance: Where colours and fonts come from.
        bridge: Where states come from and the person's actions go to.
        portrait: Heron's picture; without it the initial stands, as for any character that has none.
        desk: What the settings are changed with; None for a window without them.

    Signals:
        painted: It can be seen for the first time.
        closed: The person has closed it.
    """

    painted = Signal()
    closed = Signal()

    def __init__(
        self,
        appearance: Appearance,
        bridge: Bridge,
        portrait: QIcon | None = None,
        desk: Desk | None = None,
    ) -> None:
        super().__init__()
        self._face = Face(portrait)
        self._appearance = appearance
        self._bridge = bridge
        self._state = State()
        self._notice: Notice | None = None
        self.was_painted = False
        self._diagnostics: DiagnosticsWindow | None = None
        self._desk = desk
        self._settings: SettingsWindow | None = None
        self._strip: Strip | None = None
        self._requests: RequestPane | None = None
        self._first_run: FirstRun | None = None
        self.hold = Hold(self)
        self.header = Header(appearance, self._face)
        self.notice_bar = NoticeBar(appearance)
        self.chat = ChatView(appearance, self._face)
        self.controls = Controls(appearance, self.hold)
        self._space = SpaceKey(self.hold, self._use_of_space, self)
        self._arrange()
        self.resize(self.sizeHint())
        self._connect()
        self._add_keys()

    def show_state(self, state: State) -> None:
        """Show a state of the conversation."""
        self._state = state
        self._face.show_state(state)
        self.header.show_state(state)
        self.chat.show_state(state)
        self.controls.show_state(state)
        self._show_requests(state)
        if self._first_run is not None:
            self._first_run.show_state(state)
        self._show_notice()

    def sizeHint(self) -> QSize:
        """Return the size of a first start; larger text takes more."""
        return _DEFAULT.expandedTo(self.minimumSizeHint())

    def showEvent(self, event: QShowEvent) -> None:
        """Watch the keys of the native window, which exists from now on."""
        handle = self.windowHandle()
        handle.removeEventFilter(self._space)
        handle.installEventFilter(self._space)
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """Have room for what is in it, whenever that changes."""
        if event.type() is not QEvent.Type.LayoutRequest:
            return super().event(event)
        is_done = super().event(event)
        self._make_room()
        return is_done

    def paintEvent(self, event: QPaintEvent) -> None:
        """Say when the first picture is on its way."""
        super().paintEvent(event)
        if not self.was_painted:
            self.was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type what no focused widget has a use for."""
        if is_typed(event):
            (self._first_run or self.controls.text).type_key(event)
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Let go of the talk button when another window gets the keyboard."""
        if event.type() is QEvent.Type.ActivationChange and not self.isActiveWindow():
            self.hold.end_near()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close at once; what the conversation still holds is ended afterwards."""
        self.hold.end_all()
        self.chat.stop()
        if self._strip is not None:
            self._strip.deleteLater()
            self._strip = None
        event.accept()
        self.closed.emit()

    def _use_of_space(self) -> SpaceUse:
        if self._first_run is not None:
            return self._first_run.use_of_space
        talk, text = self.controls.talk, self.controls.text
        if text.is_typing or self.chat.is_typing:
            return SpaceUse.LETTER
        if talk.can_talk:
            return SpaceUse.TALK
        # Where talking has no key, Space stays what it is to a focused button or switch.
        return SpaceUse.NOTHING if talk.has_key or text.line.hasFocus() else SpaceUse.LETTER

    def _arrange(self) -> None:
        self.setWindowTitle(self.tr("Heron"))
        self.setMinimumSize(_MINIMUM)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.notice_bar)
        column.addWidget(self.chat, 1)
        column.addWidget(self.controls)
        self.controls.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        bridge, controls = self._bridge, self.controls
        # Once everything has been measured anew.
        self._appearance.changed.connect(self._make_room, Qt.ConnectionType.QueuedConnection)
        bridge.state_changed.connect(self.show_state)
        bridge.notice_changed.connect(self._on_notice)
        bridge.frame_arrived.connect(controls.waveform.hear)
        self.hold.began.connect(bridge.press)
        self.hold.abandoned.connect(bridge.abandon)
        self.hold.ended.connect(bridge.release)
        controls.mute.clicked.connect(bridge.toggle_mute)
        controls.stop.clicked.connect(bridge.interrupt)
        controls.mode.chosen.connect(bridge.set_mode)
        controls.text.sent.connect(bridge.send_text)
        controls.text.line.textEdited.connect(self._on_typing)
        self.chat.asked.connect(bridge.send_text)
        self.chat.link_activated.connect(self._open_link)
        self.chat.failed.connect(bridge.report)
        bridge.archived.connect(self._use_archive)
        self.chat.earlier_wanted.connect(bridge.bring_earlier)
        self.chat.message_wanted.connect(bridge.bring_back_to)
        self.chat.replay_asked.connect(bridge.replay)
        self.chat.delete_asked.connect(bridge.delete)
        self.chat.delete_conversation_asked.connect(bridge.delete_conversation)
        self.chat.export_asked.connect(self._ask_where_to_export)
        self.header.settings.setVisible(self._desk is not None)
        self.header.strip_asked.connect(self.show_strip)
        self.header.settings_asked.connect(self.show_settings)
        if self._desk is not None:
            self.controls.volume.follow(self._desk)
            self._desk.first_steps_asked.connect(self.show_whole)
            self._desk.first_steps_asked.connect(self.show_first_steps)
        self.notice_bar.dismissed.connect(bridge.dismiss_notice)
        self.notice_bar.retried.connect(bridge.retry)

    def _add_keys(self) -> None:
        for keys, action in (
            ("Esc", self._interrupt),
            ("Ctrl+M", self._bridge.toggle_mute),
            ("Ctrl+T", self._switch_mode),
            ("Ctrl+L", self.controls.text.setFocus),
            ("Ctrl+Up", self.controls.volume.louder),
            ("Ctrl+Down", self.controls.volume.softer),
            ("Ctrl+F", self.chat.open_search),
            ("Ctrl+W", self.close),
            ("Ctrl+Q", self.close),
            ("Ctrl+,", self.show_settings),
            ("Ctrl+Shift+D", self.show_diagnostics),
            ("Ctrl+Shift+M", self.show_strip),
        ):
            QShortcut(QKeySequence(keys), self, action)

    def show_settings(self) -> None:
        """Open the window in which everything is chosen."""
        if self._desk is None:
            return
        if self._settings is None:
            self._desk.do(self._make_settings(self._desk), "open the settings")
            return
        self._settings.show()
        self._settings.raise_()
        self._settings.activateWindow()

    async def _make_settings(self, desk: Desk) -> None:
        await asyncio.to_thread(import_settings)  # on the loop it would hold up the conversation
        if self._settings is None:
            from app.ui.settings.settings_window import SettingsWindow

            self._settings = SettingsWindow(self._appearance, desk, self)
        self.show_settings()

    def show_first_steps(self) -> None:
        """Lead the person through the first steps, in the place of the conversation."""
        if self._settings is not None:
            self._settings.close()
        if self._desk is not None:
            self._desk.do(self._make_first_run(self._desk), "show the first steps")

    async def _make_first_run(self, desk: Desk) -> None:
        page = await made_first_run(self._appearance, desk, self.hold, self._face, self)
        if self._first_run is not None:
            page.deleteLater()
            return
        self._first_run = page
        page.ended.connect(self._end_first_run)
        page.talk.said.link_activated.connect(self._open_link)
        page.show_state(self._state)
        page.begin_instead_of(self.chat, self.controls)

    def _end_first_run(self) -> None:
        self._first_run = None
        self.controls.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_diagnostics(self) -> None:
        """Open the window that says how quick and how sound the conversation is."""
        if self._diagnostics is None:
            from app.ui.diagnostics.diagnostics_window import DiagnosticsWindow

            self._diagnostics = DiagnosticsWindow(self._appearance, self._bridge.diagnose, self)
        self._diagnostics.show()
        self._diagnostics.raise_()
        self._diagnostics.activateWindow()

    def show_strip(self, *, at: QPoint | None = None) -> None:
        """Become a strip that stays on top, at a place or where it belongs; it leads back here."""
        if self._strip is None:
            from app.ui.strip import Strip

            self._strip = Strip(self._appearance, self._bridge, self.hold)
            self._strip.expanded.connect(self.show_whole)
            self._strip.place()
            if at is not None:
                self._strip.move(at)
        self._strip.show_state(self._state)
        self._strip.show()
        self._strip.activateWindow()
        self.hide()

    def show_whole(self) -> None:
        """Become the whole window again."""
        self.show()
        self.raise_()
        self.activateWindow()
        if self._strip is not None:
            self._strip.hide()

    def take_over(self, before: Window) -> None:
        """Stand where another window of the same conversation stands, with what is written and open there."""
        self.restoreGeometry(before.saveGeometry())
        self.controls.text.line.setText(before.controls.text.line.text())
        strip, settings, diagnostics = before._strip, before._settings, before._diagnostics
        if before._first_run is not None:
            self.show_first_steps()
        if strip is not None and strip.isVisible():
            self.show_strip(at=strip.pos())
        else:
            self.setVisible(before.isVisible())
        if diagnostics is not None and diagnostics.isVisible():
            self.show_diagnostics()
        if settings is not None and settings.isVisible():
            self._settings = settings.made_anew(self)

    def retire(self) -> None:
        """Go out of sight, with all that was opened from here; another window has taken its place."""
        self.hold.end_all()
        self.chat.stop()
        if self._first_run is not None:
            self._first_run.step.leave()
        if self._strip is not None:
            self._strip.deleteLater()
        if self._settings is not None:
            self._settings.retire()
        self.hide()

    def _show_requests(self, state: State) -> None:
        """Show what the character asks for, in a place that is made when it asks for the first time."""
        if self._requests is None and state.requests:
            from app.ui.requests.request_pane import RequestPane

            before = self.controls.mute
            self._requests = RequestPane(self._appearance, self._bridge, self._desk, self, before)
            self._requests.link_opened.connect(self._open_link)
            self._column.insertWidget(self._column.indexOf(self.controls), self._requests)
        if self._requests is not None:
            self._requests.show_state(state)

    def _open_link(self, link: str) -> None:
        if not QDesktopServices.openUrl(QUrl(link)):
            self._bridge.report(UserError(self.tr("No program opened {link}. Copy it.").format(link=link)))

    def _ask_where_to_export(self) -> None:
        from app.ui.chat.export_dialog import ExportDialog

        dialog = ExportDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.chosen.connect(self._bridge.export)
        dialog.open()

    def _use_archive(self) -> None:
        self.chat.search_in(self._bridge)
        self.chat.allow_delete()

    def _interrupt(self) -> None:
        if self._first_run is not None:
            self._first_run.end()
        elif is_replying(self._state):
            self._bridge.interrupt()

    def _switch_mode(self) -> None:
        is_continuous = self._state.mode is VoiceMode.CONTINUOUS
        self._bridge.set_mode(VoiceMode.PUSH_TO_TALK if is_continuous else VoiceMode.CONTINUOUS)

    def _make_room(self) -> None:
        """Be never so small that something is cut, unless the screen is."""
        least = _MINIMUM.expandedTo(self.minimumSizeHint()).boundedTo(self.screen().availableSize())
        if least != self.minimumSize():
            self.setMinimumSize(least)

    def _on_typing(self) -> None:
        self.hold.end_near()

    def _on_notice(self, notice: Notice | None) -> None:
        self._notice = notice
        self._show_notice()

    def _show_notice(self) -> None:
        has_failed = self._state.link is Link.FAILED
        notice = self._notice
        if notice is None and has_failed:
            notice = Notice(self.tr("Heron is not connected. Try again."), Severity.ERROR)
        self.notice_bar.show_notice(notice, can_retry=has_failed)
