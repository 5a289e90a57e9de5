"""The page of the characters: whom to talk to, and what they are like."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QDir, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.conversation.account import DEFAULT_CHARACTER
from app.conversation.state import Severity
from app.ui.appearance import Appearance
from app.ui.flow import Flow
from app.ui.pill_button import PillButton
from app.ui.settings import character_file
from app.ui.settings.character_bar import CharacterBar
from app.ui.settings.character_book import CharacterBook
from app.ui.settings.character_desk import CharacterDesk
from app.ui.settings.character_form import CharacterForm
from app.ui.settings.character_list import CharacterList
from app.ui.theme import GAP_L, GAP_M, GAP_S, TextSize, scroll_bar

_LIST_NARROW: Final = 8.0
"""Least width of the list in lines of text."""

_LIST_SHARE: Final = 2
_FORM_SHARE: Final = 5
"""How the width is shared."""

_PICTURES: Final = "*.png *.jpg *.jpeg *.webp *.bmp *.gif"


class CharacterPage(QWidget):
    """Lists the characters of a server; one is open beside the list, and is saved as it is typed.

    Call `start` on the event loop, and await `stop` before the page goes.

    Signals:
        chosen: The person wants to talk to a character: its id.
        saved: The server has everything that was typed.

    Args:
        appearance: Where colours and sizes come from.
        book: Where the characters are.
        talking_to: Id of the character that the person talks to now.
        parent: Where it lives.
    """

    chosen = Signal(str)
    saved = Signal()

    def __init__(
        self,
        appearance: Appearance,
        book: CharacterBook,
        talking_to: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._talking_to = talking_to
        self.desk = CharacterDesk(book, self)
        self.list = CharacterList(appearance, self)
        self.bar = CharacterBar(appearance, self)
        self.form = CharacterForm(appearance)
        self.status = QLabel(self)
        self.new = PillButton(appearance, self.tr("New"), self)
        self.new.describe(self.tr("Make a new character"))
        self.import_ = PillButton(appearance, self.tr("Import…"), self)
        self.import_.describe(self.tr("Make a character out of a file"))
        self.more = PillButton(appearance, self.tr("Show more"), self)
        self.talk = PillButton(appearance, "", self)
        self.duplicate = PillButton(appearance, self.tr("Duplicate"), self)
        self.export = PillButton(appearance, self.tr("Export…"), self)
        self.export.describe(self.tr("Write this character to a file"))
        self.delete = PillButton(appearance, self.tr("Delete…"), self)
        self._right = QWidget(self)
        self._arrange()
        self._connect()
        appearance.changed.connect(self._redress)
        self._redress()
        self._show_list()
        self._show_open(is_new=False)

    def start(self) -> None:
        """Fetch the characters and show them."""
        self.desk.start(self._talking_to)

    async def stop(self) -> None:
        """Save what was typed if that is quick, and end every call."""
        await self.desk.stop()

    def show_talking_to(self, character_id: str) -> None:
        """Mark the character that the person talks to."""
        self._talking_to = character_id
        self._show_list()
        self._show_actions()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        QPainter(self).fillRect(self.rect(), self._appearance.theme.surface)

    def _arrange(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(GAP_S)
        left.addWidget(self.list, 1)
        left.addWidget(self.more, 0, Qt.AlignmentFlag.AlignHCenter)
        left.addLayout(Flow(self.new, self.import_))
        scroll = self._scroll = QScrollArea(self._right)
        scroll.setWidget(self.form)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.viewport().setAutoFillBackground(False)
        self.form.setAutoFillBackground(False)
        sheet = QVBoxLayout(self._right)
        sheet.setContentsMargins(0, 0, 0, 0)
        sheet.setSpacing(GAP_M)
        sheet.addWidget(scroll, 1)
        actions = Flow(self.talk, self.duplicate, self.export, self.delete)
        sheet.addLayout(actions)
        right = QVBoxLayout()
        right.setSpacing(GAP_M)
        right.addWidget(self.bar)
        right.addWidget(self._right, 1)
        row = QHBoxLayout()
        row.setSpacing(GAP_L)
        row.addLayout(left, _LIST_SHARE)
        row.addLayout(right, _FORM_SHARE)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(GAP_L, GAP_L, GAP_L, GAP_S)
        whole.setSpacing(GAP_S)
        whole.addLayout(row, 1)
        whole.addWidget(self.status)

    def _connect(self) -> None:
        desk = self.desk
        desk.listed.connect(self._show_list)
        desk.opened.connect(lambda is_new: self._show_open(is_new=is_new))
        desk.working.connect(self._show_working)
        desk.failed.connect(self._show_failure)
        desk.recovered.connect(self._show_recovery)
        desk.saved.connect(self._show_saved)
        desk.saved.connect(self.saved)
        desk.told.connect(lambda words: self.bar.tell(words, Severity.INFO))
        self.list.chosen.connect(desk.open)
        self.form.edited.connect(desk.edit)
        self.form.picture_wanted.connect(self._choose_picture)
        self.more.clicked.connect(desk.more)
        self.new.clicked.connect(desk.create)
        self.import_.clicked.connect(self._choose_import)
        self.talk.clicked.connect(self._choose)
        self.duplicate.clicked.connect(desk.duplicate)
        self.export.clicked.connect(self._choose_export)
        self.delete.clicked.connect(self._ask_to_delete)

    def _show_list(self) -> None:
        character = self.desk.open_character
        open_id = "" if character is None else character.id
        self.list.show_characters(self.desk.characters, open_id, self._talking_to)
        self.more.setVisible(self.desk.has_more)
        self._show_actions()

    def _show_open(self, *, is_new: bool) -> None:
        character = self.desk.open_character
        self._right.setVisible(character is not None)
        if character is None:
            return
        self.form.show_character(character, self.desk.capabilities)
        self._show_list()
        self._scroll.verticalScrollBar().setValue(0)
        if is_new:
            name = self.form.fields["name"].findChild(QLineEdit)
            if isinstance(name, QLineEdit):
                name.setFocus(Qt.FocusReason.OtherFocusReason)
                name.selectAll()

    def _show_actions(self) -> None:
        character = self.desk.open_character
        if character is None:
            return
        name = character.name.strip() or self.tr("this character")
        is_talked_to = character.id == self._talking_to
        words = self.tr("Talking to {name}") if is_talked_to else self.tr("Talk to {name}")
        self.talk.setText(words.format(name=_short(name)))
        self.talk.describe(words.format(name=name))
        self.talk.setEnabled(not is_talked_to)
        self.talk.updateGeometry()
        self.duplicate.describe(self.tr("Make another character like {name}").format(name=name))
        self.delete.describe(self.tr("Delete {name} for good").format(name=name))
        self.delete.setVisible(character.id != DEFAULT_CHARACTER)
        self._redress()

    def _show_working(self, phrase: str) -> None:
        if phrase:
            self.status.setText(phrase)
        elif self.status.text().endswith("…"):
            self.status.clear()

    def _show_failure(self, sentence: str, field: str) -> None:
        self.status.setText(self.tr("Not saved") if field else "")
        if field and self.form.show_fault(field, sentence):
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))
            return
        self.bar.tell(sentence, Severity.ERROR, self.desk.try_again)

    def _show_recovery(self) -> None:
        self.form.show_fault("", "")
        if self.bar.severity is Severity.ERROR:
            self.bar.dismiss()

    def _show_saved(self) -> None:
        if self.status.text() == self.tr("Saving…"):
            self.status.setText(self.tr("Saved"))

    def _choose(self) -> None:
        character = self.desk.open_character
        if character is not None:
            self.desk.save()
            self.show_talking_to(character.id)
            self.chosen.emit(character.id)

    def _ask_to_delete(self) -> None:
        character = self.desk.open_character
        if character is not None:
            question = self.tr("Delete {name} for good? What you told it is forgotten too.")
            self.bar.ask(question.format(name=character.name), self.tr("Delete"), self.desk.delete)

    def _choose_picture(self) -> None:
        dialog = self._dialog(self.tr("Choose a picture"), self.tr("Pictures ({patterns})"), _PICTURES)
        dialog.fileSelected.connect(lambda path: self.desk.take_picture(Path(path)))
        dialog.open()

    def _choose_import(self) -> None:
        dialog = self._dialog(self.tr("Import a character"), self.tr("Characters ({patterns})"), "*.json")
        dialog.fileSelected.connect(lambda path: self.desk.import_file(Path(path)))
        dialog.open()

    def _choose_export(self) -> None:
        character = self.desk.open_character
        if character is None:
            return
        dialog = self._dialog(self.tr("Export {name}"), self.tr("Characters ({patterns})"), "*.json")
        dialog.setWindowTitle(self.tr("Export {name}").format(name=character.name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setFileMode(QFileDialog.FileMode.AnyFile)
        dialog.setDefaultSuffix("json")
        dialog.selectFile(character_file.file_name(character))
        dialog.fileSelected.connect(lambda path: self.desk.export_file(Path(path)))
        dialog.open()

    def _dialog(self, title: str, filter_: str, patterns: str) -> QFileDialog:
        """Return a dialog to choose a file, which is opened beside everything else that runs."""
        dialog = QFileDialog(self, title, QDir.homePath(), filter_.format(patterns=patterns))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        return dialog

    def _redress(self) -> None:
        theme = self._appearance.theme
        self.status.setFont(self._appearance.font(TextSize.SMALL))
        self.list.setMinimumWidth(self._appearance.em(_LIST_NARROW))
        palette = self.status.palette()
        palette.setColor(self.status.foregroundRole(), theme.quiet)
        self.status.setPalette(palette)
        self._scroll.verticalScrollBar().setStyleSheet(scroll_bar(theme))
        tone = theme.primary if self.talk.isEnabled() else theme.soft
        self.talk.set_colors(tone.text, tone.ground)
        self.delete.set_colors(theme.error_notice.text, theme.error_notice.ground)


def _short(name: str) -> str:
    return name if len(name) <= 24 else f"{name[:23]}…"
