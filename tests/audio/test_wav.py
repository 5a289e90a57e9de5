from __future__ import annotations

import struct
import wave
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from app.audio.wav import check_writable, read_wav, write_wav
from app.core.errors import BadInput
from tests.audio.signals import level_db, samples_of, tone

_RATE = 16_000
_GUID_REST = bytes.fromhex("0000 0000 1000 8000 00aa 0038 9b71")


def _chunk(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)


def _riff(*chunks: bytes) -> bytes:
    body = b"WAVE" + b"".join(chunks)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def _fmt(tag: int, channels: int, width: int, rate: int = _RATE, tail: bytes = b"") -> bytes:
    block = channels * width
    return _chunk(b"fmt ", struct.pack("<HHIIHH", tag, channels, rate, rate * block, block, 8 * width) + tail)


def _extensible(tag: int, width: int) -> bytes:
    return struct.pack("<HHI", 22, 8 * width, 4) + struct.pack("<H", tag) + _GUID_REST


def _unit() -> np.ndarray:
    return samples_of(tone(440, _RATE, 0.5)) / 32768


def _packed(width: int) -> bytes:
    """Return half a second of 440 Hz in integers of ``width`` bytes."""
    if width == 1:
        return bytes((np.rint(_unit() * 128) + 128).astype(np.uint8).tobytes())
    whole = np.rint(_unit() * (1 << (8 * width - 1))).astype("<i4")
    return bytes(whole.view(np.uint8).reshape(-1, 4)[:, :width].tobytes())


@pytest.mark.parametrize("width", [1, 2, 3, 4])
def test_integers_of_every_width_sound_the_same(tmp_path: Path, width: int) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(_riff(_fmt(1, 1, width), _chunk(b"data", _packed(width))))
    pcm, rate = read_wav(path)
    assert rate == _RATE
    error = np.abs(samples_of(pcm) - samples_of(tone(440, _RATE, 0.5)))
    assert error.max() <= (128 if width == 1 else 1)


@pytest.mark.parametrize("width", [4, 8])
@pytest.mark.parametrize("is_extensible", [False, True])
def test_floats(tmp_path: Path, width: int, is_extensible: bool) -> None:
    path = tmp_path / "a.wav"
    fmt = _fmt(0xFFFE, 1, width, tail=_extensible(3, width)) if is_extensible else _fmt(3, 1, width)
    path.write_bytes(_riff(fmt, _chunk(b"data", _unit().astype(f"<f{width}").tobytes())))
    assert read_wav(path) == (tone(440, _RATE, 0.5), _RATE)


def test_floats_beyond_full_scale_are_held_to_it(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    floats = np.array([2.0, -2.0, np.nan, np.inf, -np.inf, 0.5], "<f4")
    path.write_bytes(_riff(_fmt(3, 1, 4), _chunk(b"data", floats.tobytes())))
    assert samples_of(read_wav(path)[0]).tolist() == [32767, -32768, 0, 32767, -32768, 16384]


@pytest.mark.parametrize("channels", [2, 6])
def test_channels_are_averaged(tmp_path: Path, channels: int) -> None:
    path = tmp_path / "a.wav"
    frames = np.zeros((100, channels), "<i2")
    frames[:, 0] = 6000
    frames[:, 1] = -1200
    path.write_bytes(
        _riff(_fmt(0xFFFE, channels, 2, tail=_extensible(1, 2)), _chunk(b"data", frames.tobytes()))
    )
    assert set(samples_of(read_wav(path)[0])) == {4800 / channels}


def test_24_bits_in_4_bytes_are_left_justified(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    fmt = _chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, _RATE, _RATE * 4, 4, 24))
    path.write_bytes(_riff(fmt, _chunk(b"data", struct.pack("<2i", 1 << 30, -(1 << 31)))))
    assert samples_of(read_wav(path)[0]).tolist() == [16384, -32768]


