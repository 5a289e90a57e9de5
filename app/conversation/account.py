"""What it takes to talk to a server that is not ours to start."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

DEFAULT_CHARACTER: Final = "default"
"""Id of the local server's own character."""


@dataclass(frozen=True, slots=True)
class Account:
    """A server, the key to it, and which of its characters to talk to."""

    server_url: str
    api_key: str = field(repr=False)
    character_id: str = DEFAULT_CHARACTER
