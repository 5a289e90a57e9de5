"""The room as a process: it hears the loudspeaker, and the microphone hears it and whoever speaks in it.

``python -m benchmarks.sound.room_process OWN_MS`` runs on the sound card that its environment leads to. Each
line on standard input is a JSON object:

``{"play": PATH, "id": ID, "loops": false}``  mixes a recording (raw PCM16LE mono at 16 kHz) into the
microphone
``{"stop": ID}``                              ends it
``{"delay_ms": MS}``                          sets the delay of the echo path itself
``{"echo": false}``                           lets the microphone hear no loudspeaker
``{"skip": BLOCKS}``                          leaves out blocks of 10 ms that would be too late

Each line on standard output is one too: ``{"ready": true}`` once, ``{"dropouts": N, "blocks": N}`` at the
end. It ends when standard input does.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.sound.echo_path import EchoPath
from tests.audio.signals import Samples, pcm_of, samples_of

RATE: Final = 16_000
BLOCK: Final = RATE // 100
"""Samples that are worked on at once: 10 ms."""

_HEAD_START_S: Final = 0.3
"""Given to the player before the first block, so that nothing piles up while it starts."""

_LATE_S: Final = 0.04
"""A block that comes later than this after the one before has been heard as a gap: the player ran dry.

What has gathered beyond it meanwhile is left out, or everything after it would be late.
"""

_STREAM: Final = (f"--rate={RATE}", "--channels=1", "--format=s16le", "--raw")


@dataclass(slots=True)
class _Sound:
    """A recording that is being mixed in."""

    samples: Samples
    loops: bool
    at: int = 0


class Room:
    """What the microphone hears: the echo and the sounds of the room."""

    def __init__(self) -> None:
        self.path = EchoPath(RATE)
        self.has_echo = True
        self.to_skip = 0
        self._sounds: dict[str, _Sound] = {}

    def obey(self, command: dict[str, Any]) -> None:
        """Do what a line of standard input asks for."""
        match command:
            case {"play": path, "id": name}:
                samples = samples_of(Path(path).read_bytes())
                self._sounds[name] = _Sound(samples, bool(command.get("loops")))
            case {"stop": name}:
                self._sounds.pop(name, None)
            case {"delay_ms": delay_ms}:
                self.path.delay_s = delay_ms / 1000
            case {"skip": blocks}:
                self.to_skip += blocks
            case {"echo": has_echo}:
                self.has_echo = has_echo

    def hear(self, played: Samples) -> Samples:
        """Return what arrives at the microphone while the loudspeaker plays a block."""
        heard = self.path.push(played)
        if not self.has_echo:
            heard = np.zeros(played.size)
        for name, sound in list(self._sounds.items()):
            piece = sound.samples[sound.at : sound.at + played.size]
            sound.at += played.size
            while sound.loops and piece.size < played.size:
                sound.at = played.size - piece.size
                piece = np.concatenate((piece, sound.samples[: sound.at]))
            heard[: piece.size] += piece
            if sound.at >= sound.samples.size and not sound.loops:
                del self._sounds[name]
        return heard


def main() -> None:
    """Run until standard input ends."""
    commands: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
    latency_ms = sys.argv[1]
    player = subprocess.Popen(
        ["pacat", "--playback", "--device=mic_in", f"--latency-msec={latency_ms}", *_STREAM],
        stdin=subprocess.PIPE,
    )
    time.sleep(_HEAD_START_S)
    recorder = subprocess.Popen(
        ["parec", "--device=speaker.monitor", "--latency-msec=10", *_STREAM], stdout=subprocess.PIPE
    )
    threading.Thread(target=_read, args=(commands,), daemon=True).start()
    try:
        blocks, dropouts = _run(Room(), commands, recorder, player)
    finally:
        for process in (recorder, player):
            process.terminate()
            process.wait()
    print(json.dumps({"dropouts": dropouts, "blocks": blocks}), flush=True)


def _read(commands: queue.SimpleQueue[dict[str, Any] | None]) -> None:
    for line in sys.stdin:
        commands.put(json.loads(line))
    commands.put(None)


def _run(
    room: Room,
    commands: queue.SimpleQueue[dict[str, Any] | None],
    recorder: subprocess.Popen[bytes],
    player: subprocess.Popen[bytes],
) -> tuple[int, int]:
    assert recorder.stdout is not None
    assert player.stdin is not None
    source, sink = recorder.stdout.fileno(), player.stdin.fileno()
    blocks = dropouts = 0
    last = 0.0
    waiting = b""
    while True:
        while len(waiting) < 2 * BLOCK:
            piece = os.read(source, 4096)
            if not piece:
                return blocks, dropouts
            waiting += piece
        now = time.monotonic()
        if last and now - last > _LATE_S:
            dropouts += 1
            room.to_skip += int((now - last - _LATE_S) * 100)
        last = now
        while not commands.empty():
            command = commands.get()
            if command is None:
                return blocks, dropouts
            room.obey(command)
        while len(waiting) >= 2 * BLOCK:
            heard = pcm_of(room.hear(samples_of(waiting[: 2 * BLOCK])))
            waiting = waiting[2 * BLOCK :]
            if room.to_skip:
                room.to_skip -= 1
            else:
                os.write(sink, heard)
            if not blocks:
                print(json.dumps({"ready": True}), flush=True)
            blocks += 1


if __name__ == "__main__":
    main()
