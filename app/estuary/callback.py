"""Calling what a program has handed over: its mistakes are logged and harm nothing here."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

_LOG: Final = logging.getLogger(__name__)


def call_safely(callback: Callable[..., object], *arguments: object) -> None:
    """Call a plain function and log what it raises."""
    try:
        callback(*arguments)
    except Exception:
        name = getattr(callback, "__qualname__", None) or repr(callback)
        _LOG.exception("the callback %s failed", name)
