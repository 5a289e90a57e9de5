from __future__ import annotations

import pytest

from app.core.errors import BadInput
from app.core.settings.profile import ESTUARY, ESTUARY_URL, LOCAL, SERVER, Profile, is_id


def test_each_field_is_declared_for_a_person() -> None:
    described = Profile("a").described()
    assert list(described) == [setting.name for setting in Profile.settings()]
    for setting in Profile.settings():
        assert setting.label
        assert setting.description.endswith(".")


def test_it_is_read_from_what_it_says_of_itself() -> None:
    profile = Profile("home-1", "Home", SERVER, "https://voice.example.org", proxy="http://proxy:3128")
    said = profile.described() | {"colour": "green"}
    assert Profile.made_from("home-1", said) == profile
    assert Profile.made_from("a", {}) == Profile("a")
    assert "id" not in said


@pytest.mark.parametrize("text", ["local", "estuary-3f9a2c1b", "0", "a" * 40])
def test_an_id_is_a_file_name_everywhere(text: str) -> None:
    assert is_id(text)
    assert Profile(text).id == text


@pytest.mark.parametrize(
    "text", ["", "A", "a/b", "..", "a b", "-a", "a" * 41, "con", "lpt1", "current", "ä", "a\n", None, 3]
)
def test_any_other_id_is_refused(text: object) -> None:
    assert not is_id(text)
    with pytest.raises(BadInput, match="is no id of a profile"):
        Profile(text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"kind": "cloud"}, "profile.kind takes local, estuary or server, not "),
        ({"name": 3}, "profile.name takes a line of at most 1000 characters, not 3."),
        ({"allow_insecure": "yes"}, "profile.allow_insecure takes on or off"),
    ],
)
def test_a_wrong_field_is_a_sentence(said: dict[str, object], sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        Profile.made_from("a", said)
    assert str(caught.value).startswith(sentence)


def test_that_of_this_computer_stays_of_this_computer() -> None:
    with pytest.raises(BadInput, match="cannot be of another kind"):
        Profile(LOCAL, kind=ESTUARY)


def test_its_address_and_title_have_defaults() -> None:
    assert (Profile("a").address, Profile("a").title, Profile("a").is_local) == ("", "This computer", True)
    cloud = Profile("b", kind=ESTUARY)
    assert (cloud.address, cloud.title, cloud.is_local) == (ESTUARY_URL, "Estuary cloud", False)
    assert Profile("c", kind=ESTUARY, server_url="https://eu.example").address == "https://eu.example"
    own = Profile("d", "Home", SERVER)
    assert (own.address, own.title) == ("", "Home")
    # A local one keeps the address it was given before it became local, and does not use it.
    assert Profile("e", server_url="https://voice.example.org").address == ""
