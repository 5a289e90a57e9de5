"""The page of the keys that work while another program has the focus."""

from __future__ import annotations

from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.desktop.hotkeys.action import Action
from app.ui.appearance import Appearance
from app.ui.settings.binding import bound
from app.ui.settings.card import Card
from app.ui.settings.desk import Desk
from app.ui.settings.hotkey_row import HotkeyRow
from app.ui.settings.page import Page
from app.ui.settings.setting_row import SettingRow
from app.ui.settings.style import paint_text
from app.ui.theme import GAP_L, GAP_M

_TALKING = (Action.HOLD_TO_TALK, Action.TOGGLE_TO_TALK)
_OTHERS = (Action.MUTE, Action.STOP_SPEAKING, Action.SHOW_WINDOW)


class HotkeysPage(Page):
    """Which way to hotkeys works here, and the keys of each action."""

    def __init__(self, appearance: Appearance, desk: Desk, title: str) -> None:
        super().__init__(appearance, desk, title)
        self.way = _Way(appearance, desk)
        card = Card(appearance)
        card.add(self.way)
        self.add(card)
        talking = self._add_hotkeys(self.tr("Talking"), _TALKING)
        longest = SettingRow(appearance, bound(desk, "talk.longest_hold_s"))
        self.rows.append(longest)
        talking.add(longest)
        self._add_hotkeys(self.tr("Everything else"), _OTHERS)

    def leave(self) -> None:
        """Record no more."""
        for row in self.rows:
            if isinstance(row, HotkeyRow):
                row.field.leave()

    def _add_hotkeys(self, heading: str, actions: tuple[Action, ...]) -> Card:
        card = Card(self.appearance, heading)
        for action in actions:
            row = HotkeyRow(self.appearance, self.desk, action)
            self.rows.append(row)
            card.add(row)
        return self.add(card)


class _Way(QWidget):
    """The sentence on which way works here and now."""

    def __init__(self, appearance: Appearance, desk: Desk) -> None:
        super().__init__()
        self._appearance = appearance
        self._desk = desk
        self.sentence = QLabel(self)
        self.sentence.setWordWrap(True)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.sentence)
        desk.hotkeys_changed.connect(self._show)
        appearance.changed.connect(self._redress)
        self._show()
        self._redress()

    def _show(self) -> None:
        hotkeys = self._desk.hotkeys
        words = self.tr("There are no hotkeys here.") if hotkeys is None else hotkeys.describe()
        self.sentence.setText(words)
        self.sentence.setAccessibleName(words)

    def _redress(self) -> None:
        gap = self._appearance.gap
        self._column.setContentsMargins(GAP_L, gap(GAP_M), GAP_L, gap(GAP_M))
        self.sentence.setFont(self._appearance.font())
        paint_text(self.sentence, self._appearance.theme.text)
