"""The character of a profile: its id, or a choice among those of the account."""

from __future__ import annotations

import asyncio
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QLabel, QMenu, QVBoxLayout, QWidget

from app.core.errors import UserError
from app.core.settings import Text, Value
from app.estuary.rest.character import Character
from app.ui.appearance import Appearance
from app.ui.pill_button import PillButton
from app.ui.settings.desk import Desk
from app.ui.settings.editor import Editor
from app.ui.settings.style import paint_text
from app.ui.settings.text_field import TextField
from app.ui.settings.written import count_what_is_written
from app.ui.theme import GAP_S, GAP_XS, TextSize


class CharacterChoice(Editor):
    """A line for the id, and a button that asks the server whom there is to choose from.

    Args:
        appearance: Where colours and sizes come from.
        kind: What the setting takes.
        desk: Knows the profile and its key.
        profile_id: Whose character it is.
        parent: Where it lives.
    """

    def __init__(
        self,
        appearance: Appearance,
        kind: Text,
        desk: Desk,
        profile_id: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._desk = desk
        self._profile_id = profile_id
        self._asking: asyncio.Task[None] | None = None
        self._sentence = ""
        self.field = TextField(appearance, kind, self)
        self.choose = PillButton(appearance, self.tr("Choose…"), self)
        self.menu = QMenu(self)
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self.field.row.addWidget(self.choose)
        self.field.row.setSpacing(GAP_S)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_XS)
        column.addWidget(self.field)
        column.addWidget(self.sentence)
        self.field.edited.connect(self.edited)
        self.choose.clicked.connect(self._clicked)
        appearance.changed.connect(self._redress)
        self._redress()
        self._rest()

    @property
    def focused(self) -> QWidget:
        """The line."""
        return self.field.line

    def show_value(self, value: Value) -> None:
        """Show an id."""
        self.field.show_value(value)

    def leave(self) -> None:
        """Ask no more."""
        if self._asking is not None:
            self._asking.cancel()

    def _clicked(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
            return
        count_what_is_written()
        self._say(self.tr("Asking for the characters …"))
        self._label(self.tr("Cancel"))
        self._sentence = ""
        self._asking = self._desk.do(self._asked(), "list the characters", self._rest)

    async def _asked(self) -> None:
        from app.conversation.account_characters import characters_of

        try:
            profile = self._desk.profiles.get(self._profile_id)
            key = None if profile.is_local else await self._desk.keys.key(profile.id)
            characters = await characters_of(profile, key)
        except UserError as error:
            self._sentence = str(error)
            return
        if characters:
            self._offer(characters)
        else:
            self._sentence = self.tr("This account has no character yet.")

    def _offer(self, characters: tuple[Character, ...]) -> None:
        self.menu.clear()
        for character in characters:
            words = f"{character.name} – {character.tagline}" if character.tagline else character.name
            action = self.menu.addAction(words.replace("&", "&&"))
            action.triggered.connect(partial(self._chosen, character.id))
        self.menu.popup(self.choose.mapToGlobal(QPoint(0, self.choose.height())))

    def _chosen(self, character_id: str, _is_checked: bool = False) -> None:
        self.field.line.setText(character_id)
        self.field.line.setModified(False)
        self.edited.emit(character_id)

    def _rest(self) -> None:
        self._asking = None
        self._label(self.tr("Choose…"))
        self._say(self._sentence)

    def _label(self, words: str) -> None:
        self.choose.setText(words)
        self.choose.describe(self.tr("Choose one of the account's characters") if "…" in words else words)
        self.choose.updateGeometry()

    def _say(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.field.line.setAccessibleDescription(sentence)

    def _redress(self) -> None:
        self.sentence.setFont(self._appearance.font(TextSize.SMALL))
        paint_text(self.sentence, self._appearance.theme.text)
