"""Everything that can be set of a character, each with a sentence of help."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from app.core.translation import translate
from app.estuary.rest import Capabilities, Character
from app.ui.appearance import Appearance
from app.ui.flow import Flow
from app.ui.pill_button import PillButton
from app.ui.settings.character_field import CharacterField
from app.ui.settings.character_inputs import Choice, Dial, Paragraph
from app.ui.settings.character_portrait import CharacterPortrait
from app.ui.settings.style import field_style, slider_style
from app.ui.theme import GAP_L, GAP_M, GAP_XS, TextSize, scroll_bar

_USUAL_SPEED: Final = 1.0
_USUAL_TEMPERATURE: Final = 0.7
_SPEEDS: Final = (0.5, 2.0)
_TEMPERATURES: Final = (0.0, 2.0)
"""Bounds where the server does not tell its own."""

_DATA: Final = "data:"


class CharacterForm(QWidget):
    """Shows one character and says what the person changes.

    Signals:
        edited: A field has another value: its name in the REST interface, and the value.
        picture_wanted: The person wants to choose a picture file.
    """

    edited = Signal(str, object)
    picture_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.fields: dict[str, CharacterField] = {}
        self._show: dict[str, Callable[[Character], None]] = {}
        self._avatar = ""
        self._headings: list[QLabel] = []
        self._offered: tuple[Capabilities | None] | None = None
        self.portrait = CharacterPortrait(appearance, 4, self)
        self.choose_picture = PillButton(appearance, self.tr("Choose a picture…"), self)
        self.remove_picture = PillButton(appearance, self.tr("Remove"), self)
        self.remove_picture.describe(self.tr("Remove the picture"))
        self.choose_picture.clicked.connect(self.picture_wanted)
        self.remove_picture.clicked.connect(lambda: self._take_picture(None))
        column = QVBoxLayout(self)
        column.setSpacing(GAP_L)
        self._leave_room()
        for part in self._parts():
            if isinstance(part, QWidget):
                column.addWidget(part)
            else:
                column.addLayout(part)
        column.addStretch(1)
        appearance.changed.connect(self._redress)
        self._redress()

    def changeEvent(self, event: QEvent) -> None:
        """Leave room on the other side when the direction of reading changes."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._leave_room()

    def show_character(self, character: Character, capabilities: Capabilities | None) -> None:
        """Show a character, and what its server makes of each field."""
        self._offer(capabilities)
        for show in self._show.values():
            show(character)
        self.greets.blockSignals(True)
        self.greets.setChecked(bool(character.greets))
        self.greets.blockSignals(False)
        self.show_picture(character)
        self.show_fault("", "")
        for name, field in self.fields.items():
            told = capabilities or Capabilities(honoured=frozenset(self.fields))
            note = told.notes.get(name, "")
            note = translate("Capabilities", note) if note else ""
            field.show_note(note, is_warning=name not in told.honoured)
        # Only servers of Heron's kind have a greeting, and only others keep a picture elsewhere.
        has_greeting = capabilities is not None and "greeting" in capabilities.honoured
        self.fields["greeting"].setVisible(has_greeting)
        self.greets.setVisible(has_greeting)
        self.fields["avatar"].setVisible(capabilities is None)

    def show_picture(self, character: Character) -> None:
        """Show a character's picture."""
        self._avatar = character.avatar or ""
        self.portrait.show_character(character)
        self.remove_picture.setVisible(bool(self._avatar))

    def show_fault(self, name: str, sentence: str) -> bool:
        """Say what is wrong with one field and with no other; return whether there is such a field."""
        for other, field in self.fields.items():
            field.show_fault(sentence if other == name else "")
        return name in self.fields

    def _redress(self) -> None:
        theme = self._appearance.theme
        self.setStyleSheet(field_style(theme) + slider_style(theme) + scroll_bar(theme))
        for heading in self._headings:
            heading.setFont(self._appearance.font(TextSize.TITLE, bold=True))

    def _leave_room(self) -> None:
        """Keep clear of the scroll bar; Qt does not mirror margins."""
        if (layout := self.layout()) is not None:
            is_reversed = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            layout.setContentsMargins(GAP_M if is_reversed else 0, 0, 0 if is_reversed else GAP_M, 0)

    def _parts(self) -> Iterator[QWidget | QHBoxLayout]:
        # Each is made where it stands: that is the order in which Tab goes through them.
        yield self._top()
        yield self._line("name", self.tr("&Name"), self.tr("What it is called, and what it calls itself."))
        yield self._line(
            "tagline", self.tr("&Tagline"), self.tr("One line about it, as in: a patient tutor.")
        )
        yield self._line(
            "avatar",
            self.tr("&Picture address"),
            self.tr("Where its picture is on the web: an https address."),
        )
        yield self._heading(self.tr("Persona"))
        yield self._paragraph(
            "personality", self.tr("&Personality"), self.tr("What it is like to talk to."), 3
        )
        yield self._paragraph(
            "background", self.tr("&Background"), self.tr("Where it comes from, what it knows."), 3
        )
        yield self._paragraph(
            "greeting",
            self.tr("&Greeting"),
            self.tr("What it says at the first meeting after Heron was started."),
            2,
        )
        self.greets = QCheckBox(self.tr("Say it when a conversation begins"), self)
        self.greets.toggled.connect(lambda is_on: self.edited.emit("greets", is_on))
        yield self.greets
        yield self._heading(self.tr("Speech"))
        self.voice = Choice(self)
        yield self._chosen(
            "tts_voice", self.tr("&Voice"), self.voice, self.tr("Type a part of a name to find one.")
        )
        self.speed = Dial(self._appearance, "{:.2f}×", self)
        yield self._dialled(
            "tts_speed",
            self.tr("Sp&eed"),
            self.speed,
            self.tr("How fast it speaks; 1 is normal."),
            _USUAL_SPEED,
        )
        self.language = Choice(self)
        yield self._chosen(
            "stt_language", self.tr("&Language"), self.language, self.tr("The language you speak to it in.")
        )
        yield self._heading(self.tr("Language model"))
        yield self._paragraph(
            "system_prompt",
            self.tr("&Instructions"),
            self.tr("What the model is told besides: its system prompt."),
            4,
        )
        self.temperature = Dial(self._appearance, "{:.2f}", self)
        yield self._dialled(
            "llm_temperature",
            self.tr("Te&mperature"),
            self.temperature,
            self.tr("How freely it picks its words: 0 is always the same, 1 is varied."),
            _USUAL_TEMPERATURE,
        )

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(GAP_M)
        row.addWidget(self.portrait)
        buttons = QVBoxLayout()
        buttons.addStretch(1)
        buttons.addLayout(Flow(self.choose_picture, self.remove_picture))
        buttons.addStretch(1)
        row.addLayout(buttons, 1)
        return row

    def _heading(self, text: str) -> QLabel:
        label = QLabel(text, self)
        self._headings.append(label)
        return label

    def _field(self, name: str, title: str, control: QWidget, help_text: str) -> CharacterField:
        self.fields[name] = CharacterField(self._appearance, title, control, help_text, self)
        return self.fields[name]

    def _line(self, name: str, title: str, help_text: str) -> CharacterField:
        line = QLineEdit(self)
        line.setTextMargins(GAP_XS, GAP_XS, GAP_XS, GAP_XS)

        def show(character: Character) -> None:
            text = getattr(character, name) or ""
            text = "" if text.startswith(_DATA) else text
            if line.text() != text:
                line.setText(text)
                line.setCursorPosition(0)

        self._show[name] = show
        line.textEdited.connect(
            self._take_picture if name == "avatar" else lambda text: self.edited.emit(name, text)
        )
        return self._field(name, title, line, help_text)

    def _paragraph(self, name: str, title: str, help_text: str, lines: int) -> CharacterField:
        paragraph = Paragraph(self._appearance, lines, self)
        self._show[name] = lambda character: paragraph.show_text(getattr(character, name) or "")
        paragraph.edited.connect(lambda text: self.edited.emit(name, text))
        return self._field(name, title, paragraph, help_text)

    def _chosen(self, name: str, title: str, choice: Choice, help_text: str) -> CharacterField:
        self._show[name] = lambda character: choice.show_choice(getattr(character, name) or "")
        choice.edited.connect(lambda id_: self.edited.emit(name, id_ or None))
        return self._field(name, title, choice, help_text)

    def _dialled(self, name: str, title: str, dial: Dial, help_text: str, usual: float) -> CharacterField:
        def show(character: Character) -> None:
            value = getattr(character, name)
            dial.show_value(usual if value is None else value)

        self._show[name] = show
        dial.edited.connect(lambda value: self.edited.emit(name, value))
        return self._field(name, title, dial, help_text)

    def _offer(self, capabilities: Capabilities | None) -> None:
        if self._offered is not None and self._offered[0] is capabilities:
            return
        self._offered = (capabilities,)
        told = capabilities or Capabilities()
        self.voice.offer([(voice.id, voice.name) for voice in told.voices], self.tr("The usual voice"))
        self.language.offer(
            [(language.id, language.name) for language in told.languages], self.tr("The usual language")
        )
        self.speed.set_bounds(*told.limits.get("tts_speed", _SPEEDS))
        self.temperature.set_bounds(*told.limits.get("llm_temperature", _TEMPERATURES))

    def _take_picture(self, address: str | None) -> None:
        self.show_picture(Character(name=self.portrait.accessibleName(), avatar=address))
        self.edited.emit("avatar", (address or "").strip() or None)
