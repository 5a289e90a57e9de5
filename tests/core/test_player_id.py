from __future__ import annotations

import re
from pathlib import Path

import pytest

from app.core.player_id import player_id


def test_it_is_made_once_and_kept(heron_home: Path) -> None:
    made = player_id()
    assert re.fullmatch(r"heron-[0-9a-f]{32}", made)
    assert player_id() == made
    (heron_home / "player-id").write_text("heron-moved-from-my-old-machine\n", encoding="utf-8")
    assert player_id() == "heron-moved-from-my-old-machine"


def test_every_installation_has_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = player_id()
    monkeypatch.setenv("HERON_HOME", str(tmp_path / "another"))
    assert player_id() != mine


@pytest.mark.parametrize("content", [b"", b"  \n", b"\xff\xfe\xfa"])
def test_a_file_without_an_id_gets_one(heron_home: Path, content: bytes) -> None:
    heron_home.mkdir()
    (heron_home / "player-id").write_bytes(content)
    made = player_id()
    assert made.startswith("heron-")
    assert player_id() == made


def test_a_home_that_cannot_be_written_still_gives_one(heron_home: Path) -> None:
    (heron_home / "player-id").mkdir(parents=True)  # in the way, for root too
    assert player_id().startswith("heron-")
