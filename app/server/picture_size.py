"""How large a picture is, read from the beginning of its file: JPEG and PNG."""

from __future__ import annotations

import struct
from typing import Final

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8"

_WITHOUT_LENGTH: Final = frozenset({0x01, *range(0xD0, 0xD9)})
"""Marks of a JPEG file that stand alone."""

_FRAMES: Final = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
"""Marks of the segments in which the size stands."""


def size_of(content: bytes) -> tuple[int, int] | None:
    """Return width and height in pixels; None for any other kind of file, and for a broken one."""
    try:
        size = _of_png(content) if content.startswith(_PNG) else _of_jpeg(content)
    except (struct.error, IndexError):  # it breaks off
        return None
    return size if size is not None and min(size) > 0 else None


def _of_png(content: bytes) -> tuple[int, int]:
    width, height = struct.unpack_from(">II", content, 16)
    return width, height


def _of_jpeg(content: bytes) -> tuple[int, int] | None:
    at = len(_JPEG)
    if not content.startswith(_JPEG):
        return None
    while content[at] == 0xFF:
        mark = content[at + 1]
        if mark == 0xFF:  # filling
            at += 1
        elif mark in _WITHOUT_LENGTH:
            at += 2
        elif mark in _FRAMES:
            height, width = struct.unpack_from(">HH", content, at + 5)
            return width, height
        else:
            at += 2 + struct.unpack_from(">H", content, at + 2)[0]
    return None
