"""The conversation: a welcome before the first word, then bubbles that follow the newest line."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QStackedLayout, QVBoxLayout, QWidget

from app.conversation.line import Author, Line
from app.conversation.state import State
from app.ui.appearance import Appearance
from app.ui.chat.confirm_bar import ConfirmBar
from app.ui.chat.links import is_safe
from app.ui.chat.search import LineSearch, Search, SearchSource
from app.ui.chat.search_bar import SearchBar
from app.ui.face import Face
from app.ui.icon_button import IconButton
from app.ui.icons import Icon
from app.ui.theme import GAP_M
from app.ui.welcome import Welcome

if TYPE_CHECKING:
    from app.ui.chat.announcer import Announcer
    from app.ui.chat.list import ChatList

_LEAST_HEIGHT = 4
"""Lines of text the conversation never gets smaller than; everything else keeps its size before it."""

_LINKS_IN_MENU = 5
"""Links of a line that its menu offers, for those who have no mouse."""


class ChatView(QWidget):
    """Welcome or conversation, a search above it, and a button that leads back to the newest line.

    Signals:
        asked: The person has chosen one of the welcome's questions.
        replay_asked: The person wants to hear a message again, or no longer; its id. Offered while its voice
            is kept.
        delete_asked: The person has confirmed that a line is to be deleted; its number. Offered once
            `allow_delete` was called.
        delete_conversation_asked: The same for all of the conversation that a line belongs to; its number.
        link_activated: A link was clicked that is safe to open; its address.
        export_asked: The person wants all conversations in a file; offered once `allow_delete` was called.
        earlier_wanted: The first line there is came into sight; its number.
        message_wanted: A line was looked for that is not among those of the state; its number. It is brought
            into sight once it is.
        failed: A search has ended with this exception.
    """

    asked = Signal(str)
    replay_asked = Signal(str)
    delete_asked = Signal(object)
    delete_conversation_asked = Signal(object)
    link_activated = Signal(str)
    export_asked = Signal()
    earlier_wanted = Signal(object)
    message_wanted = Signal(object)
    failed = Signal(object)

    def __init__(self, appearance: Appearance, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._face = face
        self._state = State()
        self._found: tuple[int, ...] = ()
        self._can_delete = False
        self._wanted: int | None = None
        self.welcome = Welcome(appearance, face)
        self.search_bar = SearchBar(appearance)
        self.confirm_bar = ConfirmBar(appearance)
        self._search = Search(LineSearch(lambda: self._state.lines), self)
        self._latest = IconButton(appearance, Icon.DOWN, height=2, parent=self)
        self._latest.describe(self.tr("Go to the newest message"), self.tr("End"))
        self._latest.hide()
        self._arrange()
        self._connect()
        appearance.changed.connect(self._redress)
        self._redress()

    @cached_property
    def list(self) -> ChatList:
        """The lines. With all that they need they take 45 ms: they are made with the first of them."""
        from app.ui.chat.list import ChatList

        chat = ChatList(self._appearance, self._face)
        self._pages.addWidget(chat)
        if (before := self.search_bar.line.previousInFocusChain()) is not None:
            self.setTabOrder(before, chat)
        chat.following_changed.connect(self._show_latest)
        chat.menu_asked.connect(self._open_menu)
        chat.delete_asked.connect(self._ask_to_delete)
        chat.replay_asked.connect(self.replay_asked)
        chat.link_activated.connect(self.link_activated)
        chat.earlier_wanted.connect(self.earlier_wanted)
        return chat

    @cached_property
    def _announcer(self) -> Announcer:
        from app.ui.chat.announcer import Announcer

        announcer = Announcer(self.list, self.list.spoken)
        announcer.show_state(State())
        return announcer

    @property
    def _shown_list(self) -> ChatList | None:
        """The lines, if they are what is seen."""
        return self.list if self._state.lines else None

    def show_state(self, state: State) -> None:
        """Show what was said."""
        has_other_lines = len(state.lines) != len(self._state.lines)
        self._state = state
        self.welcome.show_state(state)
        if state.lines or "list" in vars(self):
            self.list.show_state(state)
            self._announcer.show_state(state)
        self._pages.setCurrentWidget(self._shown_list or self.welcome)
        self._show_latest()
        if self._wanted is not None and self.list.show_message(self._wanted):
            self._wanted = None
        if has_other_lines and self.search_bar.isVisible():
            self._search.look_for(self.search_bar.line.text().strip())

    def search_in(self, source: SearchSource) -> None:
        """Search there from now on; before that, in the lines of the state."""
        self._search.source = source

    def stop(self) -> None:
        """Wait for no search any more: the window is closed."""
        self._search.stop()

    def open_search(self) -> None:
        """Let the person search."""
        if self._state.lines:
            self.search_bar.open()

    def show_message(self, number: int) -> bool:
        """Bring a line into sight, now or once it is there; return whether it is."""
        is_there = self.list.show_message(number)
        self._wanted = None if is_there else number
        if not is_there:
            self.message_wanted.emit(number)
        return is_there

    def allow_delete(self) -> None:
        """Offer to delete lines."""
        self._can_delete = True

    @property
    def is_typing(self) -> bool:
        """True while letters, spaces too, belong in here."""
        return self.search_bar.is_typing

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the button above the end of the conversation."""
        if watched is self._body and event.type() is QEvent.Type.Resize:
            button, body = self._latest, self._body.geometry()
            button.resize(button.sizeHint())
            button.move(body.center().x() - button.width() // 2, body.bottom() - button.height() - GAP_M)
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """Return room for some lines, and for all that is said around them."""
        least = super().minimumSizeHint()
        return QSize(least.width(), max(least.height(), self._appearance.em(_LEAST_HEIGHT)))

    def hasHeightForWidth(self) -> bool:
        """Take what is left: what is in it scrolls, or gives way."""
        return False

    def _arrange(self) -> None:
        self._body = QWidget(self)
        self._body.installEventFilter(self)
        self._pages = QStackedLayout(self._body)
        self._pages.addWidget(self.welcome)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.search_bar)
        column.addWidget(self._body, 1)
        column.addWidget(self.confirm_bar)

    def _connect(self) -> None:
        self.welcome.asked.connect(self.asked)
        self._latest.clicked.connect(self._follow)
        self.confirm_bar.confirmed.connect(self.delete_asked)
        self.confirm_bar.conversation_confirmed.connect(self.delete_conversation_asked)
        self.confirm_bar.dismissed.connect(self._focus_list)
        self.search_bar.searched.connect(self._look_for)
        self.search_bar.stepped.connect(self._step)
        self.search_bar.closed.connect(self._focus_list)
        self._search.found.connect(self._show_found)
        self._search.failed.connect(self.failed)

    def _look_for(self, text: str) -> None:
        self._search.look_for(text.strip())

    def _show_found(self, words: str, numbers: tuple[int, ...]) -> None:
        """Mark the words; go to the newest place, unless one was arrived at that still has them."""
        self._found = numbers
        at = self.list.delegate.arrived_at
        is_same = words == self.list.delegate.searched and at in numbers
        if is_same and at is not None:
            self._arrive(at, words, is_shown=True)
        elif numbers:
            self._arrive(numbers[-1], words)
        else:
            self.list.mark(words)
            self.search_bar.show_count(0 if words else None)

    def _step(self, towards_older: int) -> None:
        at = self.list.delegate.arrived_at
        if self._found:
            place = self._found.index(at) if at in self._found else len(self._found)
            self._arrive(self._found[(place - towards_older) % len(self._found)], self.list.delegate.searched)

    def _arrive(self, number: int, words: str, *, is_shown: bool = False) -> None:
        self.list.mark(words, number)
        self.search_bar.show_count(len(self._found), len(self._found) - self._found.index(number))
        if not is_shown:
            self.show_message(number)

    def _open_menu(self, number: int, point: QPoint) -> None:
        line = self.list.line(number)
        if line is not None:
            menu = self._menu(line)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            menu.popup(point)

    def _menu(self, line: Line) -> QMenu:
        """Return what can be done with a line. What concerns all of them comes last: exports belong there."""
        menu, chat = QMenu(self), self.list
        copy = QKeySequence(QKeySequence.StandardKey.Copy)
        if chat.selected_text():
            menu.addAction(self.tr("Copy selection"), copy, chat.copy)
        elif len(chat.selectedIndexes()) > 1:
            menu.addAction(self.tr("Copy selected messages"), copy, chat.copy)
        menu.addAction(self.tr("Copy message"), lambda: chat.copy_lines([line]))
        links = [link for link in chat.delegate.bubble(line).links() if is_safe(link)]
        for link in links[:_LINKS_IN_MENU]:
            words = self.tr("Open {link}").format(link=link if len(link) <= 40 else f"{link[:39]}…")
            menu.addAction(words.replace("&", "&&"), partial(self.link_activated.emit, link))
        if line.author is Author.CHARACTER and chat.delegate.can_replay(line):
            is_replaying = chat.delegate.is_replaying(line)
            words = self.tr("Stop playing") if is_replaying else self.tr("Play again")
            menu.addAction(words, lambda: self.replay_asked.emit(line.message_id))
        if self._can_delete and line.is_final:
            delete = QKeySequence(QKeySequence.StandardKey.Delete)
            menu.addAction(self.tr("Delete message…"), delete, lambda: self._ask_to_delete(line.number))
        menu.addSeparator()
        select = QKeySequence(QKeySequence.StandardKey.SelectAll)
        menu.addAction(self.tr("Select all"), select, chat.selectAll)
        menu.addAction(self.tr("Copy whole conversation"), chat.copy_all)
        if self._can_delete:
            menu.addAction(
                self.tr("Delete this conversation…"),
                partial(self.confirm_bar.ask_about_conversation, line.number),
            )
            menu.addAction(self.tr("Export all conversations…"), self.export_asked.emit)
        return menu

    def _ask_to_delete(self, number: int) -> None:
        line = self.list.line(number)
        if self._can_delete and line is not None and line.is_final:
            from app.ui.chat.rich_text import plain_text

            self.confirm_bar.ask(number, plain_text(line.text))

    def _follow(self) -> None:
        self._wanted = None
        self.list.follow()

    def _focus_list(self) -> None:
        if (shown := self._shown_list) is not None:
            shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_latest(self) -> None:
        shown = self._shown_list
        self._latest.setVisible(shown is not None and not shown.is_following)
        self._latest.raise_()

    def _redress(self) -> None:
        self._latest.set_tone(self._appearance.theme.soft)
