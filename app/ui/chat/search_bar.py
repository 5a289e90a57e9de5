"""A bar to search the conversation with: words, how many there are, and the way from one to the next."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from app.ui.appearance import Appearance
from app.ui.chat.escape import EscapeBar
from app.ui.icon_button import IconButton
from app.ui.icons import Icon
from app.ui.theme import GAP_M, GAP_S, GAP_XS, TextSize


class SearchBar(EscapeBar):
    """A line to write in, "3 of 17", up, down, close.

    Signals:
        searched: Other words are to be looked for; none once the bar is closed.
        stepped: 1 to go to the next older place, -1 to the next newer one.
        closed: The person is done.
    """

    searched = Signal(str)
    stepped = Signal(int)
    closed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.line = QLineEdit(self)
        self.line.setFrame(False)
        self.line.setPlaceholderText(self.tr("Search the conversation"))
        self.line.setAccessibleName(self.tr("Search the conversation"))
        self.line.setToolTip(self.tr("Enter goes to the next older place, Shift+Enter to the next newer"))
        self.line.setMinimumHeight(appearance.em(1.7))
        self.line.setMinimumWidth(appearance.em(2))
        self._count = QLabel(self)
        self._count.setFont(appearance.font(TextSize.SMALL))
        self._count.setMinimumWidth(1)  # rather short than the buttons out of the window
        self._older = self._button(Icon.UP, self.tr("Next older place"), self.tr("Enter"))
        self._newer = self._button(Icon.DOWN, self.tr("Next newer place"), self.tr("Shift+Enter"))
        self._close = self._button(Icon.CLOSE, self.tr("Close the search"), self.tr("Esc"))
        row = QHBoxLayout(self)
        row.setSpacing(GAP_XS)
        row.addWidget(self.line, 1)
        row.addSpacing(GAP_S)
        for widget in (self._count, self._older, self._newer, self._close):
            row.addWidget(widget)
        self.line.installEventFilter(self)
        self.line.textChanged.connect(self.searched)
        self._older.clicked.connect(lambda: self.stepped.emit(1))
        self._newer.clicked.connect(lambda: self.stepped.emit(-1))
        self._close.clicked.connect(self.close_search)
        appearance.changed.connect(self._redress)
        self._redress()
        self.show_count(None)
        self._leave_room()
        self.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Leave room on the other side when the direction of reading changes."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._leave_room()

    def open(self) -> None:
        """Show the bar, ready to be written in."""
        self.show()
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def close_search(self) -> None:
        """Forget the words and hide the bar."""
        if self.isVisible():
            self.line.clear()
            self.hide()
            self.closed.emit()

    @property
    def is_typing(self) -> bool:
        """True while letters, spaces too, belong in here."""
        return self.line.hasFocus()

    def show_count(self, count: int | None, at: int = 0) -> None:
        """Say how many places there are.

        Args:
            count: How many; None while nothing is looked for.
            at: Which of them is shown, counted from 1 for the newest.
        """
        words = ""
        if count is not None:
            words = self.tr("{at} of {count}").format(at=at, count=count) if count else self.tr("Not found")
        self._count.setText(words)
        self._count.setVisible(bool(words))
        self._older.setEnabled(bool(count))
        self._newer.setEnabled(bool(count))

    @property
    def count_text(self) -> str:
        """What is said of how many there are."""
        return self._count.text()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Take the keys of a search from the line, also those that mean something else in the window."""
        if event.type() in {QEvent.Type.Resize, QEvent.Type.Move}:
            self.update()  # the field around the line
        if not isinstance(event, QKeyEvent):
            return False
        is_press = event.type() is QEvent.Type.KeyPress
        if is_press and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            is_back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self.stepped.emit(-1 if is_back else 1)
            return True
        if is_press and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(1 if event.key() == Qt.Key.Key_Up else -1)
            return True
        return False

    def escape(self) -> None:
        """Esc closes the search."""
        self.close_search()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground, a hairline below, and the field around the line."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.surface)
        painter.fillRect(0, self.height() - 1, self.width(), 1, theme.border)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        before, after = (GAP_XS, GAP_M) if self.isRightToLeft() else (GAP_M, GAP_XS)
        box = QRectF(self.line.geometry()).adjusted(-before, 0, after, 0)
        painter.setPen(QPen(theme.accent, 1.6) if self.line.hasFocus() else QPen(theme.border, 1))
        painter.setBrush(theme.field)
        painter.drawRoundedRect(box, box.height() / 2, box.height() / 2)

    def _button(self, icon: Icon, name: str, key: str) -> IconButton:
        button = IconButton(self._appearance, icon, height=1.7, parent=self)
        button.describe(name, key)
        return button

    def _leave_room(self) -> None:
        """Keep the field's rounded end clear of the edge; Qt does not mirror margins."""
        if (row := self.layout()) is not None:
            left, right = GAP_M + GAP_S, GAP_S
            if self.isRightToLeft():
                left, right = right, left
            row.setContentsMargins(left, GAP_S, right, GAP_S + 1)

    def _redress(self) -> None:
        theme = self._appearance.theme
        palette = self.line.palette()
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, theme.text)
        palette.setColor(QPalette.ColorRole.PlaceholderText, theme.quiet)
        self.line.setPalette(palette)
        palette = self._count.palette()
        palette.setColor(self._count.foregroundRole(), theme.quiet)
        self._count.setPalette(palette)
        self.update()
