"""What the person wants, by a key that was pressed anywhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.hold_guard import Ending


@dataclass(frozen=True, slots=True)
class HoldBegan:
    """Talk for as long as the key is down.

    Attributes:
        at: When the key went down, in seconds of `time.monotonic`.
    """

    at: float


@dataclass(frozen=True, slots=True)
class HoldEnded:
    """Talk no longer; exactly once after each `HoldBegan`.

    Attributes:
        why: What has ended it. What was said until then was said on purpose, whatever it is.
    """

    why: Ending


@dataclass(frozen=True, slots=True)
class Wanted:
    """Do something once.

    Attributes:
        action: What; never to hold.
        at: When the key went down, in seconds of `time.monotonic`.
    """

    action: Action
    at: float


Command = HoldBegan | HoldEnded | Wanted

OnCommand = Callable[[Command], None]
"""Called on the event loop. It must not raise."""
