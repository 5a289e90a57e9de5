"""A field of the form: its name, what it is set with, a sentence of help, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.theme import GAP_XS, TextSize


class CharacterField(QWidget):
    """A control under its name, with help below it.

    Args:
        appearance: Where colours and sizes come from.
        name: What the person calls it; an ``&`` marks its key.
        control: What it is set with.
        help_text: What it is for, in a sentence.
        parent: Where it lives.

    Attributes:
        is_warning: Whether the note says that the field has no effect.
    """

    def __init__(
        self,
        appearance: Appearance,
        name: str,
        control: QWidget,
        help_text: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._control = control
        self._help_text = help_text
        self.is_warning = False
        self._name = QLabel(name, self)
        self._name.setBuddy(control)
        self._help = self._line(help_text)
        self._note = self._line("")
        self._fault = self._line("")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP_XS)
        for each in (self._name, control, self._help, self._note, self._fault):
            column.addWidget(each)
        control.setAccessibleName(self._name.text().replace("&", ""))
        appearance.changed.connect(self._redress)
        self._redress()
        self.show_note("")
        self.show_fault("")

    @property
    def note(self) -> str:
        """What the server says of the field; empty for nothing."""
        return self._note.text()

    @property
    def fault(self) -> str:
        """What is wrong with it; empty for nothing."""
        return self._fault.text()

    def show_note(self, note: str, *, is_warning: bool = False) -> None:
        """Say what the server makes of the field; an empty text takes that back.

        Args:
            note: A sentence.
            is_warning: Whether the field has no effect there.
        """
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self.is_warning = is_warning
        self._describe()
        self._redress()

    def show_fault(self, sentence: str) -> None:
        """Say what is wrong with it; an empty text takes that back."""
        self._fault.setText(sentence)
        self._fault.setVisible(bool(sentence))
        self._describe()

    def _line(self, text: str) -> QLabel:
        label = QLabel(text, self)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _describe(self) -> None:
        """Have a screen reader read what stands around the control."""
        parts = (self._fault.text(), self._help_text, self._note.text())
        self._control.setAccessibleDescription(" ".join(filter(None, parts)))

    def _redress(self) -> None:
        theme = self._appearance.theme
        self._name.setFont(self._appearance.font(bold=True))
        for label in (self._help, self._note, self._fault):
            label.setFont(self._appearance.font(TextSize.SMALL))
        _ink(self._help, theme.quiet)
        _ink(self._note, theme.caution if self.is_warning else theme.quiet)
        _ink(self._fault, theme.danger)


def _ink(label: QLabel, color: QColor) -> None:
    palette = label.palette()
    palette.setColor(label.foregroundRole(), color)
    label.setPalette(palette)
