"""Every kind of editor: it shows a value without a word, and says what the person chooses."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QRadioButton
from pytestqt.qtbot import QtBot

from app.core.settings import Value, all_settings, setting_named
from app.ui.appearance import Appearance
from app.ui.settings.editor import Editor
from app.ui.settings.editors import editor_of
from app.ui.settings.segments import Segments
from app.ui.settings.slider_box import SliderBox
from app.ui.settings.text_field import TextField
from app.ui.settings.toggle import Toggle

LEFT = Qt.MouseButton.LeftButton
OF_NO_DEVICE = [entry for _, entry in all_settings() if entry.default != ()]


def made(qtbot: QtBot, appearance: Appearance, key: str) -> tuple[Editor, list[Value]]:
    setting = setting_named(key)[1]
    editor = editor_of(appearance, setting)
    editor.describe(setting.label, setting.description)
    qtbot.addWidget(editor)
    said: list[Value] = []
    editor.edited.connect(said.append)
    editor.show_value(setting.default)
    editor.show()
    return editor, said


@pytest.mark.parametrize("setting", OF_NO_DEVICE, ids=lambda setting: setting.key)
def test_showing_a_value_says_nothing_and_it_has_a_name(
    qtbot: QtBot, appearance: Appearance, setting: object
) -> None:
    editor, said = made(qtbot, appearance, setting.key)  # type: ignore[attr-defined]
    assert said == []
    assert setting.label in editor.focused.accessibleName()  # type: ignore[attr-defined]
    assert editor.focused.accessibleDescription() == setting.description  # type: ignore[attr-defined]
    assert editor.focused.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_a_switch_is_a_check_box_to_mouse_and_keys(qtbot: QtBot, appearance: Appearance) -> None:
    editor, said = made(qtbot, appearance, "sound.barge_in")
    assert isinstance(editor, Toggle)
    assert isinstance(editor.knob, QCheckBox)
    QTest.mouseClick(editor.knob, LEFT)
    QTest.keyClick(editor.knob, Qt.Key.Key_Space)
    QTest.keyClick(editor.knob, Qt.Key.Key_Return)
    assert said == [False, True, False]
    on = editor.knob.grab().toImage()
    editor.show_value(True)
    assert editor.knob.grab().toImage() != on
    assert len(said) == 3


def test_a_choice_is_radio_buttons_to_mouse_and_keys(qtbot: QtBot, appearance: Appearance) -> None:
    editor, said = made(qtbot, appearance, "appearance.theme")
    assert isinstance(editor, Segments)
    assert all(isinstance(button, QRadioButton) for button in editor.buttons.values())
    assert editor.buttons["system"].isChecked()
    QTest.mouseClick(editor.buttons["dark"], LEFT)
    assert editor.focused is editor.buttons["dark"]
    editor.buttons["light"].setFocus()
    QTest.keyClick(editor.buttons["light"], Qt.Key.Key_Return)
    assert said == ["dark", "light"]
    assert editor.buttons["light"].accessibleName() == "Theme: Light"


def test_a_choice_goes_on_in_another_line_where_there_is_no_room(
    qtbot: QtBot, appearance: Appearance
) -> None:
    editor, _ = made(qtbot, appearance, "appearance.theme")
    assert isinstance(editor, Segments)
    editor.resize(editor.minimumSizeHint().width(), 300)
    QApplication.processEvents()
    boxes = [button.geometry() for button in editor.buttons.values()]
    assert len({box.y() for box in boxes}) > 1
    assert all(box.right() <= editor.width() for box in boxes)


def test_a_slider_says_its_number_and_leaves_the_wheel_to_the_page(
    qtbot: QtBot, appearance: Appearance
) -> None:
    editor, said = made(qtbot, appearance, "sound.tail_ms")
    assert isinstance(editor, SliderBox)
    assert editor.number.text() == "200 ms"
    QTest.keyClick(editor.slider, Qt.Key.Key_Right)
    QTest.keyClick(editor.slider, Qt.Key.Key_Home)
    assert said == [250, 0]
    assert editor.number.text() == "0 ms"
    editor.show_value(333)  # somebody wrote it by hand
    assert editor.number.text() == "333 ms"
    assert len(said) == 2
    wheel = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(0, 0),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(editor.slider, wheel)
    assert len(said) == 2
    assert not wheel.isAccepted()


def test_a_slider_of_shares_counts_in_floats(qtbot: QtBot, appearance: Appearance) -> None:
    editor, said = made(qtbot, appearance, "sound.volume")
    assert isinstance(editor, SliderBox)
    for _ in range(3):
        QTest.keyClick(editor.slider, Qt.Key.Key_Left)
    assert said == [0.95, 0.9, 0.85]
    assert editor.number.text() == "85 %"


def test_a_text_counts_when_its_line_is_left_and_is_not_overwritten_meanwhile(
    qtbot: QtBot, appearance: Appearance
) -> None:
    from app.core.settings import Profile

    setting = next(entry for entry in Profile.settings() if entry.name == "server_url")
    editor = editor_of(appearance, setting)
    assert isinstance(editor, TextField)
    qtbot.addWidget(editor)
    said: list[Value] = []
    editor.edited.connect(said.append)
    editor.show_value("https://old.example")
    editor.show()
    editor.activateWindow()
    editor.line.setFocus()
    qtbot.waitUntil(editor.line.hasFocus)
    editor.line.selectAll()
    QTest.keyClicks(editor.line, " https://new.example ")
    editor.show_value("https://old.example")
    assert editor.line.text() == " https://new.example "
    assert said == []
    QTest.keyClick(editor.line, Qt.Key.Key_Return)
    assert said[0] == "https://new.example"
