"""Where a long address may go on in the next line."""

from __future__ import annotations

from typing import Final

BREAK: Final = "\u200b"
"""A space without width."""


def breakable(address: str) -> str:
    """Return an address that may go on in the next line after each of its signs."""
    return "".join(letter if letter.isalnum() else f"{letter}{BREAK}" for letter in address)


def unbroken(text: str) -> str:
    """Return a text as it is read aloud and copied."""
    return text.replace(BREAK, "")
