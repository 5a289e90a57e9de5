from __future__ import annotations

import pytest

from app.ui.chat.links import is_safe


@pytest.mark.parametrize(
    "address", ["https://example.org/a?b=c", "HTTP://example.org", "mailto:a@example.org"]
)
def test_pages_and_letters_are_opened(address: str) -> None:
    assert is_safe(address)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "data:text/html,x",
        "ssh://host",
        "/etc/passwd",
        "https:",
        "smb://a/b",
    ],
)
def test_nothing_else_is(address: str) -> None:
    assert not is_safe(address)
