"""The profiles, one of which is shown in full; a tag marks the one that is talked with."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from app.core.settings import Profile, Profiles
from app.core.settings.profile import KINDS
from app.ui.appearance import Appearance
from app.ui.breakable import breakable, unbroken
from app.ui.settings.style import translated
from app.ui.theme import GAP_L, GAP_M, GAP_S, TextSize
from app.ui.wordy_button import WordyButton

_WRAPPED = Qt.TextFlag.TextWordWrap


class ProfileList(QWidget):
    """One radio button to a profile.

    Signals:
        chosen: The person wants to see another profile: its id.
    """

    chosen = Signal(str)

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._group = QButtonGroup(self)
        self.buttons: dict[str, ProfileButton] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._group.buttonClicked.connect(self._clicked)
        self.setAccessibleName(self.tr("Profiles"))

    def show_profiles(self, profiles: Profiles, shown_id: str) -> None:
        """Show these, with the one that is shown in full."""
        for gone in [each for each in self.buttons if each not in {profile.id for profile in profiles}]:
            button = self.buttons.pop(gone)
            self._group.removeButton(button)
            button.hide()
            button.deleteLater()
        for profile in profiles:
            if profile.id not in self.buttons:
                button = self.buttons[profile.id] = ProfileButton(self._appearance, self)
                self._group.addButton(button)
                self._column.addWidget(button)
            self.buttons[profile.id].show_profile(profile, is_current=profile.id == profiles.current_id)
        self.buttons[shown_id].setChecked(True)

    def _clicked(self, clicked: QAbstractButton) -> None:
        self.chosen.emit(next(each for each, button in self.buttons.items() if button is clicked))


class ProfileButton(WordyButton, QRadioButton):
    """A profile in two lines: what it is called, and where it leads."""

    def __init__(self, appearance: Appearance, parent: QWidget) -> None:
        super().__init__(appearance, parent)
        self._place = ""
        self._tag = ""

    def show_profile(self, profile: Profile, *, is_current: bool) -> None:
        """Show what it is now."""
        kind = translated(KINDS[profile.kind])
        address = profile.address.partition("://")[2]
        self._place = f"{kind} · {breakable(address)}" if address else kind
        if profile.is_local:
            self._place = self.tr("The character that lives on this computer")
        self._tag = self.tr("In use") if is_current else ""
        self.setText(profile.title)
        told = unbroken(self._place)
        self.setAccessibleName(f"{profile.title}, {told}" + (f", {self._tag}" if is_current else ""))
        self.updateGeometry()
        self.update()

    def minimumSizeHint(self) -> QSize:
        """Return that it may be narrow, and higher then."""
        return QSize(self._appearance.em(8), self._appearance.em(2))

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines in a given width."""
        words = self._room(QRectF(0, 0, width, 0))
        return round(sum(self._heights(words.width()))) + 2 * self._appearance.gap(GAP_M) - GAP_S

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the lines, the tag, and the ground of the one that is shown."""
        theme = self._appearance.theme
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box = QRectF(self.rect()).adjusted(4, 1, -4, -1)
        painter.setPen(Qt.PenStyle.NoPen)
        if self.isChecked() or self.underMouse():
            painter.setBrush(theme.soft.ground if self.isChecked() else theme.field)
            painter.drawRoundedRect(box, 9, 9)
        if self.hasFocus():
            painter.setPen(QPen(theme.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(1, 1, -1, -1), 8, 8)
        words = self._room(QRectF(self.rect()))
        self._paint_tag(painter)
        heights = self._heights(words.width())
        top = box.center().y() - sum(heights) / 2
        is_chosen = self.isChecked()
        quiet = theme.soft.text if is_chosen else theme.quiet
        lines = (
            (self._font_of_name, self.text(), theme.soft.text if is_chosen else theme.text),
            (self._font_of_place, self._place, quiet),
        )
        for (font, text, ink), height in zip(lines, heights, strict=True):
            painter.setFont(font)
            painter.setPen(ink)
            painter.drawText(
                QRectF(words.x(), top, words.width(), height), _WRAPPED | Qt.AlignmentFlag.AlignLeading, text
            )
            top += height

    def _heights(self, width: float) -> tuple[float, float]:
        """Return the heights of name and place in a given width."""
        room = QRectF(0, 0, max(width, 1), 10_000)
        name = QFontMetricsF(self._font_of_name).boundingRect(room, _WRAPPED, self.text())
        place = QFontMetricsF(self._font_of_place).boundingRect(room, _WRAPPED, self._place)
        return name.height(), place.height()

    def _room(self, whole: QRectF) -> QRectF:
        """Return what there is for the words, beside the tag."""
        words = whole.adjusted(GAP_L, 0, -GAP_L, 0)
        tag = self._tag_size().width() + GAP_S if self._tag else 0
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        return words.adjusted(tag if is_mirrored else 0, 0, 0 if is_mirrored else -tag, 0)

    def _tag_size(self) -> QSizeF:
        metrics = QFontMetricsF(self._appearance.font(TextSize.SMALL, bold=True))
        height = metrics.height() * 1.4
        return QSizeF(metrics.horizontalAdvance(self._tag) + height, height)

    def _paint_tag(self, painter: QPainter) -> None:
        """Draw the tag at the end of the line."""
        if not self._tag:
            return
        theme, size = self._appearance.theme, self._tag_size()
        is_mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = GAP_L if is_mirrored else self.width() - GAP_L - size.width()
        tag = QRectF(x, (self.height() - size.height()) / 2, size.width(), size.height())
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.primary.ground)
        painter.drawRoundedRect(tag, size.height() / 2, size.height() / 2)
        painter.setFont(self._appearance.font(TextSize.SMALL, bold=True))
        painter.setPen(theme.primary.text)
        painter.drawText(tag, Qt.AlignmentFlag.AlignCenter, self._tag)

    @property
    def _font_of_name(self) -> QFont:
        return self._appearance.font(bold=True)

    @property
    def _font_of_place(self) -> QFont:
        return self._appearance.font(TextSize.SMALL)
