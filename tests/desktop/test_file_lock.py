from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.desktop.file_lock import FileLock

_HOLDER = """
import sys
from pathlib import Path
from app.desktop.file_lock import FileLock

lock = FileLock(Path(sys.argv[1]))
print(lock.take(), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "the.lock"


def test_one_at_a_time_has_it(file: Path) -> None:
    first, second = FileLock(file), FileLock(file)
    assert first.take()
    assert not second.take()
    assert first.take(), "it is held already"
    first.release()
    assert second.take()
    second.release()


def test_the_file_is_private_and_stays(file: Path) -> None:
    lock = FileLock(file)
    lock.take()
    lock.release()
    lock.release()
    assert file.stat().st_mode & 0o777 == 0o600


def test_another_process_has_it_until_it_is_killed(file: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLDER, str(file)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "True\n"
        lock = FileLock(file)
        assert not lock.take()
        holder.kill()
        holder.wait()
        assert lock.take()
        lock.release()


def test_no_child_keeps_it_for_us(file: Path) -> None:
    lock = FileLock(file)
    assert lock.take()
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as child:
        lock.release()
        assert FileLock(file).take()
        child.communicate(b"\n")


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        FileLock(tmp_path / "nowhere" / "the.lock").take()
