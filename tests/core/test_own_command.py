from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app import __version__
from app.core.own_command import own_command


def test_command_runs_this_heron_wherever_the_person_stands(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__main__.py").write_text("print('another')")
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        own_command("--version"),
        cwd=tmp_path,
        env={"PYTHONPATH": root},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == f"Heron {__version__}\n"


def test_packaged_app_enters_itself_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert own_command("serve", "--embedded") == [sys.executable, "serve", "--embedded"]
