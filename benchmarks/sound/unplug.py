"""Pulling the plug: how soon does sound flow on another device, and does it ever stay away?"""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import numpy as np

from benchmarks.sound.barge_in import NEVER_MS
from benchmarks.sound.child import Child
from benchmarks.sound.clip import recorded, sentences
from benchmarks.sound.ear import Ear
from benchmarks.sound.hearing import SILENT
from benchmarks.sound.listening_server import ListeningServer
from benchmarks.sound.noises import RATE
from benchmarks.sound.promptness import make_prompt, prompt
from benchmarks.sound.steps import Steps
from benchmarks.sound.usage import Usage
from tests.audio.signals import Samples, pcm_of, samples_of
from tests.integration.sound_card import SoundCard

_SENTENCES: Final = Path(__file__).parents[1] / "sentences.txt"
_PATIENCE_S: Final = 20.0
_DEADLINE_S: Final = 5.0
"""Seconds without sound after which a device counts as deaf or dumb."""

_BACK_S: Final = 0.3
"""Seconds for which sound must flow on the device that came back before it is pulled again."""

_WARM_UP: Final = 8
"""Cycles before the memory of a leak's beginning is taken."""

_HEARD: Final = 100.0
"""RMS of a frame in which the second microphone's voice is heard: the first one is silent."""


def measure(folder: Path, count: int, steps: Steps) -> dict[str, Any]:
    """Pull microphone and speaker in turns and return the milliseconds until sound flowed elsewhere."""
    voice = _restless(folder)
    times: list[float] = []
    back: list[float] = []
    with prompt():
        card = SoundCard(microphones=("mic", "mic2"), speakers=("speaker", "speaker2"))
        card.start()
        make_prompt(card.process_id)
    try:
        with (
            _murmur(card, voice, folder),
            ListeningServer() as server,
            Child("benchmarks.sound.subject", env=card.env | {"HERON_HOME": str(folder / "home")}) as subject,
        ):
            subject.tell(url=server.url, api_key="est_benchmark", mode="continuous", folder=str(folder))
            subject.expect("ready", _PATIENCE_S)
            before = Usage.of(subject.pid)
            for number in range(count):
                # One half pulls the microphone while the character is silent, the other the speaker while
                # it speaks.
                if number == count // 2:
                    server.play(pcm_of(np.tile(voice, 60)), "long")
                    time.sleep(1.0)
                cycle = _pull_microphone if number < count // 2 else _pull_speaker
                gone_ms, back_ms = cycle(card, server)
                times.append(gone_ms)
                back.append(back_ms)
                if number + 1 == min(_WARM_UP, count):
                    before = Usage.of(subject.pid)
                steps.reach(number + 1)
            after = Usage.of(subject.pid)
            errors = [event["error"] for event in subject.take() + subject.events if "error" in event]
    finally:
        card.stop()
    return {
        "fallback_ms": times,
        "back_ms": back,
        "before": str(before),
        "after": str(after),
        "usage": [asdict(before), asdict(after)],
        "has_leaked": int(after.has_leaked_since(before)),
        "errors": errors,
    }


def _pull_microphone(card: SoundCard, server: ListeningServer) -> tuple[float, float]:
    pulled_at = time.monotonic()
    card.unplug("mic")
    gone_ms = _until(lambda: _is_voice(server, pulled_at), pulled_at)
    plugged_at = time.monotonic()
    card.plug("mic")
    back_ms = _until(lambda: _is_silence(server, plugged_at), plugged_at)
    time.sleep(_BACK_S)
    return gone_ms, back_ms


def _pull_speaker(card: SoundCard, _server: ListeningServer) -> tuple[float, float]:
    with _ear(card, "speaker2.monitor") as other:
        pulled_at = time.monotonic()
        card.unplug("speaker")
        gone_ms = _until(lambda: _sounds(other, pulled_at), pulled_at)
    plugged_at = time.monotonic()
    card.plug("speaker")
    with _ear(card, "speaker.monitor") as usual:
        back_ms = _until(lambda: _sounds(usual, plugged_at), plugged_at)
    time.sleep(_BACK_S)
    return gone_ms, back_ms


def _until(find: Any, since: float) -> float:
    """Return the milliseconds from ``since`` to what ``find`` finds; `NEVER_MS` and more if it never does."""
    while time.monotonic() - since < _DEADLINE_S:
        at = find()
        if at is not None:
            return float(1000 * (at - since))
        time.sleep(0.01)
    return max(NEVER_MS, 1000 * _DEADLINE_S)


def _is_voice(server: ListeningServer, since: float) -> float | None:
    """Return when the server first received the second microphone's voice after ``since``."""
    for at, pcm in reversed(server.frames[-100:]):
        if at <= since:
            return None
        if _rms(pcm) > _HEARD:
            return at
    return None


def _is_silence(server: ListeningServer, since: float) -> float | None:
    """Return when frames had become silent for 100 ms after ``since``."""
    last = server.frames[-5:]
    is_silent = len(last) == 5 and all(at > since and _rms(pcm) < _HEARD for at, pcm in last)
    return last[0][0] if is_silent else None


def _sounds(ear: Ear, since: float) -> float | None:
    """Return when something was first heard after ``since``."""
    heard, heard_at = ear.between(since, time.monotonic())
    loud = np.flatnonzero(np.abs(heard) > SILENT)
    return heard_at + float(loud[0]) / RATE if loud.size else None


def _rms(pcm: bytes) -> float:
    samples = samples_of(pcm)
    return float(np.sqrt((samples**2).mean())) if samples.size else 0.0


def _ear(card: SoundCard, source: str) -> Ear:
    with prompt():
        return Ear(card.env, source)


def _restless(folder: Path) -> Samples:
    """Return half a minute of speech without a pause: wherever it is heard, it is heard at once."""
    speech = np.concatenate([clip.samples for clip in sentences(_SENTENCES, folder, 0, 16)])
    blocks = speech[: speech.size // 320 * 320].reshape(-1, 320)
    loud = blocks[np.sqrt((blocks**2).mean(axis=1)) > 300]
    restless: Samples = loud.reshape(-1)
    return restless


@contextmanager
def _murmur(card: SoundCard, voice: Samples, folder: Path) -> Iterator[None]:
    """Let the second microphone hear ``voice`` again and again."""
    clip = recorded("", voice, folder / "murmur.raw")
    command = f'while cat "{clip.path}"; do :; done | pacat --playback --device=mic2_in --rate={RATE} '
    process = subprocess.Popen(
        ["sh", "-c", command + "--channels=1 --format=s16le --raw"],
        env={**os.environ, **card.env},
        start_new_session=True,
    )
    try:
        yield
    finally:
        os.killpg(process.pid, 15)
        process.wait()
