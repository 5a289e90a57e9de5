from __future__ import annotations

from typing import Any

import pytest

from app.core.errors import BadInput
from app.estuary import ConfigError, EstuaryConfig

GOOD: dict[str, Any] = {
    "server_url": "https://api.example.com",
    "api_key": "est_secret",
    "character_id": "c",
    "player_id": "p",
}


def config(**fields: Any) -> EstuaryConfig:
    return EstuaryConfig(**(GOOD | fields))


def test_the_defaults_are_those_of_the_voice_pages() -> None:
    made = config()
    assert made.voice_transport == "websocket"
    assert made.audio_sample_rate == 16_000
    assert made.auto_reconnect is True
    assert made.max_reconnect_attempts == 5
    assert made.reconnect_delay == 1.0
    assert made.debug is False
    assert made.realtime_memory is False


@pytest.mark.parametrize(
    ("server_url", "socket_url"),
    [
        ("https://api.example.com", "wss://api.example.com/socket.io/?transport=websocket&EIO=4"),
        ("https://api.example.com:8443/", "wss://api.example.com:8443/socket.io/?transport=websocket&EIO=4"),
        ("https://api.example.com/v2//", "wss://api.example.com/v2/socket.io/?transport=websocket&EIO=4"),
        ("wss://api.example.com", "wss://api.example.com/socket.io/?transport=websocket&EIO=4"),
        ("http://127.0.0.1:5000", "ws://127.0.0.1:5000/socket.io/?transport=websocket&EIO=4"),
        ("http://[::1]:5000", "ws://[::1]:5000/socket.io/?transport=websocket&EIO=4"),
    ],
)
def test_the_socket_lies_below_the_server(server_url: str, socket_url: str) -> None:
    assert config(server_url=server_url).socket_url == socket_url


@pytest.mark.parametrize(
    "server_url",
    ["http://127.0.0.1:1", "http://localhost", "http://LOCALHOST", "http://[::1]", "http://a.localhost"],
)
def test_plain_http_is_taken_for_this_machine(server_url: str) -> None:
    assert config(server_url=server_url).is_loopback


@pytest.mark.parametrize(
    "server_url",
    [
        "http://api.example.com",
        "ws://10.0.0.1",
        "http://127.0.0.1.example.com",
        "http://localhost.example.com",
    ],
)
def test_plain_http_to_others_needs_permission(server_url: str) -> None:
    with pytest.raises(ConfigError, match="allow_insecure"):
        config(server_url=server_url)
    assert not config(server_url=server_url, allow_insecure=True).is_loopback


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("server_url", ""),
        ("server_url", "api.example.com"),
        ("server_url", "ftp://api.example.com"),
        ("server_url", "https://"),
        ("server_url", "https://[::1"),
        ("server_url", "https://a:99999999"),
        ("server_url", "https://a/?x=1"),
        ("server_url", "https://a/#b"),
        ("server_url", None),
        ("api_key", ""),
        ("api_key", "two words"),
        ("api_key", "est_a\nb"),
        ("api_key", None),
        ("character_id", ""),
        ("player_id", "  "),
        ("voice_transport", "pigeon"),
        ("audio_sample_rate", 7_999),
        ("audio_sample_rate", 48_001),
        ("audio_sample_rate", 16_000.0),
        ("max_reconnect_attempts", -1),
        ("max_reconnect_attempts", 1.5),
        ("max_reconnect_attempts", True),
        ("reconnect_delay", -1),
        ("reconnect_delay", float("nan")),
        ("reconnect_delay", "1"),
        ("proxy", ""),
        ("proxy", "nonsense"),
        ("proxy", "socks5://127.0.0.1:9"),
        ("proxy", "http://me:secret@"),
        ("proxy", "http://a:99999999"),
        ("proxy", 8080),
    ],
)
def test_what_cannot_be_used_is_named(field: str, value: object) -> None:
    with pytest.raises(ConfigError) as caught:
        config(**{field: value})
    assert field in str(caught.value)
    assert isinstance(caught.value, BadInput)
    assert isinstance(caught.value, ValueError)


def test_a_password_in_the_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(ConfigError) as caught:
        config(server_url="https://user:secret@api.example.com")
    assert "secret" not in str(caught.value)


def test_the_key_is_not_shown() -> None:
    assert "secret" not in repr(config())


def test_the_password_of_a_proxy_is_not_shown() -> None:
    assert "sesame" not in repr(config(proxy="http://me:sesame@proxy.example:8080"))
    with pytest.raises(ConfigError) as caught:
        config(proxy="ftp://me:sesame@proxy.example")
    assert "sesame" not in str(caught.value)


def test_a_config_cannot_be_changed() -> None:
    with pytest.raises(AttributeError):
        config().api_key = "other"  # type: ignore[misc]
