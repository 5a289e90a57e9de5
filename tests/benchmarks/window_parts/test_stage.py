from __future__ import annotations

import time
from pathlib import Path

import pytest

from benchmarks.window_parts import load
from benchmarks.window_parts.stage import Stage

pytestmark = pytest.mark.integration


def test_a_window_tells_of_its_pictures_and_ends_with_its_server(tmp_path: Path) -> None:
    with Stage(tmp_path) as stage:
        bare_ms = stage.bare_ms()
        with stage.window(stage.home("home")) as window:
            assert window.await_status("Ready") > window.began + window.painted_ms / 1000
            family = load.family(window.child.pid)
            assert len(family) == 2, "the window and the local server"
            window.child.tell(beats=True)
            time.sleep(0.2)
            waits = window.waits_ms()
            assert len(waits) >= 10
            assert window.pictures() > 0
    assert 0 < bare_ms < 20_000
    assert not any(Path(f"/proc/{pid}").exists() for pid in family)
