"""WAV files in and out: any uncompressed recording becomes the one audio format of Heron.

The chunks are read by hand: the standard library's ``wave`` knows neither float samples nor, on Python 3.11,
WAVE_FORMAT_EXTENSIBLE, which most recorders write above 16 bits or two channels.
Layout: Multimedia Programming Interface 1.0 (RIFF, chunk padding), Microsoft ``mmreg.h`` (format tags).
"""

from __future__ import annotations

import secrets
import struct
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app.core.audio_format import FULL_SCALE, SAMPLE_BYTES
from app.core.errors import BadInput

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_PCM: Final = 0x0001
_FLOAT: Final = 0x0003
_EXTENSIBLE: Final = 0xFFFE
_UNKNOWN_LENGTH: Final = 0x7FFF_0000
"""A data chunk this long or longer was written to a pipe or never finished: audio runs to the end of file."""
_BLOCK_FRAMES: Final = 1 << 18
"""Frames converted at a time, so that an hour of recording never stands in memory as floats."""
_HOW_TO: Final = "Heron reads uncompressed WAV files (8 to 32 bit)."


@dataclass(frozen=True, slots=True)
class _Encoding:
    """How samples lie in a data chunk: ``width`` bytes each, ``channels`` of them to a frame."""

    is_float: bool
    width: int
    channels: int
    rate: int


def read_wav(path: Path) -> tuple[bytes, int]:
    """Read a recording as PCM16LE mono and its sample rate in Hz.

    Integer samples of 8, 16, 24 or 32 bit and float samples of 32 or 64 bit are taken, WAVE_FORMAT_EXTENSIBLE
    too. Channels are averaged. The rate is left as it is.

    Raises:
        BadInput: The file is missing, a folder, unreadable, no WAV, compressed, cut short or without audio.
    """
    encoding, data = _parse(path, _content(path))
    if not data:
        raise BadInput(f"{path} contains no audio. Choose a recording that is not empty.")
    if encoding.width == SAMPLE_BYTES and encoding.channels == 1:
        return data, encoding.rate
    step = _BLOCK_FRAMES * encoding.width * encoding.channels
    blocks = (_mono16(data[start : start + step], encoding) for start in range(0, len(data), step))
    return b"".join(blocks), encoding.rate


def write_wav(path: Path, pcm: bytes, rate: int) -> None:
    """Write PCM16LE mono ``pcm`` at ``rate`` Hz to ``path``, whole or not at all.

    The file is written beside ``path`` under another name and then put in its place, so that whoever reads
    ``path`` never sees half of it, and what was there stays when the disk is full.

    Raises:
        BadInput: ``path`` cannot be written.
    """
    check_writable(path)
    data = memoryview(pcm)[: len(pcm) // SAMPLE_BYTES * SAMPLE_BYTES]
    target = path.resolve()
    part = target.with_name(f".heron-{secrets.token_hex(6)}.part")
    try:
        try:
            with part.open("xb") as file:
                file.write(_header(len(data), rate))
                file.write(data)
            part.replace(target)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error


def check_writable(path: Path) -> None:
    """Check that `write_wav` can write ``path``, without creating or changing it.

    Raises:
        BadInput: Its folder is missing or refuses new files, or ``path`` is something else than a file that
            may be replaced.
    """
    try:
        target = path.resolve()
        if target.is_dir():
            raise BadInput(f"{path} is a folder. Name a file to write the audio to.")
        if target.exists():
            if not target.is_file():
                raise _unwritable(path, "it is not an ordinary file")
            target.open("r+b").close()
        elif not target.parent.is_dir():
            raise BadInput(f"There is no folder {path.parent} to write {path.name} to. Create it first.")
        # Permission bits say little to root or on a network share: only trying tells.
        tempfile.TemporaryFile(dir=target.parent).close()
    except OSError as error:
        raise _unwritable(path, error.strerror or str(error)) from error
    except ValueError as error:
        raise _unwritable(path, "its name contains a null character") from error


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise BadInput(f"{path} is a folder. Name a WAV file in it.")
        if not path.exists():
            raise BadInput(f"There is no file {path}. Check its name and folder.")
        if not path.is_file():
            raise BadInput(f"{path} is not an ordinary file. Name a WAV file.")
        return path.read_bytes()
    except OSError as error:
        why = error.strerror or error
        raise BadInput(f"{path} cannot be read ({why}). Check its permissions or choose another.") from error


def _parse(path: Path, content: bytes) -> tuple[_Encoding, bytes]:
    """Return the encoding and the whole frames of the data chunk."""
    if content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        what = f"{path} is empty" if not content else f"{path} is not a WAV file"
        raise BadInput(f"{what}. {_HOW_TO}")
    encoding: _Encoding | None = None
    position = 12
    while position + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, position)
        position += 8
        if name == b"fmt ":
            encoding = _encoding(path, content[position : position + size])
        elif name == b"data" and encoding is not None:
            return encoding, _whole_frames(path, content, position, size, encoding)
        position += size + size % 2  # chunks begin at even offsets
    raise BadInput(f"{path} is cut short or damaged: it contains no audio. Record or copy it again.")


