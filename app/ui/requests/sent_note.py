"""The note that a picture of the screen was sent without a question, and the way to have that no more."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.appearance import Appearance
from app.ui.requests.picture import Picture
from app.ui.requests.preview import Preview
from app.ui.requests.request_card import RequestCard

_PREVIEW_LINES = 5


class SentNote(RequestCard):
    """Shows what was sent, small.

    Args:
        appearance: Where colours and sizes come from.
        name: The character's.
        picture: What it got.
        parent: Where it lives.
    """

    def __init__(
        self, appearance: Appearance, name: str, picture: Picture, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, parent)
        self.preview = Preview(appearance, _PREVIEW_LINES, self)
        self.body.addWidget(self.preview)
        self.stop = self.add_button(self.tr("Stop doing this"))
        """To be asked again from now on."""
        self.say(self.tr("Your screen was sent to {name}").format(name=name))
        self.preview.show_image(picture.image, self.tr("The picture that was sent"))
