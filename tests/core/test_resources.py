from __future__ import annotations

import struct
import sys
from pathlib import Path

import pytest

from app.core import resources as module
from app.core.resources import ICON_SIZES, icon, resources

ROOT = Path(__file__).parents[2]


def test_a_source_tree_has_them_in_resources() -> None:
    assert resources() == ROOT / "resources"


def test_an_installed_wheel_has_them_in_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "app" / "_resources").mkdir(parents=True)
    monkeypatch.setattr(module, "__file__", str(tmp_path / "app" / "core" / "resources.py"))
    assert resources() == tmp_path / "app" / "_resources"


def test_the_packaged_application_has_them_beside_its_libraries(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources() == tmp_path / "resources"


def test_the_drawing_of_the_icon_is_there() -> None:
    assert icon().read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("size", ICON_SIZES)
def test_each_icon_has_the_size_its_name_says(size: int) -> None:
    header = icon(size).read_bytes()[:24]
    assert header[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", header[16:24]) == (size, size)
