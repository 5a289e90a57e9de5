"""What the character asks of the client: a picture to look at, and a page to open."""

from __future__ import annotations

import re
import uuid
from typing import Final
from urllib.parse import urlsplit

from app.protocol.server_messages import CameraCapture, ClientAction
from app.server.replies.replier import Prompt
from app.server.replies.words import Words, has, words_of

Errand = CameraCapture | ClientAction

_LOOK: Final = (
    "look at my screen",
    "look at the screen",
    "look at this",
    "have a look",
    "take a look",
    "see my screen",
    "see this",
    "on my screen",
    "take a picture",
    "take a photo",
    "take a screenshot",
    "what do you see",
    "what can you see",
)
_LONGEST: Final = 300
"""Characters of what is said that are looked through."""

_PAGE: Final = re.compile(
    r"(?:please )?open (?:up )?(?:the )?(?:page |site |website )?"
    r"((?:https?://)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})(?:/\S*?)?)[.!]?",
    re.IGNORECASE,
)


class Errands:
    """Answers what needs the client: the answer is half of it, `errand_of` the other."""

    def answer(self, prompt: Prompt, words: Words, /) -> str | None:
        """Answer when something is to be looked at or opened, and the client can do it."""
        match errand_of(prompt, words):
            case CameraCapture():
                return "Choose what you want to show me. I can only tell how large it is."
            case ClientAction(arguments={"url": str(page)}):
                return f"Here is {urlsplit(page).hostname}. It opens when you click on it."
        return None


def errand_of(prompt: Prompt, words: Words | None = None, message_id: str = "") -> Errand | None:
    """Return what to ask of the client for a prompt; None for nothing, as mostly.

    Args:
        prompt: What was said, and what the client can do.
        words: The words of it, where they are at hand.
        message_id: The reply that it belongs to.
    """
    if len(prompt.text) > _LONGEST:
        return None
    if prompt.can_act and (page := _PAGE.fullmatch(prompt.text.strip())) is not None:
        address = page[1] if "://" in page[1] else f"https://{page[1]}"
        return ClientAction(name="open_link", arguments={"url": address}, message_id=message_id)
    if prompt.can_show and has(words_of(prompt.text) if words is None else words, *_LOOK):
        return CameraCapture(request_id=uuid.uuid4().hex, text="What would you like to show me?")
    return None
