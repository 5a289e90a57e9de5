from __future__ import annotations

import math
from base64 import urlsafe_b64encode

import pytest

from app.server.client_token import LONGEST, PREFIX, BadToken, ClientToken, _signature, issue, verify

KEY = "est_key"
NOW = 1_800_000_000.0
TOKEN = issue(KEY, "ada", NOW + 60)
NOT_VALID = "The client token is not valid for this server."


@pytest.mark.parametrize("player", ["ada", "Ådä 🎉", 'a"b.c', "x" * 1_000])
def test_a_token_says_who_and_until_when(player: str) -> None:
    token = issue(KEY, player, NOW + 0.5)
    assert token.startswith(PREFIX)
    assert token.isascii()
    assert not set(token) & {"\r", "\n", " ", "=", "/", "+"}
    assert verify(KEY, token, NOW) == ClientToken(player_id=player, expires_at=NOW + 0.5)


@pytest.mark.parametrize("late_s", [0.0, 0.001, 1e9])
def test_a_token_ends(late_s: float) -> None:
    with pytest.raises(BadToken, match=r"^The client token has expired\.$"):
        verify(KEY, TOKEN, NOW + 60 + late_s)


@pytest.mark.parametrize(
    "token",
    [
        "",
        "ect_",
        "ect_.",
        ".",
        TOKEN[:-1],
        TOKEN + "0",
        TOKEN.upper(),
        TOKEN.replace("ect_", "est_"),
        TOKEN.removeprefix(PREFIX),
        TOKEN.replace(".", ""),
        TOKEN.split(".")[0],
        TOKEN.split(".")[0] + ".",
        TOKEN.replace("ect_", "ect_A"),
        " " + TOKEN,
        TOKEN + "\n",
        "\ud800" + TOKEN,
        TOKEN + "\ud800",
        "x" * 10_000_000,
        issue("another key", "ada", NOW + 60),
    ],
    ids=range(19),
)
def test_nothing_else_is_a_token(token: str) -> None:
    with pytest.raises(BadToken) as caught:
        verify(KEY, token, NOW)
    assert str(caught.value) == NOT_VALID


def test_every_letter_of_a_token_counts() -> None:
    for at, letter in enumerate(TOKEN):
        other = TOKEN[:at] + ("A" if letter != "A" else "B") + TOKEN[at + 1 :]
        with pytest.raises(BadToken, match=NOT_VALID):
            verify(KEY, other, NOW)


def test_a_token_that_is_too_long_is_not_looked_at() -> None:
    token = issue(KEY, "x" * LONGEST, NOW + 60)
    with pytest.raises(BadToken, match=NOT_VALID):
        verify(KEY, token, NOW)


def test_what_is_signed_for_another_purpose_is_no_token() -> None:
    signed = "est_" + urlsafe_b64encode(b'{"player_id":"ada","expires_at":9e12}').decode().rstrip("=")
    with pytest.raises(BadToken, match=NOT_VALID):
        verify(KEY, f"{signed}.{_signature(KEY, signed)}", NOW)


@pytest.mark.parametrize(("player", "end"), [("", NOW), ("ada", math.inf), ("ada", math.nan)])
def test_a_token_for_nobody_or_for_ever_is_not_issued(player: str, end: float) -> None:
    with pytest.raises(ValueError, match="a token needs a player and an end"):
        issue(KEY, player, end)
