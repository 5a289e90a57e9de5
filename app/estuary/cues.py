"""The sounds by which a session says what it does, for people who do not look at it."""

from __future__ import annotations

import time
from typing import Final

from app.audio.playback.earcon import Earcon, load
from app.estuary.player import AudioPlayer

PATIENCE_S: Final = 0.25
"""Seconds after a press within which nobody waits for a microphone: a sound would fall on the first word."""

_NONE: Final[frozenset[Earcon]] = frozenset()


class Cues:
    """Plays earcons over a player, beside what it says.

    Args:
        player: The speaker.
    """

    def __init__(self, player: AudioPlayer) -> None:
        self._player = player
        self.chosen = _NONE
        """The earcons that are played; the others are silent."""
        self._due: float | None = None

    def await_microphone(self, patience_s: float) -> None:
        """Play `Earcon.LISTENING_ON` once the microphone hears, unless that is sooner than ``patience_s``."""
        self._due = time.monotonic() + patience_s

    def microphone_hears(self) -> None:
        """Take note of a frame: only now is it certain that nothing more is lost."""
        due, self._due = self._due, None
        if due is not None and time.monotonic() >= due:
            self.play(Earcon.LISTENING_ON)

    def play(self, earcon: Earcon) -> None:
        """Play one now, if it is chosen and the speaker is open."""
        if earcon in self.chosen and self._player.is_open:
            self._player.play_cue(*load(earcon))
