"""Looks for words that are cut, and for widgets that cover each other or stick out of their place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import combinations

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QLabel,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QStackedWidget,
    QWidget,
)

from app.ui.chat.list import ChatList
from app.ui.chat.row import PAD_X

_SLACK = 1
"""Logical pixels that rounding may take."""

_ARROW = 28
"""Logical pixels the arrow of a drop-down list takes."""


def troubles(window: QWidget, floating: Iterable[QWidget] = ()) -> list[str]:
    """Return a sentence for everything that cannot be read in a window as it is now.

    Args:
        window: Where to look.
        floating: What is meant to lie on something else.
    """
    above = set(floating)
    found: list[str] = []
    for widget in _shown(window):
        found += _cut(widget)
        found += _out_of_place(widget)
        found += _covered(widget, above)
    return found


def _shown(widget: QWidget) -> Iterator[QWidget]:
    """Yield a widget and everything of our own in it that can be seen."""
    yield widget
    if isinstance(widget, QComboBox | QLineEdit | QScrollBar | QAbstractItemView):
        return
    for child in _children(widget):
        yield from _shown(child)


def _children(widget: QWidget) -> list[QWidget]:
    found = [child for child in widget.children() if isinstance(child, QWidget)]
    return [child for child in found if child.isVisibleTo(widget) and not child.isWindow()]


def _cut(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel):
        yield from _cut_label(widget)
    elif isinstance(widget, QAbstractButton):
        least = widget.minimumSizeHint()
        is_cut = widget.width() + _SLACK < least.width() or widget.height() + _SLACK < least.height()
        words = widget.fontMetrics().horizontalAdvance(widget.text())
        if is_cut or (words > widget.width() and not widget.toolTip()):
            yield f"{_name(widget)} is cut: {widget.size().toTuple()} of {least.toTuple()}"
    elif isinstance(widget, QLineEdit | QComboBox):
        yield from _cut_field(widget)
    elif isinstance(widget, ChatList):
        yield from _cut_rows(widget)


def _cut_label(label: QLabel) -> Iterator[str]:
    text = label.text()
    if not text:
        return
    room, metrics = label.contentsRect().width() - 2 * label.margin(), label.fontMetrics()
    if label.wordWrap():
        need = label.heightForWidth(label.width())
        if need > label.height() + _SLACK:
            yield f"{_name(label)} is cut: {label.height()} of {need} pixels high"
        # Where the text itself may break in a word, such as after a slash, Qt does so.
        words = text.replace("/", "/ ").replace("-", "- ").split()
        widest = max((metrics.horizontalAdvance(word) for word in words), default=0)
    else:
        widest = max(metrics.horizontalAdvance(line) for line in text.splitlines())
        if label.height() + _SLACK < metrics.height() * len(text.splitlines()):
            yield f"{_name(label)} is cut: {label.height()} of {metrics.height()} pixels high"
    is_plain = label.textFormat() == Qt.TextFormat.PlainText or "<" not in text
    if is_plain and widest > room + _SLACK and not label.toolTip():
        yield f"{_name(label)} is cut: {room} of {widest} pixels wide"


def _cut_field(field: QLineEdit | QComboBox) -> Iterator[str]:
    metrics = field.fontMetrics()
    if field.height() < metrics.height():
        yield f"{_name(field)} is cut: {field.height()} of {metrics.height()} pixels high"
    if isinstance(field, QComboBox):
        words, room = field.currentText(), field.width() - _ARROW
    else:
        words, room = ("" if field.text() else field.placeholderText()), field.width()
    if metrics.horizontalAdvance(words) > room and not field.toolTip():
        yield f"{_name(field)} is cut: “{words}” in {room} pixels"


def _cut_rows(chat: ChatList) -> Iterator[str]:
    for number in range(chat.model().rowCount()):
        row = chat.delegate.row(number)
        whole = chat.visualRect(chat.model().index(number, 0))
        for part in (row.day, row.portrait, row.label, row.bubble, row.footer):
            if part is not None and (part.left() < 0 or part.right() > whole.width() + _SLACK):
                yield f"row {number} sticks out: {part.getRect()} of {whole.width()}"
            if part is not None and part.bottom() > whole.height() + _SLACK:
                yield f"row {number} is too high for its place"
        if row.words.size.width() > row.bubble.width() - 2 * PAD_X + _SLACK:
            yield f"row {number} is wider than its bubble"


def _out_of_place(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QScrollArea):
        inner = widget.widget()
        if inner is not None and inner.width() > widget.viewport().width() + _SLACK:
            yield f"{_name(widget)} is wider inside than outside"
        return
    if _is_scrolled(widget):
        return
    room = widget.rect().adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
    for child in _children(widget):
        if not room.contains(child.geometry()):
            yield f"{_name(child)} sticks out of {_name(widget)}: {child.geometry()} of {widget.rect()}"


def _covered(widget: QWidget, floating: set[QWidget]) -> Iterator[str]:
    if isinstance(widget, QStackedWidget | QAbstractScrollArea) or _is_scrolled(widget):
        return
    for one, other in combinations([each for each in _children(widget) if each not in floating], 2):
        shared: QRect = one.geometry().intersected(other.geometry())
        if shared.width() > _SLACK and shared.height() > _SLACK:
            yield f"{_name(one)} and {_name(other)} cover each other by {shared.size().toTuple()}"


def _is_scrolled(widget: QWidget) -> bool:
    """Tell the viewport of a scrolled thing, which may be smaller than what is in it."""
    parent = widget.parentWidget()
    return isinstance(parent, QAbstractScrollArea) and parent.viewport() is widget


def _name(widget: QWidget) -> str:
    words = widget.accessibleName()
    if not words and isinstance(widget, QLabel | QAbstractButton):
        words = widget.text()
    return f"{type(widget).__name__} “{words[:40]}”"
