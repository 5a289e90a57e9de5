"""Opens the window with the first steps in it, at a desk with a stand-in conversation."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from app.ui.appearance import Appearance
from app.ui.first_run.first_run import FirstRun
from app.ui.first_run.step import Step
from app.ui.window import Window
from tests.ui.open_window import Opened, until
from tests.ui.settings.at_desk import AtDesk, at_desk, gone


@dataclass
class Guided(Opened):
    """A window that shows the first steps."""

    at_desk: AtDesk

    @property
    def page(self) -> FirstRun:
        """The first steps."""
        assert self.window._first_run is not None
        return self.window._first_run

    def is_at(self, step: Step) -> bool:
        """Return whether a step is shown."""
        return self.page.step is step and step.isVisible()

    @property
    def is_over(self) -> bool:
        """Whether the conversation is shown instead."""
        window = self.window
        return window._first_run is None and window.chat.isVisible() and window.controls.isVisible()

    @property
    def stage(self) -> str:
        """What is remembered."""
        return self.at_desk.desk.settings.first_steps.stage


@asynccontextmanager
async def guided(appearance: Appearance) -> AsyncIterator[Guided]:
    """Show the window and lead through the first steps."""
    async with at_desk() as it:
        window = Window(appearance, it.desk.bridge, desk=it.desk)
        window.show_state(it.conversation.state)
        window.show()
        window.activateWindow()
        await until(window.isActiveWindow)
        window.show_first_steps()
        await until(lambda: window._first_run is not None, 10)
        try:
            yield Guided(window, it.desk.bridge, it.conversation, appearance, it)
        finally:
            await gone(window)
