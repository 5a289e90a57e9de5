"""The voice of a person in tests and benchmarks: Debian's flite. Imports nothing of Heron."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Literal

Voice = Literal["rms", "slt"]
"""A man and a woman; both are recognised well, unlike espeak's voices."""


class FliteMissing(Exception):  # noqa: N818 - reads as what it is
    """flite is not installed."""


def record(text: str, voice: Voice, path: Path) -> None:
    """Write ``text``, spoken, to a WAV file (16 kHz, mono).

    Raises:
        FliteMissing: flite is not installed; the text says how to.
    """
    if shutil.which("flite") is None:
        raise FliteMissing("flite is missing. Install it: apt-get install flite")
    subprocess.run(["flite", "-voice", voice, "-t", text, "-o", str(path)], check=True)
