"""Words for someone who may be in danger: the one case in which a refusal must not be just that."""

from __future__ import annotations

import re
from typing import Final

from app.server.replies.replier import Prompt
from app.server.replies.words import Words

_DANGER: Final = re.compile(
    r"\b(?:(?:kill|hurt|harm)(?:ing)? myself|suicid\w*|end my (?:own )?life|(?:want|wish) to die)\b"
)

_ANSWER: Final = (
    "I am only a small program and cannot help with this, but please do not stay alone with it. "
    "Talk to someone you trust, or call your local emergency number. "
    "In the United States you can call or text 988."
)


class Care:
    """Says where real help is."""

    def answer(self, prompt: Prompt, words: Words) -> str | None:
        """Return the answer, None when nothing points to danger."""
        return _ANSWER if _DANGER.search(" ".join(words)) else None
