"""Runs the window: one Qt event loop that is the asyncio loop of the conversation as well."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import importlib
import logging
import os
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType
from typing import TYPE_CHECKING, Any

from app.conversation.settings_saver import SettingsSaver
from app.core.resources import ICON_SIZES, icon
from app.core.settings import Settings, SettingsStore
from app.core.settings.first_steps import are_due
from app.ui.interrupts import Interrupts, held_back, postponed

with postponed():
    from PySide6.QtCore import QMessageLogContext, QTimer, QtMsgType, qInstallMessageHandler
    from PySide6.QtGui import QIcon, QSessionManager
    from PySide6.QtWidgets import QApplication
    from qasync import QEventLoop

    from app.ui.appearance import STYLE, STYLED, Appearance
    from app.ui.bridge import Bridge, Conversation
    from app.ui.hold import Holder
    from app.ui.language import Language
    from app.ui.motion import SystemMotion
    from app.ui.settings.desk import Desk, Keys
    from app.ui.stage import Stage
    from app.ui.window import Window

if TYPE_CHECKING:
    from app.desktop.hotkeys.backend import HotkeyBackend
    from app.desktop.instance import Instance

_LOG = logging.getLogger(__name__)

_APP_ID = "heron"
"""Name of our .desktop file, without the ending."""

_FIRST_PAINT_SECONDS = 2.0
"""How long the first picture may take: a window that starts out of sight is never painted."""

_STOP_SECONDS = 6.0
"""How long the conversation may take to end: a session that ends kills who takes much longer."""

_HEAVY = (
    "app.ui.remote",
    "app.ui.hotkeys",
    "app.desktop.hotkeys.choice",
    "app.desktop.control_server",
    "app.desktop.login_follower",
    "app.ui.chat.list",
    "app.ui.chat.announcer",
    "app.ui.chat.bubble",
    "app.ui.requests.request_pane",
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
    *,
    is_guided: bool = False,
    instance: Instance | None = None,
    is_hidden: bool = False,
) -> int:
    """Show the window and hold the conversation until it is closed.

    Args:
        make_conversation: Called on the loop once the window can be seen; may import what takes long.
        settings: What the person has chosen, already loaded; None for the defaults, which stay as they are.
        keys: Where API keys are kept; None for a window without settings.
        is_guided: Whether somebody who has never been here is led through the first steps.
        instance: Where commands come in; None for a window that is reached by none.
        is_hidden: Whether the window stays out of sight until a command shows it.

    Returns:
        The exit code of the program.
    """
    with held_back() as interrupts:
        app = _application()
        loop = QEventLoop(app)
        loop.set_default_executor(ThreadPoolExecutor(max_workers=4, thread_name_prefix="heron"))
        with _qt_messages_logged(), loop:
            main = _main(
                app,
                make_conversation,
                interrupts,
                settings,
                keys,
                is_guided=is_guided,
                instance=instance,
                is_hidden=is_hidden,
            )
            _complete(loop, main)
    return 0


async def _main(
    app: QApplication,
    make_conversation: Callable[[], Conversation],
    interrupts: Interrupts,
    settings: SettingsStore | None,
    keys: Keys | None,
    *,
    is_guided: bool,
    instance: Instance | None,
    is_hidden: bool,
) -> None:
    bridge = Bridge()
    store = settings or SettingsStore()
    saver = SettingsSaver(store, bridge.report)
    appearance = Appearance(app, looks=store.current.appearance)
    desk = None if keys is None else Desk(store, keys, bridge)
    language = Language(app)
    language.speak(store.current.appearance.language)
    stage = Stage(lambda: Window(appearance, bridge, app.windowIcon(), desk), bridge)

    def look(now: Settings) -> None:
        appearance.wear(now.appearance)
        if language.speak(now.appearance.language):
            QTimer.singleShot(0, stage.renew)  # not under the hands of who has chosen it

    if desk is not None:
        desk.changed.connect(look)
        saver.start()
    motion = SystemMotion(app, appearance)
    closed = asyncio.Event()
    stage.closed.connect(closed.set)

    def end() -> None:
        stage.close()
        closed.set()

    outside = contextlib.AsyncExitStack()
    with interrupts.closing(end), _session_followed(app, end), _errors_reported(bridge):
        conversation = None
        try:
            if not closed.is_set():
                if not is_hidden or instance is None or instance.listening is None:
                    await _shown(stage)
                if is_guided and await asyncio.to_thread(are_due, store) and not closed.is_set():
                    stage.window.show_first_steps()
                await _imported(closed)
                motion.start()
                await _open_to_outside(outside, instance, stage, bridge, store, desk)
            if not closed.is_set():
                conversation = _made(make_conversation, bridge)
            await closed.wait()
        finally:
            await outside.aclose()
            await motion.close()
            if desk is not None:
                await desk.close()
            await bridge.close()
            await _stopped(conversation)
            await saver.close()
    stage.clear()
    language.close()


async def _open_to_outside(
    outside: contextlib.AsyncExitStack,
    instance: Instance | None,
    stage: Stage,
    bridge: Bridge,
    store: SettingsStore,
    desk: Desk | None,
) -> None:
    """Take commands and keys from other programs, and let the system start this one; `outside` ends it."""
    if instance is None:
        return
    from app.desktop.control_server import ControlServer
    from app.desktop.login_follower import LoginFollower
    from app.ui.hotkeys import GlobalHotkeys
    from app.ui.remote import Remote

    login = LoginFollower(store, bridge.report)
    outside.push_async_callback(login.close)
    login.start()
    remote = Remote(lambda: stage.window, bridge, lambda: store.current.talk.longest_hold_s)
    hotkeys = GlobalHotkeys(store, remote, remote.far(Holder.HOTKEY), bridge, _way_to_keys)
    outside.push_async_callback(hotkeys.close)
    hotkeys.start()
    if desk is not None:
        desk.use_hotkeys(hotkeys)
    if instance.listening is not None:
        server = ControlServer(remote.do, instance.secret)
        outside.push_async_callback(server.close)
        await server.start(instance.listening)


def _way_to_keys() -> HotkeyBackend:
    from app.desktop.hotkeys.choice import backend_of, choose_backend

    choice = choose_backend(os.environ, sys.platform)
    return backend_of(choice, app_id=_APP_ID, platform=sys.platform)


def _complete(loop: QEventLoop, work: Coroutine[Any, Any, None]) -> None:
    """Run ``work`` to its end, also when the session or the system's menu makes Qt quit under it."""
    main = loop.create_task(work)
    main.add_done_callback(lambda _: loop.stop())
    while not main.done():
        loop.run_forever()
    loop.run_until_complete(main)


