"""A character that asks for things, over requests as the program keeps them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from app.audio.playback.earcon import Earcon
from app.conversation.feed import Feed
from app.conversation.requests import Requests
from app.conversation.state import State
from app.core.settings import SettingsStore
from app.core.settings.consent import PictureConsent
from app.desktop.notifier import Notifier
from app.estuary.events import CameraCaptureRequest, ClientAction
from app.ui.appearance import Appearance
from app.ui.bridge import Bridge
from app.ui.requests.request_pane import RequestPane
from app.ui.settings.desk import Desk
from tests.ui.open_window import settle
from tests.ui.settings.at_desk import Drawer
from tests.ui.stand_in import StandIn

ADA = PictureConsent("local", "ada")


class Board(Notifier):
    """Where notifications are pinned."""

    def __init__(self) -> None:
        self.shown: list[tuple[str, str]] = []
        self.is_there = True

    async def notify(self, title: str, text: str) -> bool:
        self.shown.append((title, text))
        return self.is_there


class Asker:
    """Asks, and gets what is sent."""

    def __init__(self) -> None:
        self.is_connected = True
        self.sent: list[tuple[bytes, str, str]] = []
        self.feed = Feed(State())
        line: Any = self
        self.requests = Requests(self.feed, lambda: line)
        self.requests.meet(ADA)

    async def send_picture(self, content: bytes, mime_type: str, request_id: str) -> None:
        self.sent.append((content, mime_type, request_id))

    def play_cue(self, earcon: Earcon) -> None:
        """Nobody listens."""

    def look(self, text: str = "What is on your desk?", request_id: str = "r1") -> None:
        """Ask for a picture."""
        self.requests.asked(CameraCaptureRequest(request_id=request_id, text=text))

    def act(self, name: str, **arguments: object) -> None:
        """Ask for something to be done."""
        self.requests.asked(ClientAction(name=name, arguments=arguments))


class Room(Asker):
    """A pane on which everything that is asked for is shown."""

    def __init__(self, appearance: Appearance) -> None:
        super().__init__()
        self.store, self.bridge, self.board = SettingsStore(), Bridge(), Board()
        self.conversation = StandIn()
        self.conversation.requests = self.requests
        self.desk = Desk(self.store, Drawer(), self.bridge)
        self.pane = RequestPane(appearance, self.bridge, self.desk, notifier=self.board)
        self.window = QWidget()
        column = QVBoxLayout(self.window)
        column.setContentsMargins(0, 0, 0, 0)
        column.addStretch(1)
        column.addWidget(self.pane)
        self.window.resize(440, 640)
        self.bridge.attach(self.conversation)
        self.feed.subscribe(self.pane.show_state)

    def card(self) -> Any:
        """Return the newest card."""
        return self.pane.cards[max(self.pane.cards)]


@asynccontextmanager
async def room(appearance: Appearance) -> AsyncIterator[Room]:
    """Open a pane, and close it again."""
    own = Room(appearance)
    own.window.show()
    await settle()
    try:
        yield own
    finally:
        await own.requests.close()
        await own.desk.close()
        await own.bridge.close()
        own.window.close()
        own.window.deleteLater()
        await settle()


async def click(button: QAbstractButton) -> None:
    """Click on a button that can be seen."""
    assert button.isVisibleTo(button.window()), button.text()
    done = asyncio.Event()

    def act() -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        done.set()

    asyncio.get_running_loop().call_soon(act)
    await done.wait()


def shown(*buttons: QAbstractButton) -> list[str]:
    """Return the names of those buttons that are shown."""
    return [button.text() for button in buttons if not button.isHidden()]
