"""What a conversation shows and sounds like, carried to whoever draws it."""

from __future__ import annotations

from collections.abc import Callable

from app.conversation import happening as h
from app.conversation.audio_tap import AudioTap
from app.conversation.reduce import reduce
from app.conversation.state import State

Unsubscribe = Callable[[], None]


class Feed:
    """Keeps the one state and tells of each new one. It belongs to the event loop.

    Args:
        state: How it begins.
    """

    def __init__(self, state: State) -> None:
        self._state = state
        self._listeners: list[Callable[[State], None]] = []
        self._audio_listeners: list[Callable[[AudioTap, bytes], None]] = []

    @property
    def state(self) -> State:
        """The conversation as it is now."""
        return self._state

    def subscribe(self, listener: Callable[[State], None]) -> Unsubscribe:
        """Call ``listener`` with each new state; return what takes that back."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def on_audio(self, listener: Callable[[AudioTap, bytes], None]) -> Unsubscribe:
        """Call ``listener`` with each 20 ms frame captured or played; return what takes that back."""
        self._audio_listeners.append(listener)
        return lambda: self._audio_listeners.remove(listener)

    def happened(self, happening: h.Happening) -> None:
        """Take a fact and tell of the state it leads to; of the same one nobody is told."""
        state = reduce(self._state, happening)
        if state is self._state:
            return
        self._state = state
        for listener in list(self._listeners):
            listener(state)

    def audio(self, tap: AudioTap, frame: bytes) -> None:
        """Pass a frame on (PCM16LE mono)."""
        for listener in list(self._audio_listeners):
            listener(tap, frame)