@contextlib.contextmanager
def _session_followed(app: QApplication, end: Callable[[], None]) -> Iterator[None]:
    """Call `end` when the session ends, or the system wants this program to."""

    def on_session_end(_manager: QSessionManager) -> None:
        end()

    app.commitDataRequest.connect(on_session_end)
    app.aboutToQuit.connect(end)
    try:
        yield
    finally:
        app.aboutToQuit.disconnect(end)
        app.commitDataRequest.disconnect(on_session_end)


async def _shown(stage: Stage) -> None:
    """Show the window, and wait for its first picture."""
    painted = asyncio.Event()
    stage.painted.connect(painted.set)
    stage.closed.connect(painted.set)
    stage.show()
    with contextlib.suppress(TimeoutError):
        await asyncio.wait_for(painted.wait(), _FIRST_PAINT_SECONDS)


async def _imported(closed: asyncio.Event) -> None:
    """Import what takes long, unless the window is closed."""
    gc.enable()  # the start was not to be held up
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
        app = QApplication([*sys.argv[:1], "-style", STYLE])
        app.setProperty(STYLED, STYLE)
    app.setApplicationName("heron")
    app.setDesktopFileName(_APP_ID)
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
    last = ""

    def write(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        nonlocal last
        if text != last:  # of a screen that has gone it tells thousands of times
            last = text
            log.log(_QT_LEVELS.get(kind, logging.WARNING), "%s", text)

    before = qInstallMessageHandler(write)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
