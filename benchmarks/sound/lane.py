"""A lane: parts of the suite, one after the other, on a sound card of its own in a process of its own.

``python -m benchmarks.sound.lane SEED PART=AMOUNT...`` prints a JSON object per line: ``{"part": NAME, "by":
N}`` when a part has come further, ``{"part": NAME, "result": {...}}`` when it is done, ``{"part": NAME,
"failed": SENTENCE}`` when it could not be done; the others go on. It ends early when standard input does.
"""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
import threading
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from app.core.errors import HeronError
from benchmarks.sound import (
    backchannel,
    barge_in,
    cpu,
    false_turn,
    key_stop,
    noises,
    press,
    self_talk,
    underrun,
    unplug,
)
from benchmarks.sound.clip import BACKCHANNELS, Clip, recorded, sentences, spoken
from benchmarks.sound.steps import Steps
from benchmarks.sound.studio import Studio
from benchmarks.user_voice import VOICES
from tests.integration.sound_card import SoundCardError

_SENTENCES: Final = Path(__file__).parents[1] / "sentences.txt"


class Lane:
    """Does the parts; those of echo and turn-taking share one studio.

    Args:
        seed: Which of the possible runs this is.
        folder: Where files may be put.
        stack: Ends the studio.
    """

    def __init__(self, seed: int, folder: Path, stack: ExitStack) -> None:
        self._seed = seed
        self._folder = folder
        self._stack = stack
        self._studio: Studio | None = None

    def measure(self, part: str, amount: int, steps: Steps) -> dict[str, Any]:
        """Return what came of a part of ``amount`` repetitions or seconds."""
        studio: dict[str, Callable[[], dict[str, Any]]] = {
            "self_talk": lambda: self_talk.measure(self._in_studio(), amount, steps),
            "barge_in": lambda: barge_in.measure(self._in_studio(), self._sentences(amount), steps),
            "backchannel": lambda: backchannel.measure(self._in_studio(), self._murmurs(amount), steps),
            "false_turn": lambda: false_turn.measure(self._in_studio(), amount, self._seed, steps),
            "key_stop": lambda: key_stop.measure(self._in_studio(), amount, steps),
        }
        if part in studio:
            result = studio[part]()
            return result | self._echo()
        own = {"press": press, "unplug": unplug, "underrun": underrun, "cpu": cpu}[part]
        measured: dict[str, Any] = own.measure(self._folder, amount, steps)
        return measured

    def leave_studio(self) -> None:
        """Start the next part in a fresh one."""
        self._studio = None
        self._stack.close()

    def _in_studio(self) -> Studio:
        if self._studio is None:
            self._studio = self._stack.enter_context(Studio(self._folder, self._seed))
        return self._studio

    def _echo(self) -> dict[str, Any]:
        """Return what the rig says of itself since this was last asked."""
        room = self._in_studio().room
        delays, room.delays_ms = room.delays_ms, []
        corrections, room.corrections = room.corrections, 0
        return {"delays_ms": delays, "corrections": corrections}

    def _sentences(self, count: int) -> list[Clip]:
        """Return what is said over the character: each lane begins at another sentence."""
        return sentences(_SENTENCES, self._folder, self._seed * 17, count)

    def _murmurs(self, count: int) -> list[Clip]:
        """Return what may only duck: three of five are hums and words of a listener, the others noises."""
        hums = [(words, voice) for words in BACKCHANNELS for voice in VOICES]
        murmurs = []
        for number in range(count):
            kind, seed = number % 5, self._seed * 1_000 + number
            if kind == 3:
                murmurs.append(recorded("", noises.cough(seed), self._folder / f"cough-{seed}.raw"))
            elif kind == 4:
                murmurs.append(recorded("", noises.door(seed), self._folder / f"door-{seed}.raw"))
            else:
                words, voice = hums[(number // 5 * 3 + kind + self._seed * 7) % len(hums)]
                murmurs.append(spoken(words, voice, self._folder))
        return murmurs


def main() -> None:
    """Do what the command line asks for."""
    is_done = threading.Event()
    threading.Thread(target=_watch, args=(is_done,), name="parent watch", daemon=True).start()
    seed = int(sys.argv[1])
    parts = [argument.partition("=") for argument in sys.argv[2:]]
    with tempfile.TemporaryDirectory(prefix="heron-bench-") as folder, ExitStack() as stack:
        lane = Lane(seed, Path(folder), stack)
        for part, _, amount in parts:
            try:
                result = lane.measure(part, int(amount), Steps(_teller(part)))
            except Exception as error:
                # One part that cannot be measured must not take the others with it.
                is_told = isinstance(error, HeronError | SoundCardError)
                if not is_told:
                    traceback.print_exc()
                _tell(part=part, failed=str(error) if is_told else f"{type(error).__name__}: {error}")
                lane.leave_studio()
            else:
                _tell(part=part, result=result)
        is_done.set()


def _watch(is_done: threading.Event) -> None:
    """End as by Ctrl+C when the parent has gone before the work was done."""
    sys.stdin.read()
    if not is_done.is_set():
        os.kill(os.getpid(), signal.SIGINT)


def _teller(part: str) -> Callable[[float], None]:
    return lambda by: _tell(part=part, by=by)


def _tell(**event: Any) -> None:
    print(json.dumps(event), flush=True)


if __name__ == "__main__":
    main()
