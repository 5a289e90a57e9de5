from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.server.picture_size import size_of

PNG = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1280, 720)
EXIF = b"\xff\xe1" + struct.pack(">H", 10) + b"Exif\x00\x00ab"
FRAME = b"\xff\xc0" + struct.pack(">HBHH", 11, 8, 720, 1280)
TABLE = b"\xff\xc4" + struct.pack(">H", 4) + b"ab"


@pytest.mark.parametrize(
    "content",
    [
        PNG,
        b"\xff\xd8" + FRAME,
        b"\xff\xd8" + EXIF + TABLE + FRAME,
        b"\xff\xd8\xff\x01\xff\xff" + FRAME,
        b"\xff\xd8" + FRAME.replace(b"\xc0", b"\xc2", 1),
    ],
)
def test_the_size_is_read_from_the_beginning(content: bytes) -> None:
    assert size_of(content) == (1280, 720)


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", PNG[:20], b"\xff\xd8", b"\xff\xd8" + EXIF, b"\xff\xd8" + FRAME[:6], b"\xff\xd8ab"],
)
def test_other_files_have_none(content: bytes) -> None:
    assert size_of(content) is None


def test_no_size_is_none() -> None:
    assert size_of(PNG[:16] + bytes(8)) is None


@given(st.sampled_from([b"", b"\xff\xd8", b"\xff\xd8" + EXIF, PNG[:16]]), st.binary())
def test_garbage_is_read_to_its_end(begin: bytes, rest: bytes) -> None:
    size = size_of(begin + rest)
    assert size is None or min(size) > 0
