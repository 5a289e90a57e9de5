"""The characters that may have a picture of the screen whenever they ask, each with the way to end that."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from app.core.settings import Names, Value
from app.core.settings.consent import PictureConsent
from app.ui.appearance import Appearance
from app.ui.breakable import breakable
from app.ui.pill_button import PillButton
from app.ui.settings.editor import Editor
from app.ui.settings.style import paint_text, translated
from app.ui.theme import GAP_S


class ConsentList(Editor):
    """The editor of a setting that lists consents: each can be taken back, none can be added here."""

    def __init__(self, appearance: Appearance, kind: Names, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._given: tuple[str, ...] = ()
        self._name = self._help = ""
        self.rows: list[tuple[QLabel, PillButton]] = []
        nobody = translated(kind.empty)
        self.nobody = QLabel(nobody[:1].upper() + nobody[1:], self)
        self.nobody.setWordWrap(True)
        self.nobody.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GAP_S)
        self._column.addWidget(self.nobody)
        appearance.changed.connect(self._redress)
        self._redress()

    @property
    def focused(self) -> QWidget:
        """The first button; the words that there is nobody where there is none."""
        return self.rows[0][1] if self.rows else self.nobody

    def show_value(self, value: Value) -> None:
        """Show to whom consent was given."""
        if not isinstance(value, tuple) or value == self._given:
            return
        self._given = value
        for label, button in self.rows:
            for widget in (label, button):
                widget.hide()
                widget.deleteLater()
        self.rows = [self._row(written) for written in value]
        self.nobody.setVisible(not value)
        self.describe(self._name, self._help)
        self._redress()

    def describe(self, name: str, help_text: str) -> None:
        """Name the list; its buttons say whom each is for."""
        self._name, self._help = name, help_text
        self.setAccessibleName(name)
        self.setAccessibleDescription(help_text)
        self.nobody.setAccessibleName(f"{name}: {self.nobody.text()}")

    def _row(self, written: str) -> tuple[QLabel, PillButton]:
        who = self._called(written)
        label = QLabel(breakable(who), self)
        label.setAccessibleName(who)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        button = PillButton(self._appearance, self.tr("Stop"), self)
        button.setAccessibleName(self.tr("Stop: {who}").format(who=who))
        button.clicked.connect(lambda: self.edited.emit(tuple(e for e in self._given if e != written)))
        row = QHBoxLayout()
        row.setSpacing(GAP_S)
        row.addWidget(label, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        self._column.addLayout(row)
        return label, button

    def _called(self, written: str) -> str:
        consent = PictureConsent.read(written)
        if consent is None:
            return written
        if not consent.address:
            text = self.tr("The character “{character}” on this computer")
            return text.format(character=consent.character_id)
        where = consent.address.partition("://")[2] or consent.address
        return self.tr("The character “{character}” at {place}").format(
            character=consent.character_id, place=where
        )

    def _redress(self) -> None:
        theme = self._appearance.theme
        self.nobody.setFont(self._appearance.font())
        paint_text(self.nobody, theme.quiet)
        for label, _ in self.rows:
            label.setFont(self._appearance.font())
            paint_text(label, theme.text)
