"""The page of the characters, while there is a server that can be asked about them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.conversation.account import DEFAULT_CHARACTER
from app.conversation.state import Link, State
from app.ui.appearance import Appearance
from app.ui.settings.desk import Desk
from app.ui.settings.style import paint_text
from app.ui.theme import GAP_XL

if TYPE_CHECKING:
    from app.ui.settings.character_page import CharacterPage


class CharacterSlot(QWidget):
    """Makes the page anew for each server, and says what to do where there is none.

    Args:
        appearance: Where colours and sizes come from.
        desk: Leads to the conversation, whose server is asked.
        parent: Where it lives.
    """

    def __init__(self, appearance: Appearance, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._desk = desk
        self._book: object = None
        self.page: CharacterPage | None = None
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setContentsMargins(GAP_XL, GAP_XL, GAP_XL, GAP_XL)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.sentence, 1)
        desk.bridge.state_changed.connect(self._follow)
        desk.changed.connect(lambda _: self._mark())
        appearance.changed.connect(self._redress)
        self._redress()
        self._follow(desk.bridge.shown)

    async def end(self) -> None:
        """Follow the conversation no more, and end every call."""
        self._desk.bridge.state_changed.disconnect(self._follow)
        if self.page is not None:
            page, self.page = self.page, None
            await page.stop()

    def _follow(self, state: State) -> None:
        book = self._desk.bridge.characters() if state.link is Link.READY else None
        is_trying = state.link in {Link.STARTING, Link.CONNECTING, Link.RECONNECTING}
        self.sentence.setText(
            self.tr("Connecting …") if is_trying else self.tr("Not connected. Choose where to talk first.")
        )
        if book is self._book:
            return
        if self.page is not None:
            page, self.page = self.page, None
            page.hide()
            self._desk.do(_ended(page), "leave the characters")
        self._book = book
        self.sentence.setVisible(book is None)
        if book is not None:
            from app.ui.settings.character_page import CharacterPage

            self.page = CharacterPage(self._appearance, book, self._talking_to)
            self.page.chosen.connect(self._choose)
            self.page.saved.connect(self._desk.bridge.introduce)
            self._column.addWidget(self.page, 1)
            self.page.start()

    def _choose(self, character_id: str) -> None:
        self._desk.change_profile(replace(self._desk.profiles.current, character_id=character_id))

    def _mark(self) -> None:
        if self.page is not None:
            self.page.show_talking_to(self._talking_to)

    @property
    def _talking_to(self) -> str:
        return self._desk.profiles.current.character_id or DEFAULT_CHARACTER

    def _redress(self) -> None:
        self.sentence.setFont(self._appearance.font())
        paint_text(self.sentence, self._appearance.theme.quiet)


async def _ended(page: CharacterPage) -> None:
    await page.stop()
    page.deleteLater()
