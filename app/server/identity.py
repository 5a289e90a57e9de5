"""Who a session is between."""

from __future__ import annotations

from dataclasses import dataclass, field

from app.protocol.client_messages import SessionCapabilities


@dataclass(frozen=True, slots=True)
class Identity:
    """Who a session is between.

    Attributes:
        session_id: Names the session to the client.
        character_id: Who answers.
        player_id: Who speaks.
        rate: Sample rate in Hz, of the microphone and of the voice alike.
        capabilities: What the client can do.
    """

    session_id: str
    character_id: str
    player_id: str
    rate: int
    capabilities: SessionCapabilities = field(default_factory=SessionCapabilities)

    @property
    def player(self) -> tuple[str, str]:
        """The player as this character knows it: what outlives a session is kept under it."""
        return self.character_id, self.player_id
