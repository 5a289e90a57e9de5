"""``talk``: word errors and the time to the first audio, through ``heron talk`` as a person uses it."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from app.core.errors import UserError
from benchmarks.progress_bar import progress
from benchmarks.row import Row
from benchmarks.user_voice import VOICES, speak
from benchmarks.word_errors import word_error_rate

_SENTENCES: Final = Path(__file__).with_name("sentences.txt")
"""Twenty everyday sentences; every second one is beyond the built-in commands."""

_QUICK: Final = 3
"""Sentences per voice of a quick run."""

_WER_LIMIT: Final = 12.0
_FIRST_AUDIO_LIMIT_MS: Final = 900.0


@dataclass(slots=True)
class _Spoken:
    """One recording and what became of it."""

    sentence: str
    path: Path
    heard: list[str] = field(default_factory=list)
    first_audio_ms: float | None = None


def measure(*, quick: bool) -> list[Row]:
    """Speak every sentence in every voice and return the rows."""
    sentences = _SENTENCES.read_text(encoding="utf-8").split("\n")
    sentences = [line for line in sentences if line][: _QUICK if quick else None]
    with tempfile.TemporaryDirectory(prefix="heron-bench-") as folder:
        spoken = [
            _Spoken(sentence, speak(sentence, voice, Path(folder) / f"{voice}-{number}.wav"))
            for voice in VOICES
            for number, sentence in enumerate(sentences)
        ]
        total = len(spoken)
        done = 0
        # A voice is a person: each gets a session of its own, as two people would.
        for at in range(0, total, len(sentences)):
            for event in _talk(spoken[at : at + len(sentences)]):
                done += event
                progress("talk", done, total)
    wer = word_error_rate((one.sentence, " ".join(one.heard)) for one in spoken)
    times = [one.first_audio_ms for one in spoken if one.first_audio_ms is not None]
    if not times:
        raise UserError("No recording was answered. Run “./run doctor” to see what is missing.")
    claim = f"{total} recordings of everyday sentences, two voices"
    return [
        Row.at_most("talk.wer_flite", f"Word errors, {claim}", wer, "%", _WER_LIMIT),
        Row.at_most(
            "talk.first_audio_p50_ms",
            "End of speech to the first audio of the reply, median",
            statistics.median(times),
            "ms",
            _FIRST_AUDIO_LIMIT_MS,
        ),
    ]


def _talk(spoken: list[_Spoken]) -> Iterator[int]:
    """Run ``heron talk`` on the recordings; yield 1 whenever one has been answered."""
    by_file = {str(one.path): one for one in spoken}
    command = [sys.executable, "-P", "-m", "app", "talk", "--json", *by_file]
    # Its own memory, and its own server whatever the person has set.
    own = {name: value for name, value in os.environ.items() if name != "HERON_SERVER"} | {
        "HERON_HOME": str(spoken[0].path.parent / "home")
    }
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=own, text=True) as process:
        assert process.stdout is not None
        answered: set[str] = set()
        for line in process.stdout:
            event = json.loads(line)
            one = by_file.get(event["file"] or "")
            if one is None:
                continue
            if event["event"] == "stt" and event["final"]:
                one.heard.append(event["text"])
            elif event["event"] == "timing":
                one.first_audio_ms = event["end_of_speech_to_first_audio_ms"]
            elif event["event"] == "voice" and event["file"] not in answered:
                answered.add(event["file"])
                yield 1
