"""What a backend tells of the keys, and of itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum

from app.desktop.hotkeys.action import Action


class Cause(Enum):
    """Why a key counts as released."""

    RELEASED = "released"
    NOT_SEEN = "not seen"
    """It is up, and nobody saw it go up."""
    REBOUND = "rebound"
    """The keys were bound anew meanwhile."""
    LOST = "lost"
    """Nobody tells of keys any more."""


@dataclass(frozen=True, slots=True)
class Pressed:
    """The chord of an action went down; once, however long it is held.

    Attributes:
        action: What it is for.
        at: When it was met, in seconds of `time.monotonic`.
    """

    action: Action
    at: float


@dataclass(frozen=True, slots=True)
class Released:
    """The chord of an action went up; exactly once after each `Pressed`.

    Attributes:
        action: What it is for.
        at: When that was met, in seconds of `time.monotonic`.
        cause: How it is known.
    """

    action: Action
    at: float
    cause: Cause = Cause.RELEASED


@dataclass(frozen=True, slots=True)
class Changed:
    """What the backend says of itself is another thing now: describe() and refusals()."""


@dataclass(frozen=True, slots=True)
class Lost:
    """The backend has ended by itself; whatever was held has been released before.

    Attributes:
        why: What happened, in a sentence.
    """

    why: str


HotkeyEvent = Pressed | Released | Changed | Lost

OnEvent = Callable[[HotkeyEvent], None]
"""Called on the event loop that started the backend. It must not raise."""
