"""Every word in a bubble can be read, in both themes, whatever is marked in it."""

from __future__ import annotations

import pytest

from app.conversation.line import Author
from app.ui.chat.ink import ink_of
from app.ui.theme import DARK, LIGHT, Theme, contrast

THEMES = pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])


@THEMES
@pytest.mark.parametrize("author", Author)
@pytest.mark.parametrize("is_caption", [False, True])
def test_every_ink_stands_out_from_its_ground(theme: Theme, author: Author, is_caption: bool) -> None:
    pairs = ink_of(theme, author, is_caption=is_caption).pairs()
    weak = {name: round(contrast(text, ground), 2) for name, text, ground in pairs}
    assert len(weak) == 9
    assert {name: ratio for name, ratio in weak.items() if ratio < 4.5} == {}


@THEMES
def test_what_is_marked_stands_out_from_what_is_not(theme: Theme) -> None:
    for author in Author:
        ink = ink_of(theme, author)
        for tone in (ink.selection, ink.match, ink.current_match):
            assert contrast(tone.ground, ink.ground) > 1.2, author
        assert ink.match.ground != ink.current_match.ground


@THEMES
def test_what_was_heard_can_be_told_from_what_was_not(theme: Theme) -> None:
    ink = ink_of(theme, Author.CHARACTER)
    assert contrast(ink.text, ink.unheard) >= 1.8
