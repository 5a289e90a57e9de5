"""The conversation: a welcome before the first word, then bubbles that follow the newest line."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QIcon, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QMenu, QStackedLayout, QWidget

from app.conversation.state import State
from app.ui.appearance import Appearance
from app.ui.chat_delegate import ChatDelegate
from app.ui.chat_model import ChatModel
from app.ui.icon_button import IconButton
from app.ui.icons import Icon
from app.ui.theme import GAP_M
from app.ui.typed_key import is_typed
from app.ui.welcome import Welcome

_NEAR_THE_END = 12
"""Logical pixels from the end at which the view still counts as following."""

_LEAST_HEIGHT = 5
"""Lines of text the conversation never gets smaller than; everything else keeps its size before it."""


class ChatView(QWidget):
    """Welcome or conversation, and a button that leads back to the newest line.

    Signals:
        asked: The person has chosen one of the welcome's questions.
    """

    asked = Signal(str)

    def __init__(self, appearance: Appearance, portrait: QIcon, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.welcome = Welcome(appearance, portrait)
        self.list = ChatList(appearance)
        self._latest = IconButton(appearance, Icon.DOWN, height=2, parent=self)
        self._latest.describe(self.tr("Go to the newest message"), self.tr("End"))
        self._latest.clicked.connect(self.list.follow)
        self._latest.hide()
        self.setMinimumHeight(appearance.em(_LEAST_HEIGHT))
        self._pages = QStackedLayout(self)
        self._pages.addWidget(self.welcome)
        self._pages.addWidget(self.list)
        self.welcome.asked.connect(self.asked)
        self.list.following_changed.connect(self._show_latest)
        appearance.changed.connect(self._redress)
        self._redress()

    def show_state(self, state: State) -> None:
        """Show what was said."""
        self.welcome.show_state(state)
        self.list.show_state(state)
        self._pages.setCurrentWidget(self.list if state.lines else self.welcome)
        self._show_latest()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the button above the end of the conversation."""
        super().resizeEvent(event)
        button = self._latest
        button.resize(button.sizeHint())
        button.move((self.width() - button.width()) // 2, self.height() - button.height() - GAP_M)

    def _show_latest(self) -> None:
        self._latest.setVisible(self._pages.currentWidget() is self.list and not self.list.is_following)
        self._latest.raise_()

    def _redress(self) -> None:
        self._latest.set_tone(self._appearance.theme.soft)


class ChatList(QListView):
    """The rows of the conversation.

    Signals:
        following_changed: The newest line came into sight, or left it.
    """

    following_changed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._model = ChatModel(self)
        self._delegate = ChatDelegate(appearance, self._model, self)
        self.is_following = True
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._open_menu)
        self.setAccessibleName(self.tr("Conversation"))
        self.verticalScrollBar().setSingleStep(appearance.em())
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)
        appearance.changed.connect(self._redress)
        self._redress()

    def show_state(self, state: State) -> None:
        """Show the lines of `state`."""
        self._model.show_lines(
            state.lines, is_following=self.is_following, character_name=state.character_name
        )

    def follow(self) -> None:
        """Go to the newest line and stay with it."""
        self.scrollToBottom()
        self._set_following(True)

    def texts(self) -> list[str]:
        """Return the words of all rows, oldest first."""
        return [self._model.line(row).text for row in range(self._model.rowCount())]

    def copy(self) -> None:
        """Put the selected lines on the clipboard; several are signed."""
        rows = sorted(index.row() for index in self.selectedIndexes())
        lines = [self._model.line(row) for row in rows]
        if len(lines) == 1:
            QGuiApplication.clipboard().setText(lines[0].text)
        elif lines:
            signed = (f"{self._model.author_name(line)}: {line.text}" for line in lines)
            QGuiApplication.clipboard().setText("\n".join(signed))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy on the system's key for it; End follows the conversation again; letters are not for here."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() == Qt.Key.Key_End:
            self.follow()
        elif is_typed(event):
            # The list would search its rows for them; the window has a better place.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Begin at the newest line when the keyboard comes here."""
        super().focusInEvent(event)
        is_key = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if is_key and not self.selectedIndexes() and self._model.rowCount():
            self.setCurrentIndex(self._model.index(self._model.rowCount() - 1))

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Drop the selection when the person goes on to something else."""
        super().focusOutEvent(event)
        if event.reason() not in {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason}:
            self.clearSelection()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew when the width has changed: the list itself asks only for other heights."""
        self._delegate.set_width(self.viewport().width())
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _on_range(self, _least: int, most: int) -> None:
        if self.is_following:
            self.verticalScrollBar().setValue(most)

    def _on_scrolled(self, value: int) -> None:
        self._set_following(value >= self.verticalScrollBar().maximum() - _NEAR_THE_END)
        if value == 0 and not self.is_following and self._model.has_earlier:
            QTimer.singleShot(0, self, self._show_earlier)

    def _show_earlier(self) -> None:
        bar = self.verticalScrollBar()
        from_end = bar.maximum() - bar.value()
        self._model.show_earlier()
        self.doItemsLayout()
        bar.setValue(bar.maximum() - from_end)

    def _set_following(self, is_following: bool) -> None:
        if is_following is not self.is_following:
            self.is_following = is_following
            self.following_changed.emit()

    def _open_menu(self, position: QPoint) -> None:
        index = self.indexAt(position)
        if not index.isValid():
            return
        if not self.selectionModel().isSelected(index):
            self.setCurrentIndex(index)
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(self.tr("Copy"), QKeySequence(QKeySequence.StandardKey.Copy), self.copy)
        menu.addAction(
            self.tr("Select all"), QKeySequence(QKeySequence.StandardKey.SelectAll), self.selectAll
        )
        menu.popup(self.viewport().mapToGlobal(position))

    def _redress(self) -> None:
        theme = self._appearance.theme
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.window)
        palette.setColor(self.viewport().backgroundRole(), theme.window)
        self.setPalette(palette)
        self.verticalScrollBar().setStyleSheet(
            "QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }"
            f"QScrollBar::handle:vertical {{ background: {theme.faint.name()}; border-radius: 3px;"
            " min-height: 32px; }"
            "QScrollBar::add-line, QScrollBar::sub-line { height: 0; }"
            "QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }"
        )
        self.viewport().update()
