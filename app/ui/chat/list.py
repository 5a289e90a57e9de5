"""The rows of the conversation: they follow the newest line, are selected, copied and found."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

import html
import math
from collections.abc import Iterable

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    QPointF,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QListView, QToolTip, QWidget

from app.conversation.line import Line
from app.conversation.state import State
from app.ui.appearance import Appearance
from app.ui.chat import clipping
from app.ui.chat.delegate import ChatDelegate
from app.ui.chat.finger import Finger
from app.ui.chat.links import is_safe
from app.ui.chat.model import ChatModel
from app.ui.chat.text_mouse import Hit, TextMouse
from app.ui.face import Face
from app.ui.theme import scroll_bar
from app.ui.typed_key import is_typed

_NEAR_THE_END = 12
"""Logical pixels from the end at which the view still counts as following."""

_SCREENS = 2
"""How often the rows fill the view at least, however short they are."""

_SCROLL_MS = 40
"""Milliseconds between two steps while a selection is drawn out of sight."""

_LEFT = Qt.MouseButton.LeftButton


class ChatList(QListView):
    """The rows of the conversation.

    Signals:
        following_changed: The newest line came into sight, or left it.
        menu_asked: A context menu is wanted: the line's number, and a point on the screen.
        delete_asked: The person wants a line deleted; its number.
        replay_asked: The person wants to hear a message again, or no longer; its id.
        link_activated: A link was clicked; its address, of a kind that is safe to open.
        earlier_wanted: The first line there is came into sight; its number. Elsewhere there may be more.

    Numbers are passed as objects: they may be larger than an int of C++.
    """

    following_changed = Signal()
    menu_asked = Signal(object, QPoint)
    delete_asked = Signal(object)
    replay_asked = Signal(str)
    link_activated = Signal(str)
    earlier_wanted = Signal(object)

    def __init__(self, appearance: Appearance, face: Face, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._model = ChatModel(self)
        self.delegate = ChatDelegate(appearance, self._model, face, self)
        self._mouse = TextMouse(self.delegate, self._row_at)
        self._finger = Finger(self, appearance)
        self._dragged_to = QPoint()
        self._scroller = QTimer(self)
        self._scroller.setInterval(_SCROLL_MS)
        self._scroller.timeout.connect(self._scroll_and_select)
        self._who = ("", "")
        self.is_following = True
        self.setModel(self._model)
        self.setItemDelegate(self.delegate)
        self.selectionModel().selectionChanged.connect(self._on_lines_selected)
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.viewport().ungrabGesture(Qt.GestureType.PanGesture)  # Qt would move the rows a second time
        self._finger.tapped.connect(self._tap)
        self._finger.held.connect(self._ask_for_menu)
        self.setAccessibleName(self.tr("Conversation"))
        self.verticalScrollBar().setSingleStep(appearance.em())
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)
        appearance.changed.connect(self._redress)
        self._redress()

    def show_state(self, state: State) -> None:
        """Show the lines of `state`."""
        who = state.character_name, state.character_picture
        if who != self._who:
            self._who = who
            self.viewport().update()
        if (state.voices, state.replaying) != (self.delegate.voices, self.delegate.replaying):
            self.delegate.voices, self.delegate.replaying = state.voices, state.replaying
            self.viewport().update()
        self._model.show_lines(
            state.lines, is_following=self.is_following, character_name=state.character_name
        )

    def follow(self) -> None:
        """Go to the newest line and stay with it."""
        self._model.show_newest()
        self.scrollToBottom()
        self._set_following(True)

    def show_message(self, number: int) -> bool:
        """Bring a line into sight wherever it is in the conversation; return whether it is there."""
        row = self._model.show_around(number)
        if row is None:
            return False
        self._set_following(False)
        index = self._model.index(row)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def mark(self, searched: str, arrived_at: int | None = None) -> None:
        """Mark words where they stand, and above all in the line a search has arrived at."""
        self.delegate.searched, self.delegate.arrived_at = searched, arrived_at
        self.viewport().update()

    def texts(self) -> list[str]:
        """Return the words of all rows, oldest first."""
        return [self._model.line(row).text for row in range(self._model.rowCount())]

    def line(self, number: int) -> Line | None:
        """Return a line that is shown."""
        row = self._model.row_of(number)
        return None if row is None else self._model.line(row)

    def spoken(self, line: Line) -> str:
        """Return a line as it is read aloud."""
        return self._model.spoken(line)

    def selected_text(self) -> str:
        """Return the words selected with the mouse; those of several lines are signed."""
        return clipping.selected_text(self._model, self.delegate)

    def copy(self) -> None:
        """Put on the clipboard what is selected: words with the mouse, or whole lines with the keys."""
        if words := self.selected_text():
            clipping.copy(words)
            return
        rows = sorted(index.row() for index in self.selectedIndexes())
        if len(rows) == self._model.rowCount() > 1:
            self.copy_all()
        elif rows:
            self.copy_lines(self._model.line(row) for row in rows)

    def copy_lines(self, lines: Iterable[Line]) -> None:
        """Put whole lines on the clipboard, as they were written; several are signed."""
        clipping.copy(clipping.text_of(self._model, lines))

    def copy_all(self) -> None:
        """Put the whole conversation on the clipboard, also what is not shown of it."""
        self.copy_lines(self._model.lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy and delete by the system's keys; End follows the conversation again; letters go elsewhere."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Delete):
            chosen = self.selectedIndexes()
            if len(chosen) == 1:
                self.delete_asked.emit(self._model.line(chosen[0].row()).number)
        elif event.key() == Qt.Key.Key_End:
            self.follow()
        elif is_typed(event):
            # The list would search its rows for them; the window has a better place.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to select words."""
        if event.button() is not _LEFT:
            return
        self.clearSelection()
        point = event.position().toPoint()
        is_extending = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self._mouse.press(point, is_extending=is_extending)
        found = self._row_at(point)
        if found is not None:
            index = self._model.index(found[0])
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.NoUpdate)
        self.viewport().update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        if event.button() is _LEFT:
            self._mouse.press_twice(event.position().toPoint())
            clipping.offer(self.selected_text())
            self.viewport().update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Select up to here, or show what a click would do."""
        point = event.position().toPoint()
        if self._mouse.is_selecting:
            self._mouse.drag(point)
            self._dragged_to = point
            is_outside = not self.viewport().rect().contains(point)
            if is_outside is not self._scroller.isActive():
                (self._scroller.start if is_outside else self._scroller.stop)()
            self.viewport().update()
        else:
            hit = self._mouse.hit(point)
            self.viewport().setCursor(hit.cursor if hit is not None else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the selection; a click follows a link or plays a voice again."""
        if event.button() is not _LEFT:
            return
        self._scroller.stop()
        hit = self._mouse.release(event.position().toPoint())
        clipping.offer(self.selected_text())
        self.viewport().update()
        self._follow_click(hit)

    def _follow_click(self, hit: Hit | None) -> None:
        if hit is None:
            return
        if hit.is_on_replay:
            self.replay_asked.emit(hit.row.line.message_id)
        elif is_safe(hit.link):
            self.link_activated.emit(hit.link)

    def viewportEvent(self, event: QEvent) -> bool:
        """Say where a link leads, and what the button beside a bubble does; take fingers."""
        if isinstance(event, QTouchEvent):
            self._finger.take(event)
            return True
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            hit = self._mouse.hit(event.pos())
            QToolTip.showText(event.globalPos(), html.escape(self._tip(hit)), self.viewport())
            return True
        return super().viewportEvent(event)

    def _tip(self, hit: Hit | None) -> str:
        if hit is None:
            return ""
        if hit.is_on_replay:
            is_replaying = self.delegate.is_replaying(hit.row.line)
            return self.tr("Stop playing") if is_replaying else self.tr("Play again")
        return hit.link

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the line under the mouse, or of the one the keyboard is at."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            point = self.visualRect(index).center()
            self._ask_for_menu(point, index)
        else:
            self._ask_for_menu(event.pos())

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
            self._select_nothing()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew when the width has changed: the list itself asks only for other heights."""
        self.delegate.set_width(self.viewport().width(), is_mirrored=self.isRightToLeft())
        super().resizeEvent(event)
        self._model.make_room(math.ceil(_SCREENS * event.size().height() / self.delegate.least_height))
        if event.size().width() != event.oldSize().width():
            self.scheduleDelayedItemsLayout()

    def _tap(self, point: QPoint) -> None:
        """Do what a click does."""
        self.clearSelection()
        self._mouse.clear()
        self._mouse.press(point, is_extending=False)
        self._follow_click(self._mouse.release(point))
        self.viewport().update()

    def _ask_for_menu(self, point: QPoint, index: QModelIndex | None = None) -> None:
        index = self.indexAt(point) if index is None else index
        if index.isValid():
            number = self._model.line(index.row()).number
            self.menu_asked.emit(number, self.viewport().mapToGlobal(point))

    def _row_at(self, point: QPoint) -> tuple[int, QPointF] | None:
        """Return the row at a point, or the first or last where it is above or below all."""
        if not self._model.rowCount():
            return None
        index = self.indexAt(QPoint(self.viewport().width() // 2, point.y()))
        if not index.isValid():
            is_above = point.y() < self.visualRect(self._model.index(0)).top()
            index = self._model.index(0 if is_above else self._model.rowCount() - 1)
        return index.row(), QPointF(point - self.visualRect(index).topLeft())

    def _scroll_and_select(self) -> None:
        point = self._dragged_to
        below = point.y() - self.viewport().height()
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + (point.y() if point.y() < 0 else max(below, 0)))
        self._mouse.drag(point)
        self.viewport().update()

    def _on_lines_selected(self, selected: QItemSelection) -> None:
        """Let go of the words that are selected: what is copied must be one thing or the other."""
        if not selected.isEmpty():
            self._select_nothing()

    def _select_nothing(self) -> None:
        if self._mouse.clear():
            self.viewport().update()

    def _on_range(self, _least: int, most: int) -> None:
        if self.is_following:
            self.verticalScrollBar().setValue(most)

    def _on_scrolled(self, value: int) -> None:
        is_at_end = value >= self.verticalScrollBar().maximum() - _NEAR_THE_END
        self._set_following(is_at_end and not self._model.has_later)
        if value == 0 and not self.is_following:
            if self._model.has_earlier:
                QTimer.singleShot(0, self, self._show_earlier)
            elif self._model.lines:
                self.earlier_wanted.emit(self._model.lines[0].number)
        elif is_at_end and self._model.has_later:
            QTimer.singleShot(0, self, self._model.show_later)

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

    def _redress(self) -> None:
        theme = self._appearance.theme
        self.delegate.redress()
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.window)
        palette.setColor(self.viewport().backgroundRole(), theme.window)
        self.setPalette(palette)
        self.verticalScrollBar().setStyleSheet(scroll_bar(theme))
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
