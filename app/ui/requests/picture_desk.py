"""Where pictures are made ready, shown to the person and sent, or sent at once where that was allowed."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from app.conversation.request import PictureRequest
from app.core.errors import UserError
from app.core.settings import Privacy
from app.core.settings.consent import PictureConsent
from app.ui.appearance import Appearance
from app.ui.bridge import Bridge
from app.ui.requests.camera import photograph
from app.ui.requests.picture import MIME_TYPE, Picture, picture_in, picture_of
from app.ui.requests.picture_card import PictureCard
from app.ui.requests.screenshot import screenshot

if TYPE_CHECKING:
    from app.ui.settings.desk import Desk


class PictureDesk(QObject):
    """Answers requests for pictures.

    Args:
        bridge: Where pictures go to.
        desk: Where it is kept who may have the screen without a question; None for nobody.
        place: A widget on the screen that is shown without a question.

    Signals:
        sent_unasked: A picture of the screen was sent as allowed: the `PictureRequest` and the `Picture`.
        failed: It could not be: the `PictureRequest` and why.
    """

    sent_unasked = Signal(object, object)
    failed = Signal(object, str)

    def __init__(self, bridge: Bridge, desk: Desk | None, place: QWidget) -> None:
        super().__init__(place)
        self._bridge = bridge
        self._desk = desk
        self._place = place

    def card_for(self, request: PictureRequest, appearance: Appearance, name: str) -> PictureCard:
        """Return a card that asks the person, and does what it is answered."""
        card = PictureCard(appearance, name, request.text, can_remember=self._desk is not None)
        card.screen_wanted.connect(lambda screen: self._show(card, _of_screen(screen), is_screen=True))
        card.camera_wanted.connect(lambda: self._show(card, _of_camera()))
        card.file_wanted.connect(lambda file: self._show(card, _of_file(file)))
        card.sent.connect(lambda picture, always: self._send(request, card, picture, is_always=always))
        return card

    def send_unasked(self, request: PictureRequest) -> None:
        """Send the screen as it is, Heron's own windows too: they must not vanish without a click."""
        screen = self._place.window().screen()

        async def work() -> None:
            try:
                picture = await _of_screen(screen, is_aside=False)
                if not self.is_allowed(request.asker):
                    raise UserError("")  # it was taken back meanwhile: nothing is wrong, but to be asked
                await self._deliver(request, picture)
            except UserError as error:
                if isValid(self):
                    self.failed.emit(request, str(error))
                return
            if isValid(self):
                self.sent_unasked.emit(request, picture)

        self._bridge.do(work(), "send the screen")

    def is_allowed(self, asker: PictureConsent) -> bool:
        """Return whether somebody may have the screen without a question."""
        return self._desk is not None and asker.written in self._desk.settings.privacy.pictures_for

    def allow(self, asker: PictureConsent) -> None:
        """Let somebody have the screen without a question from now on."""
        if self._desk is not None and not self.is_allowed(asker):
            allowed = (*self._desk.settings.privacy.pictures_for, asker.written)
            self._desk.store.update(Privacy, pictures_for=allowed)

    def forbid(self, asker: PictureConsent) -> None:
        """Ask again from now on."""
        if self._desk is not None:
            before = self._desk.settings.privacy.pictures_for
            self._desk.store.update(
                Privacy, pictures_for=tuple(each for each in before if each != asker.written)
            )

    def _show(self, card: PictureCard, picture: Awaitable[Picture], *, is_screen: bool = False) -> None:
        """Make a picture ready and show it on its card."""

        async def work() -> None:
            try:
                made = await picture
            except UserError as error:
                if isValid(card):
                    card.show_problem(str(error))
                return
            if isValid(card):
                card.show_picture(made, is_screen=is_screen)

        card.wait()
        self._bridge.do(work(), "make a picture ready")

    def _send(self, request: PictureRequest, card: PictureCard, picture: Picture, *, is_always: bool) -> None:
        async def work() -> None:
            try:
                await self._deliver(request, picture)
            finally:
                if isValid(card):
                    card.setEnabled(True)
            if is_always:
                self.allow(request.asker)

        card.setEnabled(False)  # a second click must not send it twice
        self._bridge.do(work(), "send a picture")

    async def _deliver(self, request: PictureRequest, picture: Picture) -> None:
        if (requests := self._bridge.requests) is not None:
            await requests.send_picture(request.number, picture.content, MIME_TYPE)


async def _of_screen(screen: QScreen, *, is_aside: bool = True) -> Picture:
    image = await screenshot(screen, is_aside=is_aside)
    return await asyncio.to_thread(picture_of, image)


async def _of_camera() -> Picture:
    return await asyncio.to_thread(lambda: picture_of(photograph()))


async def _of_file(file: Path) -> Picture:
    return await asyncio.to_thread(picture_in, file)
