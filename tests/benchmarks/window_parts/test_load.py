from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from benchmarks.window_parts import load

_IDLE = "import sys; sys.stdin.read()"
_PARENT = (
    "import subprocess, sys\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import sys; sys.stdin.read()'])\n"
    "print(child.pid, flush=True)\n"
    "child.wait()"
)


def started(code: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def test_the_time_of_a_process_is_what_it_says_itself() -> None:
    assert load.cpu_s(os.getpid()) == pytest.approx(time.process_time(), abs=0.05)


def test_the_time_of_another_process_stands_while_it_does_nothing() -> None:
    with started(_IDLE) as process:
        before = load.cpu_s(process.pid)
        own = time.process_time()
        while time.process_time() - own < 0.1:
            pass
        assert load.cpu_s(process.pid) - before < 0.09
        process.communicate("")


def test_a_family_is_a_process_and_what_it_has_started() -> None:
    with started(_PARENT) as process:
        assert process.stdout is not None
        child = int(process.stdout.readline())
        assert load.family(process.pid) == [process.pid, child]
        process.communicate("")


def test_what_is_written_to_a_disk_is_counted_or_seen_in_the_folder(tmp_path: Path) -> None:
    (tmp_path / "old").write_text("old")
    before, written = load.files_of(tmp_path), load.written_bytes(os.getpid())
    assert load.files_of(tmp_path) == before
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "new").write_bytes(bytes(1 << 20))
    after = load.files_of(tmp_path)
    assert set(after) - set(before) == {str(tmp_path / "sub" / "new")}
    assert load.written_bytes(os.getpid()) >= written
