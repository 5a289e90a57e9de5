from __future__ import annotations

import pytest

from app.protocol.client_messages import Authenticate, SessionCapabilities
from app.server.client_token import issue
from app.server.door import Admission, Door, Refused
from app.server.identity import Identity

KEY = "est_key"
NOW = 1_800_000_000.0
DOOR = Door(KEY)


def by_key(**fields: object) -> Authenticate:
    given = {"api_key": KEY, "character_id": "default", "player_id": "ada"} | fields
    return Authenticate(**given)  # type: ignore[arg-type]


def by_token(player: str = "ada", left_s: float = 60, **fields: object) -> Authenticate:
    return by_key(api_key=None, client_token=issue(KEY, player, NOW + left_s), **fields)


def test_the_key_lets_anyone_in_for_good() -> None:
    admission = DOOR.admit(by_key(audio_sample_rate=24_000), NOW)
    who = admission.identity
    assert (who.character_id, who.player_id, who.rate) == ("default", "ada", 24_000)
    assert admission.expires_at is None
    assert who.player == ("default", "ada")
    assert who.session_id != DOOR.admit(by_key(), NOW).identity.session_id


def test_a_token_lets_its_player_in_until_it_expires() -> None:
    admission = DOOR.admit(by_token("ada", player_id="grace"), NOW)
    assert admission.identity.player_id == "ada"
    assert admission.expires_at == NOW + 60


def test_a_token_goes_before_a_key() -> None:
    with pytest.raises(Refused, match=r"^The client token is not valid for this server\.$"):
        DOOR.admit(by_key(client_token="ect_forged"), NOW)
    wrong_key = by_key(api_key="est_wrong", client_token=issue(KEY, "ada", NOW + 60))
    assert DOOR.admit(wrong_key, NOW).identity.player_id == "ada"


def test_an_empty_token_is_none() -> None:
    assert DOOR.admit(by_key(client_token=""), NOW).expires_at is None


@pytest.mark.parametrize("key", [None, "", KEY[:-1], KEY + "x", "\ud800", "schlüssel"])
def test_no_other_key_lets_in(key: str | None) -> None:
    with pytest.raises(Refused, match=r"^The API key is not valid for this server\.$"):
        DOOR.admit(by_key(api_key=key), NOW)


def test_a_token_that_has_expired_does_not_let_in() -> None:
    with pytest.raises(Refused, match=r"^The client token has expired\.$"):
        DOOR.admit(by_token(left_s=0), NOW)


def test_a_token_is_no_way_round_the_rest() -> None:
    with pytest.raises(Refused, match="no character “zeus” here"):
        DOOR.admit(by_token(character_id="zeus"), NOW)
    with pytest.raises(Refused, match="between 8000 and 48000 Hz"):
        DOOR.admit(by_token(audio_sample_rate=96_000), NOW)


def test_a_fresh_token_of_the_same_player_prolongs_the_stay() -> None:
    admission = DOOR.admit(by_token(), NOW)
    renewed = DOOR.renew(admission, issue(KEY, "ada", NOW + 600), NOW + 30)
    assert renewed == Admission(admission.identity, NOW + 600)


@pytest.mark.parametrize(
    ("token", "sentence"),
    [
        ("", "The client token is not valid for this server."),
        ("ect_forged", "The client token is not valid for this server."),
        (issue("another key", "ada", NOW + 600), "The client token is not valid for this server."),
        (issue(KEY, "ada", NOW + 30), "The client token has expired."),
        (issue(KEY, "grace", NOW + 600), "The client token names another player."),
    ],
)
def test_other_tokens_do_not_prolong_it(token: str, sentence: str) -> None:
    admission = DOOR.admit(by_token(), NOW)
    with pytest.raises(Refused) as caught:
        DOOR.renew(admission, token, NOW + 30)
    assert str(caught.value) == sentence


def test_a_stay_without_an_end_is_not_prolonged() -> None:
    admission = Admission(Identity("s1", "default", "ada", 16_000))
    with pytest.raises(Refused, match="opened with an API key, so there is no token to renew"):
        DOOR.renew(admission, issue(KEY, "ada", NOW + 600), NOW)


def test_other_characters_let_in_too() -> None:
    door = Door(KEY, {"default", "ada"}.__contains__)
    assert door.admit(by_key(character_id="ada"), NOW).identity.character_id == "ada"
    with pytest.raises(Refused, match=r"^There is no character “bert” here; use “default”\.$"):
        door.admit(by_key(character_id="bert"), NOW)


def test_a_visitor_has_the_key_or_is_one_player() -> None:
    assert DOOR.visitor(KEY, NOW) is None
    assert DOOR.visitor(issue(KEY, "ada", NOW + 60), NOW) == "ada"
    for presented in ("", "est_wrong", "ect_forged", issue(KEY, "ada", NOW), issue("other", "ada", NOW + 60)):
        with pytest.raises(Refused):
            DOOR.visitor(presented, NOW)


def test_what_a_client_can_do_is_known() -> None:
    told = SessionCapabilities(camera=False, client_action=True)
    assert DOOR.admit(by_key(capabilities=told), NOW).identity.capabilities == told
    unsaid = DOOR.admit(by_key(), NOW).identity.capabilities
    assert unsaid.camera
    assert not unsaid.client_action
