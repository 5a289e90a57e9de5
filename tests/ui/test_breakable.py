from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.ui.breakable import BREAK, breakable, unbroken


def test_an_address_breaks_after_its_signs() -> None:
    assert breakable("https://a-b.org").split(BREAK) == ["https:", "/", "/", "a-", "b.", "org"]


@given(st.text(st.characters(exclude_characters=BREAK)))
def test_it_is_the_same_address(address: str) -> None:
    assert unbroken(breakable(address)) == address
