"""Which addresses may be opened: those that lead to a page or a letter, never to a file or a program."""

from __future__ import annotations

from PySide6.QtCore import QUrl

_SAFE = frozenset({"http", "https", "mailto"})


def is_safe(address: str) -> bool:
    """Return whether a link may be handed to the system's browser or mail program."""
    url = QUrl(address, QUrl.ParsingMode.StrictMode)
    return url.isValid() and url.scheme().lower() in _SAFE and bool(url.host() or url.path())
