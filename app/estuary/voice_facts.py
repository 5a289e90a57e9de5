"""What a voice session's microphone and speaker are, and how well they keep up."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeviceFacts:
    """One device of a session.

    Attributes:
        name: What a person calls it; empty before it is opened for the first time.
        is_open: Whether sound flows.
        rate: Sample rate in Hz at which it runs.
        latency_s: Seconds between handing over a sample and hearing it; None where that is not known.
        losses: Frames that were lost (microphone), or times it ran dry (speaker), since the session began.
    """

    name: str = ""
    is_open: bool = False
    rate: int = 0
    latency_s: float | None = None
    losses: int = 0


@dataclass(frozen=True, slots=True)
class VoiceFacts:
    """Both devices, and what was dropped on the way to the event loop.

    Attributes:
        microphone: What is spoken into.
        speaker: What is heard.
        dropped_frames: Frames that the event loop or the processing did not take in time.
    """

    microphone: DeviceFacts = DeviceFacts()
    speaker: DeviceFacts = DeviceFacts()
    dropped_frames: int = 0
