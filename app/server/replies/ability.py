"""What one skill of the built-in character looks like."""

from __future__ import annotations

from typing import Protocol

from app.server.replies.replier import Prompt
from app.server.replies.words import Words


class Ability(Protocol):
    """Answers the prompts it understands and leaves all others alone."""

    def answer(self, prompt: Prompt, words: Words, /) -> str | None:
        """Return the answer as one or more plain sentences, or None if this is not for it.

        Args:
            prompt: What was said, by whom and when.
            words: The words of ``prompt.text`` as `words_of` gives them.
        """
        ...
