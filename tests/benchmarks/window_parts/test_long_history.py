from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.window_parts.long_history import QUERIES


def test_a_history_is_written_and_searched(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "benchmarks.window_parts.long_history", "40"],
        env=os.environ | {"HERON_HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    took = json.loads(done.stdout)["search_ms"]
    assert len(took) % len(QUERIES) == 0
    assert min(took) > 0
    assert done.stderr == ""
    assert (tmp_path / "history" / "local.sqlite3").exists()
