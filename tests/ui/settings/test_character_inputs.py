from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.ui.appearance import Appearance
from app.ui.settings.character_inputs import Choice, Dial, Paragraph
from app.ui.settings.style import field_style

VOICES = [("en-us+f3", "English (America), female 3"), ("de", "German")]


@pytest.fixture
def choice(qtbot: QtBot, appearance: Appearance) -> Choice:
    choice = Choice()
    qtbot.addWidget(choice)
    choice.offer(VOICES, "The usual voice")
    return choice


def edits(choice: Choice) -> list[str]:
    told: list[str] = []
    choice.edited.connect(told.append)
    return told


def test_what_is_shown_is_no_edit(choice: Choice) -> None:
    told = edits(choice)
    for id_, text in (("de", "German"), ("", "The usual voice"), ("unknown", "unknown")):
        choice.show_choice(id_)
        assert choice.currentText() == text
    choice.offer(VOICES[:1], "None")
    assert told == []


def test_a_voice_is_found_by_its_name(qtbot: QtBot, choice: Choice) -> None:
    told = edits(choice)
    line = choice.lineEdit()
    assert line is not None
    line.setText("german")
    line.editingFinished.emit()
    line.editingFinished.emit()
    assert (told, choice.currentText()) == (["de"], "German")
    choice.activated.emit(0)
    assert told == ["de", ""]


def test_words_that_name_nothing_are_put_back(choice: Choice) -> None:
    choice.show_choice("de")
    told = edits(choice)
    line = choice.lineEdit()
    assert line is not None
    line.setText("Klingon")
    line.editingFinished.emit()
    assert (told, choice.currentText()) == ([], "German")


def test_without_anything_to_choose_from_every_text_counts(choice: Choice) -> None:
    choice.offer([], "The usual voice")
    told = edits(choice)
    line = choice.lineEdit()
    assert line is not None
    assert line.placeholderText() == "The usual voice"
    line.setText(" Ashley ")
    line.editingFinished.emit()
    assert (told, choice.currentText()) == (["Ashley"], "Ashley")


def test_a_dial_shows_its_value_and_tells_when_it_is_moved(qtbot: QtBot, appearance: Appearance) -> None:
    dial = Dial(appearance, "{:.2f}×")
    qtbot.addWidget(dial)
    told: list[float] = []
    dial.edited.connect(told.append)
    dial.set_bounds(0.5, 2.0)
    dial.show_value(1.2)
    assert told == []
    assert dial.slider.value() == 24
    QTest.keyClick(dial.slider, Qt.Key.Key_Right)
    QTest.keyClick(dial.slider, Qt.Key.Key_PageUp)
    QTest.keyClick(dial.slider, Qt.Key.Key_End)
    assert told == [1.25, 1.5, 2.0]
    dial.setAccessibleName("Speed")
    dial.setAccessibleDescription("How fast")
    assert (dial.slider.accessibleName(), dial.slider.accessibleDescription()) == ("Speed", "How fast")


@pytest.mark.parametrize("scale", [1.0, 1.3, 2.0])
def test_a_paragraph_is_as_high_as_its_lines(qtbot: QtBot, qapp: QApplication, scale: float) -> None:
    appearance = Appearance(qapp, scale)
    paragraph = Paragraph(appearance, 3)
    qtbot.addWidget(paragraph)
    paragraph.setStyleSheet(field_style(appearance.theme))
    paragraph.resize(400, paragraph.height())
    paragraph.setPlainText("one\ntwo\nthree")
    paragraph.show()
    assert paragraph.verticalScrollBar().maximum() == 0
    paragraph.setPlainText("one\ntwo\nthree\nfour")
    assert paragraph.verticalScrollBar().maximum() == 1


def test_tab_leaves_a_paragraph_and_typing_is_told(qtbot: QtBot, appearance: Appearance) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    paragraph, line = Paragraph(appearance, 3, window), QLineEdit(window)
    window.show()
    told: list[str] = []
    paragraph.edited.connect(told.append)
    paragraph.show_text("Warm")
    assert told == []
    paragraph.setFocus()
    QTest.keyClicks(paragraph, "x")
    QTest.keyClick(paragraph, Qt.Key.Key_Tab)
    assert (told, paragraph.toPlainText()) == (["xWarm"], "xWarm")
    assert window.focusWidget() is line


def test_the_wheel_scrolls_the_page_and_changes_nothing(qtbot: QtBot, appearance: Appearance) -> None:
    dial = Dial(appearance, "{:.2f}")
    qtbot.addWidget(dial)
    dial.set_bounds(0, 2)
    choice = Choice()
    qtbot.addWidget(choice)
    choice.offer(VOICES, "None")
    widgets: list[QWidget] = [dial.slider, choice]
    for widget in widgets:
        turned = QWheelEvent(
            QPointF(5, 5),
            QPointF(5, 5),
            QPoint(0, -120),
            QPoint(0, -120),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        widget.wheelEvent(turned)
        assert not turned.isAccepted()
    assert (dial.slider.value(), choice.currentIndex()) == (0, 0)
