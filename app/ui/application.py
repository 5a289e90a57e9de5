"""Runs the window: one Qt event loop that is the asyncio loop of the conversation as well."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import logging
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import Any

from app.conversation.settings_saver import SettingsSaver
from app.core.resources import ICON_SIZES, icon
from app.core.settings import SettingsStore
from app.ui.interrupts import Interrupts, held_back, postponed

with postponed():
    from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

    from app.ui.appearance import Appearance
    from app.ui.bridge import Bridge, Conversation
    from app.ui.settings.desk import Desk, Keys
    from app.ui.window import Window

_LOG = logging.getLogger(__name__)

_FIRST_PAINT_SECONDS = 2.0
"""How long the first picture may take: a window that starts out of sight is never painted."""

_STOP_SECONDS = 8.0
"""How long the conversation may take to end."""

_HEAVY = (
    "app.ui.chat.bubble",
    "numpy",
    "app.conversation.conversation",
    "app.history.history",
    "websockets.asyncio.client",
)
"""Imported in a thread after the first picture: on the loop they would hold up the window."""

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def run(
    make_conversation: Callable[[], Conversation],
    settings: SettingsStore | None = None,
    keys: Keys | None = None,
) -> int:
    """Show the window and hold the conversation until it is closed.

    Args:
        make_conversation: Called on the loop once the window can be seen; may import what takes long.
        settings: What the person has chosen, already loaded; None for the defaults, which stay as they are.
        keys: Where API keys are kept; None for a window without settings.

    Returns:
        The exit code of the program.
    """
    with held_back() as interrupts:
        app = _application()
        loop = QEventLoop(app)
        loop.set_default_executor(ThreadPoolExecutor(max_workers=4, thread_name_prefix="heron"))
        with _qt_messages_logged(), loop:
            loop.run_until_complete(_main(app, make_conversation, interrupts, settings, keys))
    return 0


async def _main(
    app: QApplication,
    make_conversation: Callable[[], Conversation],
    interrupts: Interrupts,
    settings: SettingsStore | None,
    keys: Keys | None,
) -> None:
    bridge = Bridge()
    store = settings or SettingsStore()
    saver = SettingsSaver(store, bridge.report)
    appearance = Appearance(app, looks=store.current.appearance)
    desk = None if keys is None else Desk(store, keys, bridge)
    if desk is not None:
        desk.changed.connect(lambda now: appearance.wear(now.appearance))
        saver.start()
    window = Window(appearance, bridge, app.windowIcon(), desk)
    closed = asyncio.Event()
    window.closed.connect(closed.set)
    with interrupts.closing(window.close), _errors_reported(bridge):
        conversation = None
        try:
            if not closed.is_set():
                await _shown(window, closed)
            if not closed.is_set():
                conversation = _made(make_conversation, bridge)
            await closed.wait()
        finally:
            if desk is not None:
                await desk.close()
            await bridge.close()
            await _stopped(conversation)
            await saver.close()
    window.deleteLater()


async def _shown(window: Window, closed: asyncio.Event) -> None:
    """Show the window, wait for its first picture, then import what takes long."""
    painted = asyncio.Event()
    window.painted.connect(painted.set)
    window.closed.connect(painted.set)
    window.show()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(painted.wait(), _FIRST_PAINT_SECONDS)
    for module in _HEAVY:
        if not closed.is_set():
            await asyncio.to_thread(importlib.import_module, module)


def _made(make_conversation: Callable[[], Conversation], bridge: Bridge) -> Conversation | None:
    try:
        conversation = make_conversation()
    except Exception as error:  # the window stays and says so
        bridge.report(error)
        return None
    bridge.attach(conversation)
    return conversation


async def _stopped(conversation: Conversation | None) -> None:
    if conversation is None:
        return
    try:
        await asyncio.wait_for(conversation.stop(), _STOP_SECONDS)
    except Exception:
        _LOG.exception("the conversation did not end cleanly")


def _application() -> QApplication:
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(sys.argv[:1])
    app.setApplicationName("heron")
    app.setDesktopFileName("heron")
    app.setQuitOnLastWindowClosed(False)
    app.setWindowIcon(_icon())
    return app


def _icon() -> QIcon:
    picture = QIcon()
    for size in ICON_SIZES:
        if (path := icon(size)).exists():
            picture.addFile(str(path))
    return picture


@contextlib.contextmanager
def _errors_reported(bridge: Bridge) -> Iterator[None]:
    """Turn what nobody has caught - in a callback, a slot, a thread - into a notice."""
    loop = asyncio.get_running_loop()

    def in_callback(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        error = context.get("exception")
        if isinstance(error, Exception):
            bridge.report(error)
        else:
            _LOG.error("%s", context.get("message"))

    def in_slot(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        bridge.report(error)

    def in_thread(args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None:
            loop.call_soon_threadsafe(bridge.report, args.exc_value)

    before = sys.excepthook, threading.excepthook
    loop.set_exception_handler(in_callback)
    sys.excepthook, threading.excepthook = in_slot, in_thread
    try:
        yield
    finally:
        sys.excepthook, threading.excepthook = before
        loop.set_exception_handler(None)


@contextlib.contextmanager
def _qt_messages_logged() -> Iterator[None]:
    """Send Qt's own messages to the log instead of the terminal."""
    log = logging.getLogger("qt")

    def write(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        log.log(_QT_LEVELS.get(kind, logging.WARNING), "%s", text)

    before = qInstallMessageHandler(write)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
