from __future__ import annotations

import subprocess
import sys
import time

from benchmarks.stamp import NO_STAMP, latency_ms, stamp


def test_a_latency_runs_from_the_stamp_to_the_receipt() -> None:
    before = time.monotonic_ns()
    pcm = stamp() + b"\x01\x02"
    after = time.monotonic_ns()
    at_most, at_least = latency_ms(pcm, before + 5_000_000), latency_ms(pcm, after + 5_000_000)
    assert at_most is not None
    assert at_least is not None
    assert at_most <= 5.0 <= at_least


def test_a_frame_without_a_stamp_has_no_latency() -> None:
    assert latency_ms(NO_STAMP + b"\x01\x02", time.monotonic_ns()) is None


def test_another_process_reads_the_same_clock() -> None:
    before = time.monotonic_ns()
    command = [sys.executable, "-P", "-c", "import time; print(time.monotonic_ns())"]
    theirs = int(subprocess.run(command, capture_output=True, check=True).stdout)
    assert before < theirs < time.monotonic_ns()


def test_a_stamp_takes_the_room_of_none() -> None:
    assert len(stamp()) == len(NO_STAMP)
    assert stamp() != NO_STAMP