def test_other_chunks_and_odd_sizes_are_stepped_over(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    pcm = tone(440, _RATE, 0.1)
    odd = _chunk(b"LIST", b"INFO!")
    path.write_bytes(_riff(odd, _fmt(1, 1, 2), odd, _chunk(b"data", pcm), odd))
    assert read_wav(path) == (pcm, _RATE)


@pytest.mark.parametrize("length", [0xFFFF_FFFF, 0x7FFF_FFFF])
def test_length_nobody_knew_when_it_was_written(tmp_path: Path, length: int) -> None:
    path = tmp_path / "a.wav"
    pcm = tone(440, _RATE, 0.1)
    path.write_bytes(_riff(_fmt(1, 1, 2), b"data" + struct.pack("<I", length) + pcm + b"\1"))
    assert read_wav(path) == (pcm, _RATE)


def test_recording_of_many_blocks(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    left = np.frombuffer(tone(440, 48_000, 12), "<i2")
    path.write_bytes(_riff(_fmt(1, 2, 2, 48_000), _chunk(b"data", np.repeat(left, 2).tobytes())))
    assert read_wav(path) == (left.tobytes(), 48_000)


def _nothing(path: Path) -> None:
    pass


def _folder(path: Path) -> None:
    path.mkdir()


def _text(path: Path) -> None:
    path.write_text("this is a letter")


def _empty(path: Path) -> None:
    path.touch()


def _no_audio(path: Path) -> None:
    path.write_bytes(_riff(_fmt(1, 1, 2), _chunk(b"data", b"")))


def _no_data(path: Path) -> None:
    path.write_bytes(_riff(_fmt(1, 1, 2)))


def _half(path: Path) -> None:
    path.write_bytes(_riff(_fmt(1, 1, 2), _chunk(b"data", tone(440, _RATE, 2)))[: 44 + _RATE])


def _half_a_header(path: Path) -> None:
    path.write_bytes(_riff(_chunk(b"fmt ", b"\1\0\1\0")))


def _compressed(path: Path) -> None:
    path.write_bytes(_riff(_fmt(0x11, 1, 1), _chunk(b"data", b"\0" * 256)))


def _channelless(path: Path) -> None:
    path.write_bytes(_riff(_fmt(1, 0, 2), _chunk(b"data", b"\0" * 256)))


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def _loop(path: Path) -> None:
    path.symlink_to(path)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (_nothing, "There is no file"),
        (_folder, "is a folder"),
        (_text, "is not a WAV file"),
        (_empty, "is empty"),
        (_no_audio, "contains no audio"),
        (_no_data, "contains no audio"),
        (_half, "is cut short: 0.5 of 2.0 seconds are there"),
        (_half_a_header, "is damaged"),
        (_compressed, "is compressed (WAV format 0x0011)"),
        (_channelless, "a format Heron cannot use (16 bit, 0 channels, 16000 Hz)"),
        (_device, "is not an ordinary file"),
        (_loop, "There is no file"),
    ],
)
def test_unusable_recording_gets_a_sentence(tmp_path: Path, make: Callable[[Path], None], words: str) -> None:
    path = tmp_path / "speech.wav"
    make(path)
    with pytest.raises(BadInput) as caught:
        read_wav(path)
    assert words in str(caught.value)
    assert str(path) in str(caught.value)
    assert str(caught.value).endswith(".")


def test_unreadable_recording_gets_a_sentence(tmp_path: Path) -> None:
    path = tmp_path / ("x" * 300)
    with pytest.raises(BadInput, match=r"cannot be read \(File name too long\)\. Check"):
        read_wav(path)


def test_what_is_written_is_read_again_by_others_too(tmp_path: Path) -> None:
    path = tmp_path / "a.wav"
    pcm = tone(440, 24_000, 0.5)
    write_wav(path, pcm, 24_000)
    assert read_wav(path) == (pcm, 24_000)
    with wave.open(str(path)) as other:
        assert other.getparams()[:4] == (1, 2, 24_000, 12_000)
        assert other.readframes(12_000) == pcm
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["a.wav"]


def test_half_a_sample_is_not_written(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", b"\1\0\2", 8000)
    assert read_wav(tmp_path / "a.wav") == (b"\1\0", 8000)


def test_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target.wav", tmp_path / "link.wav"
    target.write_bytes(b"old")
    link.symlink_to(target)
    write_wav(link, b"\1\0", 8000)
    assert link.is_symlink()
    assert read_wav(target) == (b"\1\0", 8000)


def test_full_disk_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.wav"
    path.write_bytes(b"old")

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(BadInput, match=r"a\.wav cannot be written \(No space left on device\)"):
        write_wav(path, b"\1\0", 8000)
    assert path.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["a.wav"]


def test_check_writable_leaves_no_trace(tmp_path: Path) -> None:
    old, new = tmp_path / "old.wav", tmp_path / "new.wav"
    old.write_bytes(b"old")
    check_writable(old)
    check_writable(new)
    assert old.read_bytes() == b"old"
    assert [file.name for file in tmp_path.iterdir() if file.is_file()] == ["old.wav"]


def test_unwritable_path_gets_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path, words in (
        (tmp_path, "is a folder"),
        (tmp_path / "none" / "a.wav", "There is no folder"),
        (tmp_path / "file" / "a.wav", "There is no folder"),
        (Path("/dev/null"), "it is not an ordinary file"),
        (tmp_path / ("x" * 300), "cannot be written (File name too long)"),
        (tmp_path / "a\0b.wav", "cannot be written (its name contains a null character)"),
    ):
        with pytest.raises(BadInput) as caught:
            write_wav(path, b"\1\0", 8000)
        assert words in str(caught.value)
        assert str(caught.value).endswith(".")


def test_folder_that_refuses_new_files(refusing_folder: Path) -> None:
    with pytest.raises(BadInput, match=r"a\.wav cannot be written \("):
        check_writable(refusing_folder / "a.wav")


@pytest.fixture
def refusing_folder() -> Path:
    """Return a folder in which not even root may create a file."""
    return Path("/proc/self")


def test_tone_survives_the_way_out_and_in(tmp_path: Path) -> None:
    write_wav(tmp_path / "a.wav", tone(1000, 44_100, 1.0, amplitude=16_384), 44_100)
    pcm, rate = read_wav(tmp_path / "a.wav")
    assert level_db(pcm, rate, 1000) == pytest.approx(-6.02, abs=0.01)
