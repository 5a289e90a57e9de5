"""The API key of a profile: written here, kept in the system's keyring, shown only when it is asked for."""

from __future__ import annotations

import asyncio

from PySide6.QtWidgets import QLabel, QLineEdit, QVBoxLayout, QWidget

from app.core.errors import UserError
from app.ui.appearance import Appearance
from app.ui.flow import Flow
from app.ui.pill_button import PillButton
from app.ui.settings.desk import Desk
from app.ui.settings.style import field_style, paint_text
from app.ui.theme import GAP_L, GAP_M, GAP_XS, TextSize


class KeyRow(QWidget):
    """A line for the key with a button that shows it, and a sentence that says where it is kept.

    The keyring is asked only when the person wants to see the key, for it may want to be unlocked.

    Args:
        appearance: Where colours and sizes come from.
        desk: Keeps the keys.
        profile_id: Whose key it is.
        parent: Where it lives.
    """

    def __init__(
        self, appearance: Appearance, desk: Desk, profile_id: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._desk = desk
        self._profile_id = profile_id
        self._asking: asyncio.Task[None] | None = None
        self._asking_words = self.tr("Asking the keyring. The system may ask you to unlock it.")
        self.name = QLabel(self.tr("API key"), self)
        self.line = QLineEdit(self)
        self.line.setAccessibleName(self.name.text())
        self.line.setPlaceholderText(self.tr("Type or paste a key to keep or replace it"))
        self.line.setToolTip(self.line.placeholderText())
        self.name.setBuddy(self.line)
        self.reveal = PillButton(appearance, self.tr("Show"), self)
        self.remove = PillButton(appearance, self.tr("Remove"), self)
        self.remove.describe(self.tr("Remove the API key"))
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.name)
        self._column.addWidget(self.line)
        self._column.addLayout(Flow(self.reveal, self.remove))
        self._column.addWidget(self.sentence)
        self.line.editingFinished.connect(self._written)
        self.reveal.clicked.connect(self._turn)
        self.remove.clicked.connect(lambda: desk.do(self._removed(), "remove the key"))
        appearance.changed.connect(self._redress)
        self._hide()
        self._redress()
        desk.do(self._tell_place(), "where keys are kept")

    @property
    def is_shown(self) -> bool:
        """Whether what stands in the line can be read."""
        return self.line.echoMode() is QLineEdit.EchoMode.Normal

    def leave(self) -> None:
        """Hide the key, and wait for the keyring no more."""
        if self._asking is not None:
            self._asking.cancel()
        self.line.clear()
        self._hide()

    def _written(self) -> None:
        key = "".join(self.line.text().split())  # what is pasted may be broken into lines
        if key and self.line.isModified():
            self.line.setModified(False)
            self._desk.do(self._kept(key), "keep the key")

    async def _kept(self, key: str) -> None:
        self._say(self.tr("Keeping the key. The system may ask you to unlock its keyring."))
        sentence = await self._desk.keys.keep(self._profile_id, key)
        self._say(sentence)
        self._desk.bridge.retry()

    async def _removed(self) -> None:
        self.line.clear()
        try:
            await self._desk.keys.forget(self._profile_id)
        except UserError as error:
            self._say(str(error))
            return
        self._say(self.tr("The key was removed."))

    def _turn(self) -> None:
        if self._asking is not None:
            self._asking.cancel()
        elif self.is_shown:
            self._hide()
        else:
            self._asking = self._desk.do(self._show(), "show the key", self._asked)

    async def _show(self) -> None:
        if not self.line.text():
            self._say(self._asking_words)
            self._label(self.tr("Cancel"))
            try:
                key = await self._desk.keys.key(self._profile_id)
            except UserError as error:
                self._say(str(error))
                return
            self._say("" if key else self.tr("No key is kept for this profile."))
            self.line.setText(key or "")
        if self.line.text():
            self._label(self.tr("Hide"))
            self.line.setEchoMode(QLineEdit.EchoMode.Normal)

    def _asked(self) -> None:
        self._asking = None
        if self.sentence.text() == self._asking_words:  # it was broken off
            self._say("")
        if not self.is_shown:
            self._hide()

    async def _tell_place(self) -> None:
        sentence = await self._desk.keys.place()
        if not self.sentence.text():
            self._say(sentence)

    def _hide(self) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self._label(self.tr("Show"))

    def _label(self, words: str) -> None:
        self.reveal.setText(words)
        self.reveal.describe(self.tr("%1 the API key").replace("%1", words))
        self.reveal.updateGeometry()

    def _say(self, sentence: str) -> None:
        self.sentence.setText(sentence)
        self.line.setAccessibleDescription(sentence)

    def _redress(self) -> None:
        theme, gap = self._appearance.theme, self._appearance.gap
        self._column.setContentsMargins(GAP_L, gap(GAP_M), GAP_L, gap(GAP_M))
        self._column.setSpacing(gap(GAP_XS + 2))
        self.name.setFont(self._appearance.font(bold=True))
        paint_text(self.name, theme.text)
        self.sentence.setFont(self._appearance.font(TextSize.SMALL))
        paint_text(self.sentence, theme.quiet)
        self.line.setFont(self._appearance.font())
        self.line.setStyleSheet(field_style(theme))
