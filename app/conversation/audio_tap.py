"""Which of the two sounds of a conversation a frame belongs to."""

from __future__ import annotations

from enum import Enum


class AudioTap(Enum):
    """Where a frame was taken."""

    MICROPHONE = "microphone"
    CHARACTER = "character"
