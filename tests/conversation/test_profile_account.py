from __future__ import annotations

import pytest

from app.conversation.account import Account
from app.conversation.backend import LocalBackend, RemoteBackend
from app.conversation.profile_account import account_of, backend_of, check, check_proxy
from app.core.errors import BadInput
from app.core.player_id import player_id
from app.core.settings import Profile
from app.core.settings.profile import ESTUARY, ESTUARY_URL, SERVER

KEY = "est_secret"
HOME = Profile(
    "home-1",
    "Home",
    SERVER,
    server_url="https://voice.example.org",
    character_id="zeus",
    player_id="me",
    proxy="http://proxy.example.org:3128",
    ca_file="/etc/ssl/own.pem",
)


@pytest.mark.asyncio
async def test_everything_of_a_profile_reaches_the_client() -> None:
    backend = backend_of(HOME, KEY, auto_reconnect=False)
    assert isinstance(backend, RemoteBackend)
    config = await backend.open()
    assert (config.server_url, config.api_key) == ("https://voice.example.org", KEY)
    assert (config.character_id, config.player_id) == ("zeus", "me")
    assert (config.proxy, config.ca_file) == ("http://proxy.example.org:3128", "/etc/ssl/own.pem")
    assert (config.auto_reconnect, config.allow_insecure) == (False, False)


@pytest.mark.asyncio
async def test_what_is_left_empty_has_a_default() -> None:
    config = await backend_of(Profile("cloud-1", kind=ESTUARY, character_id="zeus"), KEY).open()
    assert (config.server_url, config.player_id) == (ESTUARY_URL, player_id())
    assert (config.proxy, config.ca_file) == (None, None)
    plain = Profile("home-2", kind=SERVER, server_url="http://10.0.0.2:8000", allow_insecure=True)
    assert account_of(plain, KEY) == Account("http://10.0.0.2:8000", KEY, "default", allow_insecure=True)


def test_that_of_this_computer_needs_no_key() -> None:
    assert isinstance(backend_of(Profile("local"), None), LocalBackend)
    check(Profile("local"))


@pytest.mark.parametrize(
    ("profile", "key", "sentence"),
    [
        (HOME, None, "“Home” needs an API key. Enter it in the settings, under Connection."),
        (HOME, "", "“Home” needs an API key. "),
        (Profile("a", kind=ESTUARY), KEY, "The character is missing. "),
        (Profile("a", kind=SERVER), KEY, "The server's address is missing. "),
        (Profile("a", kind=SERVER, server_url="voice.example.org"), KEY, "voice.example.org is no server"),
        (Profile("a", kind=SERVER, server_url="http://10.0.0.2"), KEY, "http://10.0.0.2 is plain http"),
        (
            Profile("a", kind=SERVER, server_url="https://a.example", proxy="proxy"),
            KEY,
            "The proxy's address cannot be used.",
        ),
    ],
)
def test_what_is_missing_is_a_sentence_with_what_to_do(
    profile: Profile, key: str | None, sentence: str
) -> None:
    with pytest.raises(BadInput) as caught:
        backend_of(profile, key)
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("proxy", ["ftp://a", "a:3128", "http://", "http://[::1", "http://a:0", "http://a:x"])
def test_a_proxy_that_is_none_is_refused(proxy: str) -> None:
    with pytest.raises(BadInput, match="http://HOST:PORT"):
        check_proxy(proxy)


def test_a_proxys_password_is_not_to_be_kept_in_the_settings_and_not_repeated() -> None:
    with pytest.raises(BadInput, match="for anyone to read") as caught:
        check_proxy("http://me:sesame@proxy.example.org:3128")
    assert "sesame" not in str(caught.value)
    check_proxy("http://proxy.example.org:3128")
