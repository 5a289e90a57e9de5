from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = ROOT / "resources" / "sounds"


def test_it_makes_the_very_bytes_that_are_shipped(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-P", ROOT / "packaging" / "earcons.py", tmp_path / "made"], check=True)
    made = {file.name: file.read_bytes() for file in (tmp_path / "made").iterdir()}
    assert made == {file.name: file.read_bytes() for file in OURS.iterdir()}
    assert len(made) == 5
