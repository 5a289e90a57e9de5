from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.desktop.control_address import (
    ControlAddress,
    address_file,
    forget_address,
    read_address,
    write_address,
)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "instance.json"


@pytest.mark.parametrize(
    "address", [ControlAddress("s", path="/run/x/control"), ControlAddress("s", port=4711)]
)
def test_what_is_written_is_read(file: Path, address: ControlAddress) -> None:
    write_address(file, ControlAddress("before"))
    write_address(file, address)
    assert read_address(file) == address
    assert file.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in file.parent.iterdir()] == [file.name]


def test_it_is_in_the_data_folder(heron_home: Path) -> None:
    assert address_file() == heron_home / "instance.json"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 100_000,
        json.dumps({"secret": "s", "path": "p"}).encode(),
        json.dumps({"secret": 1, "path": "p", "port": 0}).encode(),
        json.dumps({"secret": "s", "path": None, "port": 0}).encode(),
        json.dumps({"secret": "s", "path": "", "port": True}).encode(),
        json.dumps({"secret": "s", "path": "", "port": 70_000}).encode(),
    ],
)
def test_anything_else_is_no_address(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    assert read_address(file) is None
    forget_address(file)
    assert not file.exists()


def test_no_file_is_no_address(file: Path) -> None:
    assert read_address(file) is None
    forget_address(file)


def test_forgetting_it_takes_the_socket_away_and_nothing_else(file: Path, tmp_path: Path) -> None:
    ours, shared = tmp_path / "ours", tmp_path / "shared"
    for folder in (ours, shared):
        folder.mkdir()
        (folder / "control").touch()
    (shared / "a letter").touch()
    for folder in (ours, shared):
        write_address(file, ControlAddress("s", path=str(folder / "control")))
        forget_address(file)
    assert not ours.exists()
    assert [entry.name for entry in shared.iterdir()] == ["a letter"]
    assert not file.exists()
