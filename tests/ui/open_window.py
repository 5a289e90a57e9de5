"""Opens the real window on a stand-in conversation, and closes both."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.conversation.state import Link
from app.core.settings import Looks
from app.ui.appearance import Appearance
from app.ui.bridge import Bridge
from app.ui.window import Window
from tests.ui.stand_in import StandIn

SPACE = Qt.Key.Key_Space
NONE = Qt.KeyboardModifier.NoModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Opened:
    """A window with its conversation."""

    window: Window
    bridge: Bridge
    conversation: StandIn
    appearance: Appearance

    async def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, *, on: QWidget | None = None
    ) -> None:
        """Press a key as the window system does, in this window or in another one of the program."""
        await _outside_tasks(lambda: QTest.keyPress((on or self.window).windowHandle(), key, modifier))

    async def release(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE, *, on: QWidget | None = None
    ) -> None:
        """Release it."""
        await _outside_tasks(lambda: QTest.keyRelease((on or self.window).windowHandle(), key, modifier))

    async def click(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """Press and release it."""
        await self.press(key, modifier)
        await self.release(key, modifier)

    def repeat(self, key: Qt.Key) -> None:
        """Send what a held key sends: a release and a press that are marked as repeated."""
        self.send(QEvent.Type.KeyRelease, key, is_repeat=True)
        self.send(QEvent.Type.KeyPress, key, is_repeat=True)

    def send(self, kind: QEvent.Type, key: Qt.Key, *, at: int = 0, is_repeat: bool = False) -> None:
        """Send the native window an event of a key, with its time in milliseconds."""
        event = QKeyEvent(kind, key, NONE, " ", is_repeat)
        event.setTimestamp(at)
        QCoreApplication.sendEvent(self.window.windowHandle(), event)


@asynccontextmanager
async def opened(looks: Looks | None = None) -> AsyncIterator[Opened]:
    """Show the window on a conversation that is ready."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    conversation, bridge = StandIn(), Bridge()
    appearance = Appearance(app, looks=looks)
    window = Window(appearance, bridge)
    window.show()
    window.activateWindow()
    bridge.attach(conversation)
    try:
        await until(lambda: conversation.state.link is Link.READY and window.isActiveWindow())
        await until(window.controls.talk.isEnabled)
        yield Opened(window, bridge, conversation, appearance)
    finally:
        window.close()
        await bridge.close()
        window.deleteLater()
        await settle()


async def until(happened: Callable[[], bool], seconds: float = 3.0) -> None:
    """Wait for something the loop brings about."""
    async with asyncio.timeout(seconds):
        while not happened():  # noqa: ASYNC110 - widgets have no event for everything
            await asyncio.sleep(0.005)


async def _outside_tasks(action: Callable[[], None]) -> None:
    """Run `action` while no task does: keys sent to a native window make Qt process events at once."""
    done = asyncio.Event()

    def act() -> None:
        action()
        done.set()

    QTimer.singleShot(0, act)
    await done.wait()


async def settle() -> None:
    """Let everything happen that is due: what must not happen would have by then."""
    for _ in range(10):
        await asyncio.sleep(0.005)