def _encoding(path: Path, chunk: bytes) -> _Encoding:
    if len(chunk) < 16:
        raise BadInput(f"{path} is damaged: its format cannot be read. Record or copy it again.")
    tag, channels, rate, _, block_align, bits = struct.unpack_from("<HHIIHH", chunk)
    if tag == _EXTENSIBLE and len(chunk) >= 26:
        (tag,) = struct.unpack_from("<H", chunk, 24)  # the first field of the sub-format's GUID
    if tag not in {_PCM, _FLOAT}:
        raise BadInput(f"{path} is compressed (WAV format {tag:#06x}). {_HOW_TO}")
    # 12 bits in 2 bytes and 24 in 4 are left-justified, so the container's width is what counts.
    width = block_align // channels if channels and block_align % channels == 0 else (bits + 7) // 8
    if not channels or not rate or width not in ({4, 8} if tag == _FLOAT else {1, 2, 3, 4}):
        raise BadInput(
            f"{path} has a format Heron cannot use ({bits} bit, {channels} channels, {rate} Hz). {_HOW_TO}"
        )
    return _Encoding(tag == _FLOAT, width, channels, rate)


def _whole_frames(path: Path, content: bytes, start: int, size: int, encoding: _Encoding) -> bytes:
    frame = encoding.width * encoding.channels
    there = len(content) - start
    if size >= _UNKNOWN_LENGTH:
        size = there
    elif size - there >= frame:
        seconds = frame * encoding.rate
        raise BadInput(
            f"{path} is cut short: {there / seconds:.1f} of {size / seconds:.1f} seconds are there. "
            "Record or copy it again."
        )
    end = start + min(size, there) // frame * frame
    return content[start:end]


def _mono16(data: bytes, encoding: _Encoding) -> bytes:
    """Return whole frames as PCM16LE mono."""
    import numpy as np

    samples = _unit(data, encoding).reshape(-1, encoding.channels).mean(axis=1)
    scaled = np.rint(samples * FULL_SCALE)
    whole: NDArray[np.int16] = np.clip(scaled, -FULL_SCALE, FULL_SCALE - 1).astype("<i2")
    return whole.tobytes()


def _unit(data: bytes, encoding: _Encoding) -> NDArray[np.float64]:
    """Return samples as floats in -1..1."""
    import numpy as np

    if encoding.is_float:
        floats = np.frombuffer(data, f"<f{encoding.width}").astype(np.float64)
        return np.nan_to_num(floats, nan=0.0, posinf=1.0, neginf=-1.0)
    if encoding.width == 1:  # the only unsigned width
        return (np.frombuffer(data, np.uint8).astype(np.float64) - 128) / 128
    if encoding.width == 3:
        wide = np.zeros((len(data) // 3, 4), np.uint8)
        wide[:, 1:] = np.frombuffer(data, np.uint8).reshape(-1, 3)
        return wide.view("<i4").ravel() / float(1 << 31)
    return np.frombuffer(data, f"<i{encoding.width}") / float(1 << (8 * encoding.width - 1))


def _header(size: int, rate: int) -> bytes:
    return struct.pack(
        "<4sI4s4sIHHIIHH4sI",
        *(b"RIFF", 36 + size, b"WAVE"),
        *(b"fmt ", 16, _PCM, 1, rate, rate * SAMPLE_BYTES, SAMPLE_BYTES, 8 * SAMPLE_BYTES),
        *(b"data", size),
    )


def _unwritable(path: Path, why: str) -> BadInput:
    return BadInput(f"{path} cannot be written ({why}). Choose another file or folder.")
