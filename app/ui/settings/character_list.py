"""The list of the characters: whom there is to talk to, and to whom the person talks now."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtCore import Signal as QtSignal
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from app.estuary.rest import Character
from app.ui.appearance import Appearance
from app.ui.settings.character_portrait import paint_portrait, pixmap_of
from app.ui.theme import GAP_M, GAP_S, GAP_XS, TextSize, Tone

_PORTRAIT: Final = 2.0
"""Diameter of a portrait in lines of text."""

_DOT: Final = 0.45
"""Diameter of the mark of the character that is talked to, in lines of text."""

_Index = QModelIndex | QPersistentModelIndex


class CharacterList(QListView):
    """Shows the characters; up and down choose among them.

    Signals:
        chosen: The person has chosen one to see: its id.
    """

    chosen = QtSignal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = _Rows(self)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(appearance, self._rows, self))
        self.setFrameShape(QListView.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Characters"))
        self.viewport().setAutoFillBackground(False)
        self.selectionModel().currentChanged.connect(self._current_changed)
        appearance.changed.connect(self._redress)

    @property
    def names(self) -> list[str]:
        """What is shown, from top to bottom."""
        return [character.name for character in self._rows.characters]

    def show_characters(self, characters: Sequence[Character], open_id: str, talking_to: str) -> None:
        """Show these; that is no choice of the person's."""
        self.selectionModel().blockSignals(True)
        self._rows.show_rows(characters, talking_to)
        for at, character in enumerate(characters):
            if character.id == open_id:
                self.setCurrentIndex(self._rows.index(at))
                self.scrollTo(self._rows.index(at))
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def _redress(self) -> None:
        self._rows.forget_pictures()
        self.scheduleDelayedItemsLayout()
        self.viewport().update()

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self._rows.characters[current.row()].id)


class _Rows(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.characters: list[Character] = []
        self.talking_to = ""
        self._pictures: dict[str, tuple[str | None, QPixmap | None]] = {}

    def show_rows(self, characters: Sequence[Character], talking_to: str) -> None:
        ids = [character.id for character in characters]
        is_same = ids == [character.id for character in self.characters]
        if not is_same:
            self.beginResetModel()
        self.characters, self.talking_to = list(characters), talking_to
        if not is_same:
            self.endResetModel()
        elif ids:
            self.dataChanged.emit(self.index(0), self.index(len(ids) - 1))

    def picture(self, character: Character, side: int, ratio: float) -> QPixmap | None:
        """Return a character's picture, made once."""
        address, pixmap = self._pictures.get(character.id, ("", None))
        if address != character.avatar:
            pixmap = pixmap_of(character, side, ratio)
            self._pictures[character.id] = character.avatar, pixmap
        return pixmap

    def forget_pictures(self) -> None:
        """Have the pictures made anew: they may be of another size."""
        self._pictures.clear()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        return 0 if parent.isValid() else len(self.characters)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        character = self.characters[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return character.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            now = self.tr("you talk to this character") if character.id == self.talking_to else None
            return ", ".join(filter(None, (character.name, character.tagline, now)))
        if role == Qt.ItemDataRole.ToolTipRole:
            return character.tagline or character.name
        return None


class _Painter(QStyledItemDelegate):
    def __init__(self, appearance: Appearance, rows: _Rows, parent: QWidget) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._rows = rows

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        return QSize(0, self._appearance.em(_PORTRAIT) + 2 * GAP_S)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        character = self._rows.characters[index.row()]
        theme = self._appearance.theme
        state, box, widget = _seen(option)
        is_open = bool(state & QStyle.StateFlag.State_Selected)
        tone = theme.soft if is_open else Tone(theme.field, theme.text)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tile = QRectF(box).adjusted(GAP_XS, 2, -GAP_XS, -2)
        if is_open or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(tone.ground)
            painter.drawRoundedRect(tile, GAP_S, GAP_S)
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(tile.adjusted(1, 1, -1, -1), GAP_S, GAP_S)
        is_reversed = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self._paint_row(painter, tile, character, tone, is_reversed=is_reversed)
        painter.restore()

    def _paint_row(
        self, painter: QPainter, tile: QRectF, character: Character, tone: Tone, *, is_reversed: bool
    ) -> None:
        theme = self._appearance.theme
        side = self._appearance.em(_PORTRAIT)

        def placed(left: float, top: float, width: float, height: float) -> QRectF:
            """Return a box counted from the edge at which a line begins."""
            x = tile.right() - left - width if is_reversed else tile.left() + left
            return QRectF(x, top, width, height)

        face = placed(GAP_S, tile.center().y() - side / 2, side, side)
        ratio = painter.device().devicePixelRatioF()
        picture = self._rows.picture(character, side, ratio)
        paint_portrait(painter, face, self._appearance, character, picture)
        is_talked_to = character.id == self._rows.talking_to
        dot = self._appearance.em(_DOT)
        start = GAP_S + side + GAP_M
        width = tile.width() - start - GAP_S - (dot + GAP_S if is_talked_to else 0)
        name, line = self._appearance.font(bold=True), self._appearance.font(TextSize.SMALL)
        name_height, line_height = QFontMetricsF(name).height(), QFontMetricsF(line).height()
        has_line = bool(character.tagline)
        top = tile.center().y() - (name_height + (line_height if has_line else 0)) / 2
        side_flag = Qt.AlignmentFlag.AlignRight if is_reversed else Qt.AlignmentFlag.AlignLeft
        flags = side_flag | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.setPen(tone.text)
        painter.setFont(name)
        title = character.name.strip() or self.tr("No name")
        words = QFontMetricsF(name).elidedText(title, Qt.TextElideMode.ElideRight, width)
        painter.drawText(placed(start, top, width, name_height), flags, words)
        if has_line:
            painter.setPen(tone.text if tone is theme.soft else theme.quiet)
            painter.setFont(line)
            words = QFontMetricsF(line).elidedText(
                character.tagline or "", Qt.TextElideMode.ElideRight, width
            )
            painter.drawText(placed(start, top + name_height, width, line_height), flags, words)
        if is_talked_to:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.accent)
            at = tile.width() - GAP_S - dot
            painter.drawEllipse(placed(at, tile.center().y() - dot / 2, dot, dot))


def _seen(option: QStyleOptionViewItem) -> tuple[QStyle.StateFlag, QRect, QWidget]:
    """Return what Qt's type hints do not know of an option."""
    known: Any = option
    return known.state, known.rect, known.widget
