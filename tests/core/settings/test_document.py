from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.core.settings.document import VERSION, Unreadable, read, write


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings.json"


def test_without_a_file_the_document_is_empty(file: Path) -> None:
    assert read(file) == ({}, None)
    assert not file.exists()


def test_what_is_written_is_read(file: Path) -> None:
    document = {"sound": {"microphone": ["Bücher 🎤"], "volume": 0.5}, "other": None}
    write(file, document)
    assert read(file) == ({"version": VERSION, **document}, None)
    assert "Bücher 🎤" in file.read_text(encoding="utf-8")


def test_half_a_character_that_somebody_wrote_is_no_trouble(file: Path) -> None:
    file.write_text(r'{"other": "\ud83c"}')
    document, _ = read(file)
    assert document is not None
    write(file, document)
    assert read(file)[0] == {"version": VERSION, "other": "\ud83c"}


def test_it_is_private_and_nothing_else_is_left(file: Path) -> None:
    before = os.umask(0)
    try:
        write(file, {"sound": {}})
        write(file, {"sound": {"tail_ms": 1}})
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(file.parent.iterdir()) == [file]


def test_it_is_on_the_disk_before_it_takes_the_place_of_the_old_one(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    replace, fsync = os.replace, os.fsync

    def noted_fsync(descriptor: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        fsync(descriptor)

    def noted_replace(source: Path, target: Path) -> None:
        done.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    write(file, {})
    assert done == ["file", "replace", "folder"]


def test_a_link_to_it_stays_a_link(file: Path, tmp_path: Path) -> None:
    real = tmp_path / "dotfiles" / "heron.json"
    real.parent.mkdir()
    file.symlink_to(real)
    write(file, {"sound": {}})
    assert file.is_symlink()
    assert json.loads(real.read_text()) == {"version": VERSION, "sound": {}}


def test_a_write_that_fails_leaves_what_was_there(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(file, {"sound": {"tail_ms": 1}})

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UserError, match=r"cannot be written \(No space left on device\)"):
        write(file, {"sound": {"tail_ms": 2}})
    assert read(file)[0] == {"version": VERSION, "sound": {"tail_ms": 1}}
    assert list(file.parent.iterdir()) == [file]


def test_a_folder_that_takes_no_file_is_a_sentence() -> None:
    with pytest.raises(UserError, match=r"^/proc/settings\.json cannot be written \(.+\), so what you chose"):
        write(Path("/proc/settings.json"), {})


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"\xff\xfe\xfa",
        b"[]",
        b"3",
        b"null",
        b'{"version": "1"}',
        b'{"version": 0}',
        b'{"version": true}',
        b'{"version": 1.5}',
        b"[" * 100_000,
        b"9" * 5_000,
    ],
)
def test_a_damaged_file_is_put_aside(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    document, sentence = read(file)
    (aside,) = file.parent.iterdir()
    assert document is None
    assert aside.name.startswith("settings.json.damaged-")
    assert aside.read_bytes() == content
    assert sentence == (
        f"The settings in {file} are damaged, so the defaults are used. The file was kept as {aside.name}."
    )


def test_a_file_of_a_newer_version_is_put_aside(file: Path) -> None:
    file.write_text(json.dumps({"version": VERSION + 1}))
    document, sentence = read(file)
    (aside,) = file.parent.iterdir()
    assert document is None
    assert aside.name.startswith("settings.json.newer-")
    assert sentence is not None
    assert "were written by a newer Heron" in sentence


def test_no_file_that_was_put_aside_is_lost(file: Path) -> None:
    for number in range(3):
        file.write_text(f"damaged {number}")
        read(file)
    assert sorted(aside.read_text() for aside in file.parent.iterdir()) == [
        "damaged 0",
        "damaged 1",
        "damaged 2",
    ]


def test_a_file_that_somebody_wrote_needs_no_version(file: Path) -> None:
    file.write_text('{"sound": {"tail_ms": 300}}')
    assert read(file) == ({"sound": {"tail_ms": 300}}, None)


def test_a_file_that_cannot_be_read_stays_where_it_is(file: Path) -> None:
    file.mkdir()
    with pytest.raises(Unreadable, match=r"cannot be read \(Is a directory\), so the defaults are used\."):
        read(file)
    assert file.is_dir()


def test_a_damaged_file_that_cannot_be_moved_is_a_sentence(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_text("{")

    def refused(source: Path, target: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "rename", refused)
    with pytest.raises(Unreadable, match=r"are damaged, .* could not do \(Permission denied\)\.$"):
        read(file)
    assert file.read_text() == "{"
