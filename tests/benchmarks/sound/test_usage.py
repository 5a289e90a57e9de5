from __future__ import annotations

import os
import threading
from pathlib import Path

from benchmarks.sound.usage import Usage


def test_growth_is_seen(tmp_path: Path) -> None:
    before = Usage.of(os.getpid())
    assert not Usage.of(os.getpid()).has_leaked_since(before)
    files = [(tmp_path / str(number)).open("w") for number in range(5)]
    try:
        assert Usage.of(os.getpid()).has_leaked_since(before)
    finally:
        for file in files:
            file.close()


def test_threads_are_counted() -> None:
    before = Usage.of(os.getpid())
    end = threading.Event()
    threads = [threading.Thread(target=end.wait) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        assert Usage.of(os.getpid()).threads == before.threads + 4
        assert Usage.of(os.getpid()).has_leaked_since(before)
    finally:
        end.set()
        for thread in threads:
            thread.join()


def test_memory_that_grows_is_a_leak() -> None:
    before = Usage(5, 10, 80.0)
    assert Usage(5, 10, 95.0).has_leaked_since(before)
    assert not Usage(6, 12, 85.0).has_leaked_since(before)
