from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.estuary.rest import Capabilities, Character, OfferedLanguage, OfferedVoice
from app.ui.appearance import Appearance
from app.ui.settings.character_form import CharacterForm
from app.ui.settings.character_inputs import Paragraph
from app.ui.settings.character_picture import picture_of
from tests.ui.settings.pictures import plain

HERE = Capabilities(
    honoured=frozenset({"name", "tagline", "greeting", "greets", "tts_voice", "tts_speed", "avatar"}),
    notes={"llm_temperature": "No effect here.", "tagline": "Said when asked."},
    voices=(OfferedVoice(id="de", name="German"),),
    languages=(OfferedLanguage(id="en", name="English"),),
    limits={"tts_speed": (0.5, 2.0)},
)
ADA = Character(
    id="a",
    name="Ada",
    tagline="A tutor",
    personality="Warm",
    background="London",
    system_prompt="Be Ada.",
    greeting="Hello.",
    greets=True,
    tts_voice="de",
    tts_speed=1.5,
    stt_language="en",
    llm_temperature=0.3,
)


@pytest.fixture
def form(qtbot: QtBot, appearance: Appearance) -> CharacterForm:
    form = CharacterForm(appearance)
    qtbot.addWidget(form)
    form.show_character(ADA, HERE)
    form.show()
    return form


def told(form: CharacterForm) -> list[tuple[str, Any]]:
    edits: list[tuple[str, Any]] = []
    form.edited.connect(lambda name, value: edits.append((name, value)))
    return edits


def line(form: CharacterForm, name: str) -> QLineEdit:
    found = form.fields[name].findChild(QLineEdit)
    assert isinstance(found, QLineEdit)
    return found


def test_a_character_is_shown_and_that_is_no_edit(form: CharacterForm) -> None:
    edits = told(form)
    form.show_character(Character(name="Byron"), HERE)
    form.show_character(ADA, HERE)
    assert (line(form, "name").text(), line(form, "tagline").text()) == ("Ada", "A tutor")
    texts = [paragraph.toPlainText() for paragraph in form.findChildren(Paragraph)]
    assert texts == ["Warm", "London", "Hello.", "Be Ada."]
    assert (form.voice.currentText(), form.language.currentText()) == ("German", "English")
    assert (form.speed.slider.value(), form.temperature.slider.value()) == (30, 6)
    assert form.greets.isChecked()
    assert edits == []


def test_every_change_is_told_under_its_name(form: CharacterForm) -> None:
    edits = told(form)
    QTest.keyClicks(line(form, "name"), "!")
    form.findChildren(Paragraph)[0].setPlainText("Cold")
    form.greets.click()
    form.voice.activated.emit(0)
    form.speed.slider.setValue(20)
    form.temperature.slider.setValue(0)
    names = [name for name, _ in edits]
    assert names == ["name", "personality", "greets", "tts_voice", "tts_speed", "llm_temperature"]
    assert [value for _, value in edits][1:] == ["Cold", False, None, 1.0, 0.0]


def test_what_a_server_cannot_do_is_said_at_the_field(form: CharacterForm) -> None:
    assert form.fields["llm_temperature"].note == "No effect here."
    assert "No effect here." in form.temperature.slider.accessibleDescription()
    assert form.fields["tagline"].note == "Said when asked."
    assert [form.fields[name].is_warning for name in ("llm_temperature", "tagline")] == [True, False]
    assert form.fields["name"].note == ""


def test_a_server_that_tells_nothing_takes_any_voice_and_has_no_greeting(form: CharacterForm) -> None:
    form.show_character(Character(id="c", name="Ada", tts_voice="Ashley", stt_language="de"), None)
    assert (form.voice.currentText(), form.voice.count()) == ("Ashley", 0)
    assert form.language.currentText() == "de"
    is_shown = {name: field.isVisible() for name, field in form.fields.items()}
    assert (is_shown["greeting"], is_shown["avatar"], form.greets.isVisible()) == (False, True, False)
    assert {field.note for field in form.fields.values()} == {""}
    form.show_character(ADA, HERE)
    assert form.fields["greeting"].isVisible()
    assert not form.fields["avatar"].isVisible()


def test_a_fault_is_said_at_its_field_alone(form: CharacterForm) -> None:
    assert form.show_fault("name", "This must not be empty.")
    assert form.fields["name"].fault == "This must not be empty."
    assert not form.show_fault("llm_model", "There is none.")
    assert form.fields["name"].fault == ""


def test_a_picture_is_shown_and_can_be_removed(form: CharacterForm, tmp_path: Path) -> None:
    edits = told(form)
    form.show_picture(Character(name="Ada", avatar=picture_of(plain(tmp_path / "a.png"))))
    seen = [form.portrait.has_picture, form.remove_picture.isVisible()]
    form.remove_picture.click()
    seen += [form.portrait.has_picture, form.remove_picture.isVisible()]
    assert seen == [True, True, False, False]
    assert edits == [("avatar", None)]


def test_an_address_of_a_picture_is_taken_as_it_is_typed(form: CharacterForm) -> None:
    form.show_character(Character(name="Ada", avatar="data:image/png;base64,AAAA"), None)
    assert line(form, "avatar").text() == ""
    edits = told(form)
    QTest.keyClicks(line(form, "avatar"), "h")
    assert edits == [("avatar", "h")]


def test_every_control_has_a_name_and_help_and_can_be_reached_by_tab(form: CharacterForm) -> None:
    for name, field in form.fields.items():
        if field.isVisible():
            controls = [each for each in field.findChildren(QWidget) if each.accessibleName()]
            assert controls, name
            assert all(each.accessibleDescription() for each in controls), name
    reached: set[QWidget] = set()
    widget: QWidget | None = form.choose_picture
    while widget is not None and widget not in reached:
        reached.add(widget)
        widget = widget.nextInFocusChain()
    assert {form.voice, form.language, form.speed.slider, form.temperature.slider, form.greets} <= reached
