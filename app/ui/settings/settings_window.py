"""The window in which everything is chosen: the pages at the side, the open one beside them."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from app.ui.appearance import Appearance
from app.ui.settings.desk import Desk
from app.ui.settings.page import Page
from app.ui.settings.page_list import PageList
from app.ui.settings.pages import page_kinds


class SettingsWindow(QWidget):
    """Shows the pages; each is made when it is opened for the first time.

    Args:
        appearance: Where colours and fonts come from.
        desk: What is changed.
        parent: The window it belongs to.
    """

    def __init__(self, appearance: Appearance, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._appearance = appearance
        self._desk = desk
        self._kinds = page_kinds()
        self._made: dict[str, QWidget] = {}
        self.list = PageList(appearance, [kind.title for kind in self._kinds])
        self.stack = QStackedWidget()
        self.setWindowTitle(self.tr("Settings"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.list)
        row.addWidget(self.stack, 1)
        self.list.currentRowChanged.connect(self._open)
        for keys in ("Esc", "Ctrl+W"):
            QShortcut(QKeySequence(keys), self, self.close)
        for number, kind in enumerate(self._kinds, 1):
            QShortcut(QKeySequence(f"Ctrl+{number}"), self, lambda name=kind.name: self.show_page(name))
        appearance.changed.connect(self._redress)
        # And once more when everything has been measured anew.
        appearance.changed.connect(self._make_room, Qt.ConnectionType.QueuedConnection)
        self._redress()
        self.resize(self.sizeHint())
        self.show_page(self._kinds[0].name)

    def sizeHint(self) -> QSize:
        """Return a size that grows with the text."""
        return QSize(self._appearance.em(45), self._appearance.em(38))

    def show_page(self, name: str) -> None:
        """Open a page by its name."""
        self.list.setCurrentRow([kind.name for kind in self._kinds].index(name))

    @property
    def page(self) -> QWidget | None:
        """The page that is open."""
        return self.stack.currentWidget()

    def made_anew(self, parent: QWidget) -> SettingsWindow:
        """Return another of these windows, shown in the place of this one with the same page and setting."""
        made = SettingsWindow(self._appearance, self._desk, parent)
        made.restoreGeometry(self.saveGeometry())
        made.show_page(self._kinds[self.list.currentRow()].name)
        made.show()
        if (focused := self.focusWidget()) is not None:
            made._focus(self._row_of(focused))
        return made

    def retire(self) -> None:
        """Close for good, once nothing goes on any more that was begun here."""
        self.close()
        self.setParent(None)
        self._desk.do(self._ended(), "leave the settings")

    def _row_of(self, widget: QWidget) -> int:
        """Return which of the settings on the page a widget belongs to, counted from 0; -1 for none."""
        rows = self.page.rows if isinstance(self.page, Page) else []
        return next((at for at, row in enumerate(rows) if row.isAncestorOf(widget)), -1)

    def _focus(self, row: int) -> None:
        if row >= 0 and isinstance(self.page, Page):
            self.page.rows[row].editor.focused.setFocus(Qt.FocusReason.OtherFocusReason)

    async def _ended(self) -> None:
        for page in self._made.values():
            if (end := getattr(page, "end", None)) is not None:
                await end()
        await self._desk.rest()
        self.deleteLater()

    def hideEvent(self, event: QHideEvent) -> None:
        """Stop what the page does only while it can be seen."""
        self._leave()
        super().hideEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close; it can be opened again."""
        if (focused := self.focusWidget()) is not None:
            focused.clearFocus()  # what was being written counts
        event.accept()

    def _open(self, index: int) -> None:
        self._leave()
        kind = self._kinds[index]
        if kind.name not in self._made:
            page = self._made[kind.name] = kind.make(self._appearance, self._desk, kind.title)
            self.stack.addWidget(page)
        self.stack.setCurrentWidget(self._made[kind.name])
        self._make_room()

    def _leave(self) -> None:
        leave = getattr(self.stack.currentWidget(), "leave", None)
        if leave is not None:
            leave()

    def _redress(self) -> None:
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, self._appearance.theme.window)
        self.setPalette(palette)
        self._make_room()

    def _make_room(self) -> None:
        """Be at least so large that nothing is cut, also after the text has grown."""
        pages = [page.least_width for page in self._made.values() if isinstance(page, Page)]
        least = max(self._appearance.em(24), self.list.width() + max(pages, default=0))
        self.setMinimumSize(least, self._appearance.em(16))
