"""Heron's window as it is, run with a reader that tells what its widgets show.

``python -m tests.integration.window_app`` prints a JSON object per change, see `window_process.Seen`. With
``--guided`` it leads through the first steps whoever has never been in ``HERON_HOME`` before;
with ``--hidden`` it waits out of sight.
"""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QAbstractButton

from app.conversation.backend import backend
from app.conversation.conversation import Conversation
from app.conversation.profile_backend import ProfileBackend
from app.core.settings import SettingsStore
from app.desktop.instance import Instance
from app.desktop.key_ring import KeyRing
from app.ui import application
from app.ui.chat.list import ChatList
from app.ui.window import Window
from tests.integration.widget_reader import WidgetReader


def main() -> int:
    """Run the window; return its exit code."""
    is_guided = "--guided" in sys.argv
    settings, keys = SettingsStore(), KeyRing()
    reader = WidgetReader(_seen)

    def conversation() -> Conversation:
        reader.start()
        place = ProfileBackend(settings, keys) if is_guided else backend(None)
        return Conversation(place, settings=settings)

    with Instance() as instance:
        assert instance.claim(), "another window is there"
        if not is_guided:
            return application.run(conversation, instance=instance, is_hidden="--hidden" in sys.argv)
        settings.load()
        return application.run(conversation, settings, keys, is_guided=True, instance=instance)


def _seen(window: Window) -> dict[str, Any]:
    seen: dict[str, Any] = {
        "lines": window.chat.list.texts(),
        "status": window.header.status_text,
        "notice": window.notice_bar.text,
        "replays": [place.toTuple() for place in _replays(window.chat.list)],
        "replaying": window.chat.list.delegate.replaying or "",
    }
    page = window._first_run
    if page is not None:
        buttons = [button for button in page.findChildren(QAbstractButton) if button.isVisible()]
        places = {button.text(): button.mapToGlobal(button.rect().center()) for button in buttons}
        seen["step"] = page.step.title.text()
        seen["finding"] = page.microphone.finding.text()
        seen["said"] = page.talk.said.texts()
        seen["places"] = {text: place.toTuple() for text, place in places.items()}
    return seen


def _replays(chat: ChatList) -> list[QPoint]:
    """Return where on the screen the buttons are that play a voice again, oldest first."""
    places = []
    for number in range(chat.model().rowCount()):
        row = chat.delegate.row(number)
        if row.replay is not None and chat.delegate.can_replay(row.line):
            origin = chat.visualRect(chat.model().index(number, 0)).topLeft()
            places.append(chat.viewport().mapToGlobal(origin + row.replay.center().toPoint()))
    return places


if __name__ == "__main__":
    sys.exit(main())
