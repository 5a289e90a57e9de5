"""Settings that hardly anybody needs."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import ClassVar, Final

from app.core.settings.concern import Concern
from app.core.settings.setting import choice

_LEVELS: Final = {
    "error": logging.ERROR,
    "warning": logging.WARNING,
    "info": logging.INFO,
    "debug": logging.DEBUG,
}


@dataclass(frozen=True, slots=True)
class Advanced(Concern):
    """What to change when something is being looked into."""

    NAME: ClassVar = "advanced"
    LABEL: ClassVar = "Advanced"

    sample_rate: str = choice(
        "16000",
        label="Sample rate",
        description="Of the sound that goes to the character and comes from it. A higher one is clearer and "
        "takes more of the network; a change connects anew.",
        options={"16000": "16 kHz", "24000": "24 kHz", "48000": "48 kHz"},
    )
    log_level: str = choice(
        "info",
        label="Log",
        description="How much Heron writes into its log files. What is said and your keys are never in them.",
        options={"error": "Errors", "warning": "Warnings", "info": "Normal", "debug": "Everything"},
    )

    @property
    def rate(self) -> int:
        """The sample rate in Hz."""
        return int(self.sample_rate)

    @property
    def level(self) -> int:
        """The log level, as `logging` counts."""
        return _LEVELS[self.log_level]
