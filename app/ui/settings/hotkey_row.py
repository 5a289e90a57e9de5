"""One hotkey in the settings, with what keeps it from working."""

from __future__ import annotations

from app.desktop.hotkeys.action import Action
from app.ui.appearance import Appearance
from app.ui.settings.binding import bound
from app.ui.settings.desk import Desk
from app.ui.settings.hotkey_field import HotkeyField
from app.ui.settings.setting_row import SettingRow


class HotkeyRow(SettingRow):
    """Shows an action's keys and changes them; a conflict is named below them.

    Args:
        appearance: Where colours and sizes come from.
        desk: What is changed, and has the hotkeys.
        action: What the keys do.
    """

    def __init__(self, appearance: Appearance, desk: Desk, action: Action) -> None:
        self._desk = desk
        self._action = action
        self._said = ""
        self.field = HotkeyField(appearance, desk)
        super().__init__(appearance, bound(desk, f"hotkeys.{action.value}"), self.field)
        self.field.said.connect(self._tell)
        desk.hotkeys_changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show how it is now."""
        super().refresh()
        hotkeys = self._desk.hotkeys
        self.field.show_trigger("" if hotkeys is None else hotkeys.triggers().get(self._action, ""))
        self._say(self._said or ("" if hotkeys is None else hotkeys.refusals().get(self._action, "")))

    def _edited(self, value: object) -> None:
        self._said = ""
        super()._edited(value)

    def _put_back(self) -> None:
        self._said = ""
        super()._put_back()

    def _tell(self, sentence: str) -> None:
        self._said = sentence
        self.refresh()
