"""Motion as the system wants it: asked at the start, and whenever the person comes back to the program."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from app.desktop import motion
from app.ui.appearance import Appearance


class SystemMotion:
    """Keeps the appearance as lively as the system is, from `start` to `close`.

    A system has no common way to tell of a change; who changes it has been in another program meanwhile.

    Args:
        app: The application.
        appearance: What is told.
        ask: Says whether motion is to be reduced; called in a thread.
    """

    def __init__(
        self, app: QApplication, appearance: Appearance, ask: Callable[[], bool] = motion.is_reduced
    ) -> None:
        self._app = app
        self._appearance = appearance
        self._ask = ask
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Ask, and go on asking."""
        self._app.applicationStateChanged.connect(self._on_state)
        self._look()

    async def close(self) -> None:
        """Ask no more."""
        if self._task is not None:
            self._app.applicationStateChanged.disconnect(self._on_state)
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
            self._task = None

    def _on_state(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive:
            self._look()

    def _look(self) -> None:
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._tell(), name="ui-motion")

    async def _tell(self) -> None:
        is_reduced = await asyncio.to_thread(self._ask)
        self._appearance.follow_motion(is_reduced=is_reduced)
