"""What the fields of a character are set with: lines, paragraphs, choices and sliders."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QLocale, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QWheelEvent
from PySide6.QtWidgets import QComboBox, QCompleter, QHBoxLayout, QLabel, QPlainTextEdit, QSlider, QWidget

from app.ui.appearance import Appearance
from app.ui.settings.style import FIELD_EDGE
from app.ui.theme import GAP_M, GAP_XS

_STEPS: Final = 20
"""Steps of a slider for each 1 of its value: 0.05."""

_SHOWN_AT_ONCE: Final = 12
"""Entries of a list that are seen without scrolling."""


class Paragraph(QPlainTextEdit):
    """A text of several lines; Tab goes on to the next field.

    Signals:
        edited: The person has changed it.
    """

    edited = Signal(str)

    def __init__(self, appearance: Appearance, lines: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._lines = lines
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.textChanged.connect(lambda: self.edited.emit(self.toPlainText()))
        appearance.changed.connect(self._fit)
        self._fit()

    def show_text(self, text: str) -> None:
        """Show another text; that is no edit."""
        if text != self.toPlainText():
            self.blockSignals(True)
            self.setPlainText(text)
            self.blockSignals(False)

    def _fit(self) -> None:
        """Be as tall as the lines are."""
        text = math.ceil(QFontMetricsF(self._appearance.font()).lineSpacing()) * self._lines
        self.setFixedHeight(text + 2 * FIELD_EDGE + 1)  # for Qt a line is in sight only with a pixel below it


class Choice(QComboBox):
    """One of many, found by typing a part of its name; or any text where there is nothing to choose from.

    Signals:
        edited: The person has chosen: an id, or empty for none.
    """

    edited = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self._has_choices = False
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setMaxVisibleItems(_SHOWN_AT_ONCE)
        self.setMinimumContentsLength(12)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self._take_chosen)
        line = self.lineEdit()
        if line is not None:
            line.editingFinished.connect(self._take_typed)

    def sizeHint(self) -> QSize:
        """Return a field as tall as one of a line."""
        size = super().sizeHint()
        return QSize(size.width(), size.height() + 2 * GAP_XS)

    def setAccessibleName(self, name: str) -> None:
        """Name the list and the line in it: a screen reader meets both."""
        super().setAccessibleName(name)
        if (line := self.lineEdit()) is not None:
            line.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """Describe both."""
        super().setAccessibleDescription(description)
        if (line := self.lineEdit()) is not None:
            line.setAccessibleDescription(description)

    def offer(self, choices: Sequence[tuple[str, str]], none: str) -> None:
        """Show what there is to choose from.

        Args:
            choices: Ids and names; none for free text.
            none: What it is called when nothing is chosen.
        """
        self.blockSignals(True)
        self.clear()
        self._has_choices = bool(choices)
        if choices:
            self.addItem(none, "")
            for id_, name in choices:
                self.addItem(name, id_)
            completer = QCompleter(self.model(), self)
            completer.setFilterMode(Qt.MatchFlag.MatchContains)
            completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
            completer.setMaxVisibleItems(_SHOWN_AT_ONCE)
            self.setCompleter(completer)
        line = self.lineEdit()
        if line is not None:
            line.setPlaceholderText("" if choices else none)
        self.blockSignals(False)
        self.show_choice(self._shown)

    def show_choice(self, id_: str) -> None:
        """Show what is chosen; that is no edit."""
        self._shown = id_
        at = self.findData(id_) if self._has_choices else -1
        self.blockSignals(True)
        self.setCurrentIndex(at)
        if at < 0:
            self.setEditText(id_)
        self.blockSignals(False)
        line = self.lineEdit()
        if line is not None:
            line.setCursorPosition(0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: to scroll past a field is not to change it."""
        event.ignore()

    def _take_chosen(self, at: int) -> None:
        if self._has_choices and at >= 0:
            self._take(str(self.itemData(at)))

    def _take_typed(self) -> None:
        text = self.currentText().strip()
        if not self._has_choices:
            self._take(text)
            return
        at = self.findText(text, Qt.MatchFlag.MatchFixedString)
        if at >= 0:
            self._take(str(self.itemData(at)))
        self.show_choice(self._shown)  # words that name nothing are put back

    def _take(self, id_: str) -> None:
        if id_ != self._shown:
            self.show_choice(id_)
            self.edited.emit(id_)


class Dial(QWidget):
    """A number set with a slider, and shown beside it.

    Signals:
        edited: The person has moved it.
    """

    edited = Signal(float)

    def __init__(self, appearance: Appearance, form: str, parent: QWidget | None = None) -> None:
        """Make it; ``form`` is how a value is shown, such as ``{:.2f}×``."""
        super().__init__(parent)
        self._form = form
        self.slider = _Slider(Qt.Orientation.Horizontal, self)
        self.slider.setPageStep(_STEPS // 4)
        self._value = QLabel(self)
        self._appearance = appearance
        self._value.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_M)
        row.addWidget(self.slider, 1)
        row.addWidget(self._value)
        self.setFocusProxy(self.slider)
        self.slider.valueChanged.connect(self._moved)
        appearance.changed.connect(self._fit)
        self._fit()

    def set_bounds(self, lowest: float, highest: float) -> None:
        """Let it go from one value to another."""
        self.slider.blockSignals(True)
        self.slider.setRange(round(lowest * _STEPS), round(highest * _STEPS))
        self.slider.blockSignals(False)

    def show_value(self, value: float) -> None:
        """Show another value; that is no edit."""
        self.slider.blockSignals(True)
        self.slider.setValue(round(value * _STEPS))
        self.slider.blockSignals(False)
        self._value.setText(self._written(value))

    def setAccessibleName(self, name: str) -> None:
        """Name the slider, which is what a screen reader finds."""
        self.slider.setAccessibleName(name)

    def setAccessibleDescription(self, description: str) -> None:
        """Describe the slider."""
        self.slider.setAccessibleDescription(description)

    def _fit(self) -> None:
        """Keep room for the widest value, so that the slider does not move under the hand."""
        widest = QFontMetricsF(self._appearance.font()).horizontalAdvance(self._written(10.0))
        self._value.setMinimumWidth(round(widest))

    def _written(self, value: float) -> str:
        """Return a value as the person writes it."""
        return self._form.format(value).replace(".", QLocale().decimalPoint())

    def _moved(self, step: int) -> None:
        value = step / _STEPS
        self._value.setText(self._written(value))
        self.edited.emit(value)


class _Slider(QSlider):
    def sizeHint(self) -> QSize:
        return QSize(160, super().sizeHint().height())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()
