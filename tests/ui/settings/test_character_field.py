from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from app.ui.appearance import Appearance
from app.ui.settings.character_field import CharacterField
from app.ui.theme import DARK, LIGHT


@pytest.fixture
def line(qtbot: QtBot) -> QLineEdit:
    return QLineEdit()


@pytest.fixture
def field(qtbot: QtBot, appearance: Appearance, line: QLineEdit) -> CharacterField:
    field = CharacterField(appearance, "&Name", line, "What it is called.")
    qtbot.addWidget(field)
    field.show()
    return field


def test_everything_around_a_control_is_read_with_it(field: CharacterField, line: QLineEdit) -> None:
    assert (line.accessibleName(), line.accessibleDescription()) == ("Name", "What it is called.")
    field.show_note("No effect here.", is_warning=True)
    field.show_fault("This must not be empty.")
    assert line.accessibleDescription() == "This must not be empty. What it is called. No effect here."
    assert (field.note, field.fault) == ("No effect here.", "This must not be empty.")
    field.show_note("")
    field.show_fault("")
    assert line.accessibleDescription() == "What it is called."


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_warning_stands_out_in_both_themes(
    field: CharacterField, appearance: Appearance, theme: object
) -> None:
    def ink() -> str:
        return field._note.palette().color(field._note.foregroundRole()).name()

    appearance.theme = DARK if theme is DARK else LIGHT
    appearance.changed.emit()
    field.show_note("Said when asked.")
    assert ink() == appearance.theme.quiet.name()
    field.show_note("No effect here.", is_warning=True)
    assert ink() == appearance.theme.caution.name()
