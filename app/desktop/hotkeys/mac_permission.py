"""Whether macOS lets us listen to the keyboard; without its leave, it is silent and gives no error."""

from __future__ import annotations

import ctypes
import ctypes.util
import logging
from collections.abc import Callable
from typing import Any, Final

from app.core.translation import translate

_LOG: Final = logging.getLogger(__name__)


def is_allowed() -> bool:
    """Return whether keys of other programs can be heard: by Input Monitoring, or by Accessibility."""
    return _asked("CoreGraphics", "CGPreflightListenEventAccess") or _asked(
        "ApplicationServices", "AXIsProcessTrusted"
    )


def ask() -> None:
    """Have macOS ask the person, which it does once, and show us in its list."""
    _asked("CoreGraphics", "CGRequestListenEventAccess")


def explanation() -> str:
    """Return what the person has to do, in words."""
    return translate(
        "Hotkeys",
        "macOS does not let Heron hear keys while another program is in front. Allow it in System Settings,"
        " Privacy & Security, Input Monitoring; then start Heron again.",
    )


def _asked(framework: str, function: str, load: Callable[[str], Any] = ctypes.CDLL) -> bool:
    """Call a function of the system that answers yes or no; no where it does not have it."""
    try:
        call = getattr(load(ctypes.util.find_library(framework) or framework), function)
    except (OSError, AttributeError):
        _LOG.info("this macOS has no %s", function)
        return False
    call.restype, call.argtypes = ctypes.c_bool, []
    return bool(call())
