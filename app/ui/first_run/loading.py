"""The first steps, made without holding up the window: what they need is imported in a thread beforehand."""

from __future__ import annotations

import asyncio
import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from app.ui.appearance import Appearance
    from app.ui.face import Face
    from app.ui.first_run.first_run import FirstRun
    from app.ui.hold import Hold
    from app.ui.settings.desk import Desk

_MODULES = (
    "app.ui.first_run.first_run",
    "app.audio.capture.microphone",
    "app.audio.speech.processed_source",
    "app.audio.speech.voice_chain",
    "app.ui.settings.device_chooser",
)


def import_first_run() -> None:
    """Import what they need; may be called in a thread."""
    for module in _MODULES:
        importlib.import_module(module)


async def made_first_run(
    appearance: Appearance, desk: Desk, hold: Hold, face: Face, parent: QWidget
) -> FirstRun:
    """Return a new page, which is neither shown nor begun. The arguments are those of `FirstRun`."""
    await asyncio.to_thread(import_first_run)
    from app.ui.first_run.first_run import FirstRun

    page = FirstRun(appearance, desk, hold, face, parent)
    await asyncio.sleep(0)  # to make it and to show it takes too long for one turn of the loop
    return page
