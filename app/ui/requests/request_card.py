"""A card with something that the character asks for: what it is, and what can be answered."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.appearance import Appearance
from app.ui.breakable import unbroken
from app.ui.chat.escape import EscapeBar
from app.ui.flow import Flow
from app.ui.icon_button import IconButton
from app.ui.icons import Icon
from app.ui.pill_button import PillButton
from app.ui.settings.style import paint_text
from app.ui.theme import GAP_L, GAP_M, GAP_S, TextSize, Tone

_ROUNDING = 12


class RequestCard(EscapeBar):
    """Base of the cards: a title, words, whatever else there is to see, a small note, and buttons.

    All words come from a server: they are shown as they are, never as markup.

    Args:
        appearance: Where colours and sizes come from.
        parent: Where it lives.

    Signals:
        dismissed: The person does not want it: by the cross, by Esc, or by a button that says so.
    """

    dismissed = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.appearance = appearance
        self._is_urgent = False
        self._is_note_a_problem = False
        self._primary: PillButton | None = None
        self._others: list[PillButton] = []
        self.title = _label(self)
        self.words = _label(self)
        self.note = _label(self)
        self.dismiss = IconButton(appearance, Icon.CLOSE, height=1.7, parent=self)
        self.dismiss.describe(self.tr("Close"), self.tr("Esc"))
        self.dismiss.clicked.connect(self.dismissed)
        self.body = QVBoxLayout()
        """What stands between the words and the note."""
        self.buttons = Flow()
        self._column = QVBoxLayout(self)
        head = QHBoxLayout()
        head.setSpacing(GAP_S)
        head.addWidget(self.title, 1)
        head.addWidget(self.dismiss, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(head)
        self._column.addWidget(self.words)
        self._column.addLayout(self.body)
        self._column.addWidget(self.note)
        self._column.addLayout(self.buttons)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        appearance.changed.connect(self._redress)
        self._redress()

    def say(self, title: str, words: str = "") -> None:
        """Say what it is about."""
        self.title.setText(title)
        self.title.show()
        self.words.setText(words)
        self.words.setVisible(bool(words))
        self.setAccessibleName(self.told)

    def say_note(self, note: str, *, is_problem: bool = False) -> None:
        """Say something in small letters; nothing for an empty text."""
        self._is_note_a_problem = is_problem
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self._redress()

    @property
    def told(self) -> str:
        """Title and words, as they are read aloud."""
        return unbroken(" ".join(text for text in (self.title.text(), self.words.text()) if text))

    def add_button(self, text: str, *, is_primary: bool = False) -> PillButton:
        """Put a button behind the others, and return it."""
        button = PillButton(self.appearance, text, self)
        if is_primary:
            self._primary = button
        else:
            self._others.append(button)
        self.buttons.addWidget(button)
        self._redress()
        return button

    def stand_out(self) -> None:
        """Have the colours of what must not be overlooked."""
        self._is_urgent = True
        self._redress()

    @property
    def _tone(self) -> Tone:
        theme = self.appearance.theme
        return theme.warning_notice if self._is_urgent else Tone(theme.surface, theme.text)

    def escape(self) -> None:
        """Esc does what the cross does."""
        self.dismissed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        theme = self.appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.border, 1))
        painter.setBrush(self._tone.ground)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), _ROUNDING, _ROUNDING)

    def _redress(self) -> None:
        theme, gap = self.appearance.theme, self.appearance.gap
        self._column.setContentsMargins(GAP_L, gap(GAP_S), GAP_S, gap(GAP_M))
        self._column.setSpacing(gap(GAP_S))
        self.body.setSpacing(gap(GAP_S))
        ink = self._tone.text
        self.title.setFont(self.appearance.font(bold=True))
        self.words.setFont(self.appearance.font())
        self.note.setFont(self.appearance.font(TextSize.SMALL))
        paint_text(self.title, ink)
        paint_text(self.words, ink)
        paint_text(self.note, theme.danger if self._is_note_a_problem else theme.quiet)
        self.dismiss.set_colors(ink if self._is_urgent else theme.quiet)
        if self._primary is not None:
            self._primary.set_colors(theme.primary.text, theme.primary.ground)
        for button in self._others if self._is_urgent else ():
            button.set_colors(self._tone.ground, ink)
        self.update()


def _label(parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.hide()
    return label
