"""Who the client is: a key, or tokens that are fetched, checked, kept and renewed."""

from __future__ import annotations

import asyncio
import time
import traceback
from collections.abc import Callable
from typing import Any

import pytest

from app.estuary import ClientCredential, ErrorCode, EstuaryError, credentials
from app.estuary.credentials import RENEW_BEFORE_S, SHORTEST_S, Credentials
from app.protocol.client_messages import Authenticate
from tests.estuary.conftest import config_for

pytestmark = pytest.mark.asyncio


def token(number: int = 1, seconds: float = 3_600, player: str = "player-1") -> ClientCredential:
    return ClientCredential(f"ect_{number}", player, time.time() + seconds)


class Provider:
    """Hands out what it was given, in order; exceptions are raised."""

    def __init__(self, *results: object) -> None:
        self._results = list(results)
        self.calls = 0

    async def __call__(self) -> Any:
        self.calls += 1
        await asyncio.sleep(0)
        result = self._results.pop(0)
        if isinstance(result, BaseException):
            raise result
        return result


def with_tokens(*results: object) -> tuple[Credentials, Provider]:
    provider = Provider(*results)
    return Credentials(config_for("https://example.com", api_key="", token_provider=provider)), provider


def with_key() -> Credentials:
    return Credentials(config_for("https://example.com", api_key="est_key"))


async def refused(made: Credentials) -> EstuaryError:
    with pytest.raises(EstuaryError) as caught:
        await made.login()
    assert caught.value.code is ErrorCode.AUTH_FAILED
    return caught.value


async def test_a_key_says_who_connects_and_who_asks() -> None:
    made = with_key()
    assert await made.login() == Authenticate(api_key="est_key", player_id="player-1")
    assert await made.headers() == {"X-API-Key": "est_key"}
    assert not made.expire


async def test_a_token_says_who_connects_and_who_asks() -> None:
    made, provider = with_tokens(token(player="canonical"))
    assert made.expire
    assert await made.login() == Authenticate(client_token="ect_1", player_id="canonical")
    assert await made.headers() == {"Authorization": "Bearer ect_1", "X-Player-Id": "canonical"}
    assert provider.calls == 1


async def test_a_token_is_fetched_again_when_it_is_used_up_or_asked_for_anew() -> None:
    soon = RENEW_BEFORE_S - 1
    made, provider = with_tokens(token(1, soon), token(2), token(3))
    assert (await made.token()).token == "ect_1"
    assert (await made.token()).token == "ect_2"
    assert (await made.token()).token == "ect_2"
    assert (await made.token(is_new=True)).token == "ect_3"
    assert provider.calls == 3


async def test_two_who_ask_at_once_fetch_one() -> None:
    made, provider = with_tokens(token())
    first, second = await asyncio.gather(made.token(), made.token())
    assert first is second
    assert provider.calls == 1


async def test_it_is_renewed_before_it_expires_but_not_all_the_time() -> None:
    made, _ = with_tokens(token(1, 100), token(2, 1))
    assert made.renewal_in_s > 1e9
    await made.token()
    assert 69 < made.renewal_in_s <= 100 - RENEW_BEFORE_S
    await made.token(is_new=True)
    assert made.renewal_in_s == SHORTEST_S


@pytest.mark.parametrize(
    ("result", "why"),
    [
        (None, "no ClientCredential"),
        ("ect_1", "no ClientCredential"),
        (ClientCredential(None, "p", 9e9), "no ClientCredential"),  # type: ignore[arg-type]
        (ClientCredential("ect_1", 7, 9e9), "no ClientCredential"),  # type: ignore[arg-type]
        (ClientCredential("ect_1", "p", "soon"), "no ClientCredential"),  # type: ignore[arg-type]
        (ClientCredential("est_secret", "p", 9e9), "begins with ect_"),
        (ClientCredential("ect_secret\r\nX: y", "p", 9e9), "begins with ect_"),
        (ClientCredential("ect_secret", "", 9e9), "no player"),
        (ClientCredential("ect_secret", "p", 1.0), "expired"),
        (ClientCredential("ect_secret", "p", float("inf")), "expired"),
        (ClientCredential("ect_secret", "p", float("nan")), "expired"),
        (RuntimeError("ect_secret"), "RuntimeError"),
        (asyncio.CancelledError(), "CancelledError"),
    ],
)
async def test_what_is_no_token_is_an_error_in_words_and_without_the_secret(result: object, why: str) -> None:
    made, _ = with_tokens(result, token())
    error = await refused(made)
    assert why in error.message
    assert not error.is_terminal
    assert "secret" not in "".join(traceback.format_exception(error))
    assert (await made.token()).token == "ect_1"


async def test_another_player_needs_another_client() -> None:
    made, _ = with_tokens(token(player="a"), token(2, player="b"))
    await made.token()
    with pytest.raises(EstuaryError, match="another player") as caught:
        await made.token(is_new=True)
    assert caught.value.is_terminal
    assert (await made.token()).token == "ect_1"


async def test_a_provider_that_hangs_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(credentials, "PROVIDER_TIMEOUT_S", 0.02)

    async def hang() -> ClientCredential:
        await asyncio.Event().wait()
        raise AssertionError("never reached")

    made = Credentials(config_for("https://example.com", api_key="", token_provider=hang))
    assert "TimeoutError" in (await refused(made)).message


async def test_whoever_asks_may_give_up() -> None:
    began = asyncio.Event()

    async def hang() -> ClientCredential:
        began.set()
        await asyncio.Event().wait()
        raise AssertionError("never reached")

    made = Credentials(config_for("https://example.com", api_key="", token_provider=hang))
    asking = asyncio.create_task(made.login())
    await began.wait()
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking


@pytest.mark.parametrize("make", [with_key, lambda: with_tokens(token())[0]])
async def test_no_secret_is_shown(make: Callable[[], Credentials]) -> None:
    made = make()
    await made.login()
    said = made.redact("est_key and ect_1 are what you sent")
    assert said.count("***") == 1
    assert "ect_1" not in repr(token())


async def test_before_a_token_is_there_nothing_is_redacted() -> None:
    made, _ = with_tokens(token())
    assert made.redact("nothing to hide") == "nothing to hide"


async def test_a_secret_that_a_frame_repeats_is_struck_out() -> None:
    made = Credentials(config_for("http://127.0.0.1", api_key="est_long_enough"))
    frame = b'42/sdk,["error",{"message":"no est_long_enough here"}]'
    assert made.redact_frame(frame) == b'42/sdk,["error",{"message":"no *** here"}]'
    assert made.redact_frame(bytearray(b"nothing to hide")) == b"nothing to hide"


async def test_a_secret_that_may_stand_in_any_text_is_left_in_frames() -> None:
    made = Credentials(config_for("http://127.0.0.1", api_key="k"))
    assert made.redact_frame(b"I like kale") == b"I like kale"
