from __future__ import annotations

import pytest

from app.core.errors import BadInput
from app.core.settings.profile import ESTUARY, LOCAL, Profile, is_id
from app.core.settings.profiles import Profiles, changes_between, profiles_in

CLOUD = Profile("cloud-1", "Cloud", ESTUARY)
TWO = Profiles((Profile(LOCAL), CLOUD), "cloud-1")


def test_the_local_one_is_always_there() -> None:
    assert list(Profiles()) == [Profile(LOCAL)]
    assert Profiles().current == Profile(LOCAL)
    with pytest.raises(BadInput, match="local profile"):
        Profiles((CLOUD,), "cloud-1")
    with pytest.raises(BadInput, match="stays"):
        Profiles().without(LOCAL)


def test_no_two_have_one_id() -> None:
    with pytest.raises(BadInput, match="the same id"):
        Profiles((Profile(LOCAL), CLOUD, CLOUD))
    changed = Profile("cloud-1", "Sky", ESTUARY)
    assert TWO.with_(changed).all == (Profile(LOCAL), changed)
    made = {TWO.new_id("Zürich & more") for _ in range(50)}
    assert len(made) == 50
    assert all(is_id(each) for each in made)
    assert all(is_id(TWO.new_id(name)) for name in ("", "con", "…", "x" * 200, "../../etc"))


def test_one_is_added_chosen_and_taken_out() -> None:
    profiles = Profiles().with_(CLOUD)
    assert profiles.current_id == LOCAL
    profiles = profiles.talking_with("cloud-1")
    assert profiles == TWO
    assert profiles.current == CLOUD
    assert profiles.without("cloud-1") == Profiles()
    for there_is_none in (profiles.talking_with, profiles.without, profiles.get):
        with pytest.raises(BadInput, match="There is no profile “nobody”"):
            there_is_none("nobody")


def test_they_are_read_from_the_settings_file() -> None:
    assert profiles_in({}) == (Profiles(), [])
    section = {"current": "cloud-1", "cloud-1": CLOUD.described()}
    assert profiles_in(section) == (TWO, [])
    named = Profile(LOCAL, "Here")
    assert profiles_in(section | {"local": named.described()})[0].all == (named, CLOUD)


@pytest.mark.parametrize(
    ("section", "sentence"),
    [
        ({"current": "gone"}, "The profile “gone” is not there;"),
        ({"current": []}, "The profile “[]” is not there;"),
        ({"cloud-1": 3}, "The profile “cloud-1” is none."),
        ({"../x": {}}, "“../x” is no id of a profile"),
        ({"cloud-1": {"kind": "sky"}}, "profile.kind takes local, estuary or server"),
        ({"local": {"kind": "estuary"}}, "The profile of this computer cannot be of another kind."),
    ],
)
def test_one_that_is_damaged_is_left_out_and_told(section: dict[str, object], sentence: str) -> None:
    profiles, notes = profiles_in(section)
    assert profiles == Profiles()
    assert len(notes) == 1
    assert notes[0].startswith(sentence)


def test_only_what_changed_is_written() -> None:
    assert changes_between(TWO, TWO) == {}
    assert changes_between(Profiles(), TWO) == {"cloud-1": CLOUD.described(), "current": "cloud-1"}
    assert changes_between(TWO, Profiles()) == {"cloud-1": None, "current": LOCAL}
