"""What a character asks of the person: a picture, or something to be done on this computer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.conversation.actions import Plan
from app.core.settings.consent import PictureConsent


@dataclass(frozen=True, slots=True)
class PictureRequest:
    """The character would like to see something.

    Attributes:
        number: Unique within the conversation, rising.
        request_id: What the server calls it.
        text: What the character says to it; may be empty.
        asker: Who asks, as consent would be given to it.
        at: When.
    """

    number: int
    request_id: str
    text: str
    asker: PictureConsent
    at: datetime

    @property
    def outlives_connection(self) -> bool:
        """Whether it is still of use when the connection it came over is lost."""
        return False


@dataclass(frozen=True, slots=True)
class ActionRequest:
    """The character wants something done.

    Attributes:
        number: Unique within the conversation, rising.
        plan: What is to become of it.
        at: When it was asked for.
        message_id: The reply it belongs to; may be empty.
        due: When a timer rings; None for everything else.
        has_rung: Whether it has.
        is_told: Whether the system has shown its notification.
    """

    number: int
    plan: Plan
    at: datetime
    message_id: str = ""
    due: datetime | None = None
    has_rung: bool = False
    is_told: bool = False

    @property
    def outlives_connection(self) -> bool:
        """Whether it is still of use when the connection it came over is lost: a timer is the person's."""
        return self.due is not None

    @property
    def is_running(self) -> bool:
        """Whether it is a timer that has not rung yet."""
        return self.due is not None and not self.has_rung


Request = PictureRequest | ActionRequest
