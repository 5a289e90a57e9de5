from __future__ import annotations

import pytest

from app.server.loopback import is_loopback_host, is_loopback_origin


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "127.9.9.9", "::1"])
def test_hosts_of_this_machine(host: str) -> None:
    assert is_loopback_host(host)


@pytest.mark.parametrize(
    "host", ["", "0.0.0.0", "::", "192.168.1.7", "example.org", "localhost.example.org", "127.0.0.1.nip.io"]
)
def test_hosts_of_others(host: str) -> None:
    assert not is_loopback_host(host)


@pytest.mark.parametrize(
    "origin",
    ["http://localhost", "http://localhost:3000", "https://127.0.0.1:8443", "http://[::1]:80"],
)
def test_pages_that_this_machine_serves(origin: str) -> None:
    assert is_loopback_origin(origin)


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "null",
        "file://",
        "http://",
        "https://example.org",
        "http://localhost.example.org",
        "http://localhost@example.org",
        "http://example.org#@localhost",
        "http://localhost,https://example.org",
        "http://[::1",
        "chrome-extension://localhost",
        "http://192.168.1.7:8080",
    ],
)
def test_pages_of_others(origin: str) -> None:
    assert not is_loopback_origin(origin)
