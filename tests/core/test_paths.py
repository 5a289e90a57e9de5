from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from app.core import paths
from app.core.errors import BadInput


def test_home_is_where_the_variable_says_and_private(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = tmp_path / "some where" / "heron"
    monkeypatch.setenv("HERON_HOME", str(wanted))
    assert paths.home() == wanted
    assert stat.S_IMODE(wanted.stat().st_mode) == 0o700


def test_home_may_be_written_with_a_tilde(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HERON_HOME", "~/birds")
    assert paths.home() == tmp_path / "birds"


def test_without_the_variable_home_lies_where_the_system_keeps_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("HERON_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    assert paths.home() == tmp_path / "heron"


@pytest.mark.parametrize("folder", [paths.logs, paths.server_data, paths.histories, paths.replies])
def test_everything_lies_in_home(folder: Callable[[], Path], heron_home: Path) -> None:
    assert folder().is_dir()
    assert folder().parent == heron_home


def test_a_home_that_is_a_file_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    taken = tmp_path / "taken"
    taken.touch()
    monkeypatch.setenv("HERON_HOME", str(taken))
    with pytest.raises(
        BadInput, match=r"cannot use .*taken for its data \(.+\)\. Set HERON_HOME to a folder"
    ):
        paths.home()
    monkeypatch.setenv("HERON_HOME", str(taken / "below"))
    with pytest.raises(BadInput, match="Set HERON_HOME"):
        paths.home()
