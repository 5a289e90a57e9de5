"""A number on a slider, with the number beside it."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetricsF, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSlider, QWidget

from app.core.settings import Number, Setting, Value
from app.ui.appearance import Appearance
from app.ui.settings.binding import in_words
from app.ui.settings.editor import Editor
from app.ui.settings.style import slider_style
from app.ui.theme import GAP_M

_PAGE = 5
"""Steps that Page Up and a click beside the handle lead."""


class SliderBox(Editor):
    """The editor of a setting that is a number."""

    def __init__(
        self, appearance: Appearance, setting: Setting, kind: Number, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._setting = setting
        self._kind = kind
        self.slider = _Slider(Qt.Orientation.Horizontal, self)
        self.slider.setRange(0, round((kind.maximum - kind.minimum) / kind.step))
        self.slider.setPageStep(_PAGE)
        self.number = QLabel(self)
        self.number.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GAP_M)
        row.addWidget(self.slider, 1)
        row.addWidget(self.number)
        self.slider.valueChanged.connect(self._moved)
        appearance.changed.connect(self._redress)
        self._redress()

    @property
    def focused(self) -> QWidget:
        """The slider."""
        return self.slider

    def show_value(self, value: Value) -> None:
        """Show a number, also one between two steps."""
        if isinstance(value, int | float):
            self.slider.blockSignals(True)
            self.slider.setValue(round((value - self._kind.minimum) / self._kind.step))
            self.slider.blockSignals(False)
            self.slider.update()
            self.number.setText(in_words(self._setting, value))

    def _moved(self, steps: int) -> None:
        value = self._kind.minimum + steps * self._kind.step
        chosen = round(value) if self._kind.is_whole else round(value, 6)
        self.number.setText(in_words(self._setting, chosen))
        self.edited.emit(chosen)

    def _redress(self) -> None:
        self.slider.setStyleSheet(slider_style(self._appearance.theme))
        font = self._appearance.font(bold=True)
        self.number.setFont(font)
        ends = (in_words(self._setting, end) for end in (self._kind.minimum, self._kind.maximum))
        metrics = QFontMetricsF(font)
        self.number.setMinimumWidth(round(max(metrics.horizontalAdvance(end) for end in ends)) + 2)


class _Slider(QSlider):
    """A slider that leaves the wheel to the page it stands on."""

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Let the page scroll."""
        event.ignore()
