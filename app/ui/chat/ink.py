"""The colours of a bubble: which inks stand on its ground, whatever is marked in it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor

from app.conversation.line import Author
from app.ui.theme import Theme, Tone, blend

_CODE_TINT = 0.09
"""How much of the accent is laid over the ground of code."""


@dataclass(frozen=True, slots=True)
class Ink:
    """Every colour of one kind of bubble.

    Attributes:
        ground: The bubble's own.
        text: Words that count as heard.
        unheard: Words that were not heard, yet or because the reply was cut.
        link: What can be clicked.
        code_ground: The box of code.
        selection: Words selected with the mouse.
        match: Words that were searched for.
        current_match: The same in the line the search has arrived at.
    """

    ground: QColor
    text: QColor
    unheard: QColor
    link: QColor
    code_ground: QColor
    selection: Tone
    match: Tone
    current_match: Tone

    def pairs(self) -> list[tuple[str, QColor, QColor]]:
        """Return every (name, text, ground) that can be seen, for a check of their contrast."""
        inks = {"text": self.text, "unheard": self.unheard, "link": self.link}
        grounds = {"ground": self.ground, "code": self.code_ground}
        tones = {
            "selection": self.selection,
            "match": self.match,
            "current match": self.current_match,
        }
        pairs = [(f"{ink} on {ground}", i, g) for ink, i in inks.items() for ground, g in grounds.items()]
        return pairs + [(name, tone.text, tone.ground) for name, tone in tones.items()]


def ink_of(theme: Theme, author: Author, *, is_caption: bool = False) -> Ink:
    """Return the colours of a bubble; a caption stands on the window itself."""
    if author is Author.CHARACTER:
        ground, text, unheard, link = theme.character.ground, theme.character.text, theme.quiet, theme.accent
        selection = theme.primary
    elif is_caption:
        ground, text, unheard, link = theme.window, theme.quiet, theme.quiet, theme.accent
        selection = theme.primary
    else:
        ground, text = theme.person.ground, theme.person.text
        unheard = link = text
        selection = Tone(text, ground)
    return Ink(
        ground=ground,
        text=text,
        unheard=unheard,
        link=link,
        code_ground=blend(link, ground, _CODE_TINT if link is not text else 0.0),
        selection=selection,
        match=theme.live,
        current_match=Tone(theme.beak, QColor("#16262d")),
    )
