"""What the commands do that come from outside: ``heron press`` and its like, and a second start."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject

from app.conversation.state import Link, State
from app.desktop.control_message import Answer, Request
from app.estuary.voice_mode import VoiceMode
from app.ui.bridge import Bridge
from app.ui.far_hold import FarHold
from app.ui.hold import Holder
from app.ui.raising import raise_window
from app.ui.status import is_replying
from app.ui.window import Window

_DONE = Answer(True)


class Remote(QObject):
    """Does what is asked for, and says why where that is not possible now.

    Args:
        window: Returns the window that is there now.
        bridge: Where states come from and actions go to.
        longest_s: Returns how many seconds a turn that was begun by a command lasts at most.
    """

    def __init__(self, window: Callable[[], Window], bridge: Bridge, longest_s: Callable[[], float]) -> None:
        super().__init__()
        self._window = window
        self._bridge = bridge
        self._longest_s = longest_s
        self._far = self.far(Holder.COMMAND)

    def far(self, holder: Holder) -> FarHold:
        """Return a hold of the window's by `holder`, which is somewhere else."""
        return FarHold(lambda: self._window().hold, holder, self._longest_s, self)

    def do(self, request: Request) -> Answer:
        """Do what a command asks for."""
        match request.command:
            case "press":
                return self._press()
            case "release":
                self._far.end()
            case "toggle":
                return self._toggle()
            case "mute":
                return self._mute()
            case "stop":
                if is_replying(self._bridge.shown):
                    self._bridge.interrupt()
            case "show":
                raise_window(self._window(), request.token)
        return _DONE

    @property
    def obstacle(self) -> str | None:
        """Why no turn can be begun now, None when one can."""
        return self._obstacle(self._bridge.shown)

    def _press(self) -> Answer:
        if (obstacle := self.obstacle) is not None:
            return Answer(False, obstacle)
        self._far.begin()
        return _DONE

    def _toggle(self) -> Answer:
        hold = self._window().hold
        if not self._far.is_on and not hold.is_held_by(Holder.CLICK):
            return self._press()
        self._far.end()
        hold.end(Holder.CLICK)  # begun by a click, which is a toggle too
        return _DONE

    def _mute(self) -> Answer:
        if (obstacle := self._distance(self._bridge.shown)) is not None:
            return Answer(False, obstacle)
        self._bridge.toggle_mute()
        return _DONE

    def _obstacle(self, state: State) -> str | None:
        """Return why no turn can be begun now, None when one can."""
        if (obstacle := self._distance(state)) is not None:
            return obstacle
        if not state.has_microphone:
            return self.tr("No microphone can be used. The window says why.")
        if state.mode is not VoiceMode.PUSH_TO_TALK:
            return self.tr("The microphone is always open: just speak. To hold a key, choose push to talk.")
        if state.is_muted:
            return self.tr("The microphone is muted. Unmute it first: heron mute")
        return None

    def _distance(self, state: State) -> str | None:
        """Return why the character cannot be reached now, None when it can."""
        if state.link is Link.READY:
            return None
        if state.link is Link.FAILED:
            return self.tr("Heron is not connected. The window says why: heron show")
        return self.tr("Heron is still connecting. Try again in a moment.")
