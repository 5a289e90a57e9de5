"""The user of the benchmarks: Debian's flite voices, spoken into WAV files."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Final

from app.core.errors import UserError
from tests.integration.flite import Voice, record

VOICES: Final[tuple[Voice, ...]] = ("rms", "slt")
"""A man's and a woman's voice that the recogniser was never tuned on."""

_ENSURE: Final = Path(__file__).parent.parent / "packaging" / "linux" / "ensure.sh"


def speak(sentence: str, voice: Voice, path: Path) -> Path:
    """Write ``sentence`` in one of `VOICES` to ``path`` (16 kHz mono WAV) and return the path.

    Raises:
        UserError: flite is missing and could not be installed.
    """
    _ensure_flite()
    record(sentence, voice, path)
    return path


def _ensure_flite() -> None:
    if shutil.which("flite") is None:
        subprocess.run(["sh", str(_ENSURE), "test"], check=False)
    if shutil.which("flite") is None:
        raise UserError("The benchmarks speak with flite, which is missing: apt-get install flite")
