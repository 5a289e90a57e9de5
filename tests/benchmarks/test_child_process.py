from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.errors import UserError
from benchmarks.bare_client import BareClient
from benchmarks.child_process import Interpreters, ServerProcess
from benchmarks.stamp import stamp

PATIENCE_S = 10.0


@pytest.fixture
def interpreters() -> Iterator[Interpreters]:
    with Interpreters() as interpreters:
        yield interpreters


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def test_what_an_interpreter_printed_is_returned(interpreters: Interpreters) -> None:
    assert interpreters.run("It", "-c", "print('{\"ms\": 1.5}')") == {"ms": 1.5}


def test_some_run_at_the_same_time(interpreters: Interpreters, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")  # opening it to read waits for the one who writes
    path = str(tmp_path / "pipe")
    jobs = {
        "reads": ("-c", f"print(open({path!r}).read())"),
        "writes": ("-c", f"open({path!r}, 'w').write('{{}}'); print('{{}}')"),
    }
    assert interpreters.run_together(jobs) == {"reads": {}, "writes": {}}


def test_a_failure_is_told_in_its_own_last_words(interpreters: Interpreters) -> None:
    with pytest.raises(UserError, match=r"^The connect of heron failed: ValueError: no such key$"):
        interpreters.run("The connect of heron", "-c", "raise ValueError('no such key')")


def test_a_failure_without_words_is_told_too(interpreters: Interpreters) -> None:
    with pytest.raises(UserError, match=r"^It failed: exit code 3$"):
        interpreters.run("It", "-c", "raise SystemExit(3)")


def test_the_others_end_when_one_fails(interpreters: Interpreters, tmp_path: Path) -> None:
    note = tmp_path / "pid"
    waits = f"import os, time; open({str(note)!r}, 'w').write(str(os.getpid())); time.sleep(60)"
    fails = (
        f"import os\nwhile not os.path.exists({str(note)!r}) or not open({str(note)!r}).read(): pass\n1 / 0"
    )
    began = time.monotonic()
    with pytest.raises(UserError, match="ZeroDivisionError"):
        interpreters.run_together({"fails": ("-c", fails), "waits": ("-c", waits)})
    assert time.monotonic() - began < 30
    assert not is_alive(int(note.read_text()))


def test_modules_are_compiled_once_and_away_from_their_source(
    interpreters: Interpreters, monkeypatch: pytest.MonkeyPatch
) -> None:
    asks = 'import sys; print(\'{"writes": %d, "away": %d}\' % (not sys.dont_write_bytecode, '
    asks += "bool(sys.pycache_prefix)))"
    assert interpreters.run("It", "-c", asks) == {"writes": 1, "away": 1}


def test_the_server_times_frames_and_ends_with_its_user(interpreters: Interpreters) -> None:
    async def send_two(url: str) -> None:
        client = BareClient(url, {"player_id": "someone"})
        await client.connect()
        await client.send_audio(stamp() + bytes(952))
        await client.send_audio(stamp() + bytes(952))
        await client.start_voice()  # its answer comes after both were taken
        await client.close()

    with ServerProcess(interpreters) as server:
        asyncio.run(send_two(server.url))
        latencies = server.take_latencies()
        assert server.take_latencies() == {}
        pid = server.pid
    assert list(latencies) == ["someone"]
    assert len(latencies["someone"]) == 2
    assert not is_alive(pid)


def test_a_server_that_failed_is_told(interpreters: Interpreters, capfd: pytest.CaptureFixture[str]) -> None:
    with ServerProcess(interpreters) as server:
        os.kill(server.pid, 9)
        os.waitid(os.P_PID, server.pid, os.WEXITED | os.WNOWAIT)
        with pytest.raises(UserError, match="server of the benchmarks has failed"):
            server.take_latencies()
