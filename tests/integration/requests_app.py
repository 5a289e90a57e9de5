"""Heron's window on a server that is named as the first argument, with a reader of the requests it shows.

``python -m tests.integration.requests_app URL KEY`` prints a JSON object per change: ``cards``, each with its
``told`` words, its ``note`` and the middle of each of its ``buttons`` on the screen; ``ready``; ``notice``.
"""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtWidgets import QAbstractButton

from app.conversation.account import Account
from app.conversation.backend import RemoteBackend
from app.conversation.conversation import Conversation
from app.conversation.state import Link
from app.core.settings import SettingsStore
from app.desktop.key_ring import KeyRing
from app.ui import application
from app.ui.requests.request_card import RequestCard
from app.ui.window import Window
from tests.integration.widget_reader import WidgetReader


def main() -> int:
    """Run the window; return its exit code."""
    url, key = sys.argv[1:]
    reader = WidgetReader(_seen)
    settings = SettingsStore()
    settings.load()

    def conversation() -> Conversation:
        reader.start()
        return Conversation(RemoteBackend(Account(url, key)), settings=settings)

    return application.run(conversation, settings, KeyRing())


def _seen(window: Window) -> dict[str, Any]:
    cards = [card for card in window.findChildren(RequestCard) if not card.isHidden()]
    return {
        "ready": window._state.link is Link.READY,
        "is_visible": window.isVisible(),
        "middle": _middle(window),
        "notice": window.notice_bar.text,
        "cards": [
            {
                "told": card.told,
                "note": card.note.text(),
                "buttons": {
                    button.text() or button.accessibleName(): _middle(button)
                    for button in card.findChildren(QAbstractButton)
                    if button.isVisible()
                },
            }
            for card in cards
        ],
    }


def _middle(widget: Any) -> tuple[int, int]:
    middle = widget.mapToGlobal(widget.rect().center())
    return middle.x(), middle.y()


if __name__ == "__main__":
    sys.exit(main())
