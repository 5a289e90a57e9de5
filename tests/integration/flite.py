"""The voice of a person in tests and benchmarks: Debian's flite. Imports nothing of Heron."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final, Literal

Voice = Literal["rms", "slt"]
"""A man and a woman; both are recognised well, unlike espeak's voices."""


_HUMS: Final = {"mhm": "pau m hh m pau", "mm hmm": "pau m m hh ah m m pau"}
"""What flite would spell, letter by letter, and the sounds that are meant (its own names of them)."""


class FliteMissing(Exception):  # noqa: N818 - reads as what it is
    """flite is not installed."""


def record(text: str, voice: Voice, path: Path) -> None:
    """Write ``text``, spoken, to a WAV file (16 kHz, mono).

    Raises:
        FliteMissing: flite is not installed; the text says how to.
    """
    if shutil.which("flite") is None:
        raise FliteMissing("flite is missing. Install it: apt-get install flite")
    said = ["-p", _HUMS[text]] if text in _HUMS else ["-t", text]
    subprocess.run(["flite", "-voice", voice, *said, "-o", str(path)], check=True)
