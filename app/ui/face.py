"""The faces of the characters: the picture of the one who is talked to, Heron's own, or none."""

from __future__ import annotations

from PySide6.QtGui import QIcon

from app.conversation.state import State

_OWN_NAME = State().character_name
"""The character that the program's own picture belongs to."""

_SIDE = 256
"""Pixels of a picture that is kept ready: enough for the largest size at twice the usual resolution."""


class Face:
    """Knows what a character looks like.

    Args:
        own: Heron's picture; an empty icon where there is none.
    """

    def __init__(self, own: QIcon | None = None) -> None:
        self._own = own or QIcon()
        self._name = _OWN_NAME
        self._picture = ""
        self._icon = QIcon()

    def show_state(self, state: State) -> None:
        """Take over whom the person talks to."""
        self._name = state.character_name
        if state.character_picture == self._picture:
            return
        self._picture = state.character_picture
        from app.ui.settings.character_picture import image_in, round_pixmap

        image = image_in(self._picture)
        self._icon = QIcon() if image is None else QIcon(round_pixmap(image, _SIDE, 1.0))

    def of(self, name: str) -> QIcon:
        """Return the picture of a character; an empty icon means that the initial of its name stands."""
        if name == self._name and not self._icon.isNull():
            return self._icon
        return self._own if name == _OWN_NAME else QIcon()
