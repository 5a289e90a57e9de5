from __future__ import annotations

import pytest

from app.estuary.errors import ErrorCode, EstuaryError
from app.estuary.rest.proxy import proxy_for


def test_without_a_proxy_in_the_environment_there_is_none() -> None:
    assert proxy_for("https://estuary.test") is None


@pytest.mark.parametrize(
    ("name", "value", "proxy"),
    [
        ("https_proxy", "http://proxy.test:3128", "http://proxy.test:3128"),
        ("https_proxy", "proxy.test:3128", "http://proxy.test:3128"),
        ("https_proxy", "http://me:word@proxy.test", "http://me:word@proxy.test"),
        ("all_proxy", "http://all.test", "http://all.test"),
        ("http_proxy", "http://plain.test", None),
    ],
)
def test_the_scheme_decides_which_proxy_it_is(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, proxy: str | None
) -> None:
    monkeypatch.setenv(name, value)
    assert proxy_for("https://estuary.test/path") == proxy


def test_a_host_can_be_excepted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://proxy.test")
    monkeypatch.setenv("no_proxy", "estuary.test,other.test")
    assert proxy_for("https://estuary.test") is None
    assert proxy_for("https://third.test") == "http://proxy.test"


@pytest.mark.parametrize(
    "value", ["socks5://me:word@proxy.test:1080", "http://", "http://[", "http://x:99999"]
)
def test_a_proxy_that_cannot_be_used_is_an_error_without_its_password(
    monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    monkeypatch.setenv("https_proxy", value)
    with pytest.raises(EstuaryError, match="set https_proxy to http://HOST:PORT") as caught:
        proxy_for("https://estuary.test")
    assert caught.value.code is ErrorCode.REST_ERROR
    assert "word" not in caught.value.message
