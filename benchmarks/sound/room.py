"""The room around a sound card, from outside: who speaks in it when, and what its ears hear."""

from __future__ import annotations

import math
import os
import subprocess
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import numpy as np

from app.core.errors import UserError
from benchmarks.sound.child import Child
from benchmarks.sound.clip import Clip, recorded
from benchmarks.sound.ear import EAR_RATE, Ear
from benchmarks.sound.echo_path import SWING_S
from benchmarks.sound.hearing import find
from benchmarks.sound.noises import RATE, pink
from benchmarks.sound.promptness import make_prompt, prompt
from tests.audio.room import DELAY_S
from tests.integration.sound_card import SoundCard

_PLAYER_MS: Final = "50"
"""Buffer of the room's player: with it the rig itself delays the echo by some 42 of the 60 ms."""

_OWN_S: Final = 0.042
_LEAST_S: Final = SWING_S + 0.002
"""Least delay of the echo path itself."""

_WAY_S: Final = 0.03
"""Seconds from a command to the sound at the microphone, about; the true time is found afterwards."""

_SLACK_S: Final = 0.015
"""Seconds by which the echo's delay may be off, drift included; more are set right: the rig stumbled."""

_ALIKE: Final = 0.25
"""Correlation from which an echo, or speech over one, counts as found."""

_START_S: Final = 10.0


class Room:
    """A sound card whose microphone hears its loudspeaker, with ears on both. A context manager.

    Args:
        folder: Where recordings may be put.
        has_echo: Whether the microphone hears the loudspeaker.

    Attributes:
        card: The sound card.
        speaker: An ear at the loudspeaker.
        microphone: An ear at the microphone.
        delays_ms: The delay of the echo each time it was measured.
        corrections: Times that the rig had stumbled and the delay was set right.
    """

    card: SoundCard
    speaker: Ear
    microphone: Ear

    def __init__(self, folder: Path, *, has_echo: bool = True) -> None:
        self._folder = folder
        self._has_echo = has_echo
        self._stack = ExitStack()
        self._number = 0
        self._path_s = DELAY_S - _OWN_S
        self.delays_ms: list[float] = []
        self.corrections = 0

    def __enter__(self) -> Self:
        with self._stack as stack:
            with prompt():
                self.card = stack.enter_context(SoundCard())
                make_prompt(self.card.process_id)
                self._process = stack.enter_context(
                    Child("benchmarks.sound.room_process", _PLAYER_MS, env=self.card.env)
                )
                self.speaker = stack.enter_context(Ear(self.card.env, "speaker.monitor"))
                self.microphone = stack.enter_context(Ear(self.card.env, "mic_in.monitor"))
            self._process.expect("ready", _START_S)
            self._calibrate()
            self._process.tell(echo=self._has_echo)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.close()

    def play(self, clip: Clip, *, loops: bool = False) -> str:
        """Let ``clip`` be heard at the microphone; return its name for `stop`."""
        self._number += 1
        name = str(self._number)
        self._process.tell(play=str(clip.path), id=name, loops=loops)
        return name

    def play_at(self, clip: Clip, at: float) -> None:
        """Let ``clip`` begin at the microphone at about ``at`` (``time.monotonic()``)."""
        time.sleep(max(0.0, at - _WAY_S - time.monotonic()))
        self.play(clip)

    def stop(self, name: str) -> None:
        """End what `play` began."""
        self._process.tell(stop=name)

    def onset(self, clip: Clip, near: float) -> float:
        """Return when ``clip``, played some time ago, began at the microphone: to the sample.

        Raises:
            UserError: It was not heard there.
        """
        self.microphone.await_time(near + clip.seconds + 0.3)
        heard, began = self.microphone.between(near - 0.3, near + clip.seconds + 0.3)
        place = find(clip.samples, heard)
        if place.likeness < _ALIKE:
            raise UserError("What was said in the room did not arrive at its microphone.")
        return began + place.at / EAR_RATE

    def echo_delay_s(self, begin: float, end: float) -> float | None:
        """Return how long the echo of what was played between two times took; None if it cannot be told."""
        played, played_at = self.speaker.between(begin, end)
        heard, heard_at = self.microphone.between(begin, end + 0.3)
        if not played.size or np.abs(played).max() < 1_000:
            return None
        place = find(played, heard)
        return None if place.likeness < _ALIKE else heard_at + place.at / EAR_RATE - played_at

    def check(self, begin: float, end: float) -> None:
        """Measure the echo's delay between two past times, and set it right if the rig has stumbled."""
        delay_s = self.echo_delay_s(begin, end)
        if delay_s is None:
            return
        self.delays_ms.append(delay_s * 1000)
        if abs(delay_s - DELAY_S) > _SLACK_S:
            self.corrections += 1
            self._set_right(delay_s)

    def _calibrate(self) -> None:
        """Set the delay of the echo path so that rig and path together have the room's."""
        probe = recorded("", pink(1.0, -20, seed=5), self._folder / "probe.raw")
        arguments = [
            "--playback",
            "--device=speaker",
            f"--rate={RATE}",
            "--channels=1",
            "--format=s16le",
            "--raw",
        ]
        for _ in range(2):
            began = time.monotonic()
            self._run("pacat", *arguments, "--latency-msec=100", str(probe.path))
            ended = time.monotonic()
            self.microphone.await_time(ended + 0.5)
            delay_s = self.echo_delay_s(began, ended)
            if delay_s is None:
                raise UserError("The room of the benchmarks does not echo.")
            self._set_right(delay_s)

    def _set_right(self, delay_s: float) -> None:
        self._path_s += DELAY_S - delay_s
        if self._path_s < _LEAST_S:
            # What the rig's own buffers have gathered is taken out of them.
            skipped = math.ceil((_LEAST_S - self._path_s) * 100)
            self._process.tell(skip=skipped)
            self._path_s += skipped / 100
        self._process.tell(delay_ms=self._path_s * 1000)

    def _run(self, *command: str) -> None:
        subprocess.run(command, env={**os.environ, **self.card.env}, check=True)
