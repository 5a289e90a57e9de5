"""The button that mutes, and shows whether the microphone is open."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.conversation.state import Link, State
from app.ui.appearance import Appearance
from app.ui.icon_button import IconButton
from app.ui.icons import Icon
from app.ui.theme import TOUCH


class MuteButton(IconButton):
    """A microphone: struck out while muted, in the colour of live things while it is open.

    Args:
        appearance: Where colours and sizes come from.
        height: Its diameter in lines of text.
        parent: Where it lives.
    """

    def __init__(self, appearance: Appearance, *, height: float, parent: QWidget | None = None) -> None:
        super().__init__(appearance, Icon.MIC, height=height, least=TOUCH, parent=parent)
        self._state = State()
        appearance.changed.connect(self._redress)
        self.show_state(self._state)

    def show_state(self, state: State) -> None:
        """Show whether the microphone is muted, whether it is open, and whether that can be changed."""
        self._state = state
        self.show_icon(Icon.MIC_OFF if state.is_muted else Icon.MIC)
        self.setEnabled(state.has_microphone and state.link is Link.READY)
        self.describe(self.tr("Unmute") if state.is_muted else self.tr("Mute"), self.tr("Ctrl+M"))
        is_open, is_closed = self.tr("The microphone is open"), self.tr("The microphone is closed")
        self.setAccessibleDescription(is_open if state.is_microphone_open else is_closed)
        self._redress()

    def _redress(self) -> None:
        theme = self._appearance.theme
        if self._state.is_muted:
            self.set_tone(theme.error_notice)
        else:
            self.set_tone(theme.live if self._state.is_microphone_open else theme.soft)
