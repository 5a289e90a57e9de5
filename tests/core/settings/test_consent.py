from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.settings import Privacy
from app.core.settings.consent import PictureConsent


@given(st.text(), st.text(min_size=1), st.from_regex(r"[a-z0-9][a-z0-9-]{0,20}", fullmatch=True))
def test_it_is_read_as_it_was_written(address: str, character_id: str, profile_id: str) -> None:
    given_to = PictureConsent(profile_id, character_id, address)
    found = PictureConsent.read(given_to.written)
    assert found is None or found == given_to  # some profiles' ids are reserved
    assert Privacy(pictures_for=(given_to.written,)).pictures_for == (given_to.written,)


def test_it_reads_well() -> None:
    assert PictureConsent("local", "default").written == "local - default"
    at_work = PictureConsent("work-1", "Ada L", "https://voice.example.org:8443/a")
    assert at_work.written == "work-1 https://voice.example.org:8443/a Ada%20L"
    assert PictureConsent.read(at_work.written) == at_work


def test_another_server_is_somebody_else() -> None:
    here, there = (
        PictureConsent("p", "c", address) for address in ("https://a.example", "https://b.example")
    )
    assert here.written != there.written


@pytest.mark.parametrize(
    "text", ["", "local", "local -", "local  x", "UPPER - x", "con - x", "a b c d", "- - -"]
)
def test_what_is_none_is_none(text: str) -> None:
    assert PictureConsent.read(text) is None
