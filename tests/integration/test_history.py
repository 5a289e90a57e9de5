from __future__ import annotations

import asyncio
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.history import Message, MessageState, Who
from tests.history.samples import opened

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.integration

SHOWN_S = 1.0
"""What was on the screen for so long survives a sudden end."""


@contextmanager
def child(file: Path, task: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-P", "-m", "tests.integration.history_child", str(file), task]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process
        finally:
            process.kill()


def shown_by(process: subprocess.Popen[str]) -> tuple[list[float], threading.Thread]:
    """Return when the child has shown each of its words, as it goes on."""
    times: list[float] = []
    assert process.stdout is not None
    stdout = process.stdout

    def read() -> None:
        times.extend(float(line.split()[1]) for line in stdout)

    thread = threading.Thread(target=read)
    thread.start()
    return times, thread


def reply_in(file: Path) -> Message:
    return asyncio.run(_reply_in(file))


async def _reply_in(file: Path) -> Message:
    async with opened(file) as kept:
        question, reply = (await kept.history.pages.newest()).messages
        assert (question.who, question.text) == (Who.PERSON, "Tell me a story.")
        assert kept.told == []
        return reply


@pytest.mark.parametrize("after_s", [1.2, 1.77, 2.6])
def test_a_kill_in_the_middle_of_a_reply_loses_nothing_shown_a_second_before(
    tmp_path: Path, after_s: float
) -> None:
    file = tmp_path / "h.sqlite3"
    with child(file, "reply") as process:
        assert process.stdout is not None
        process.stdout.readline()
        times, reading = shown_by(process)
        time.sleep(after_s)
        killed_at = time.monotonic()
        process.send_signal(signal.SIGKILL)
        process.wait()
        reading.join()
    reply = reply_in(file)
    words = reply.text.split()
    assert words == [f"word{number}" for number in range(1, len(words) + 1)]
    due = 1 + sum(shown < killed_at - SHOWN_S for shown in times)
    assert len(words) >= due
    assert reply.state is MessageState.INTERRUPTED
    assert reply.heard_chars == len(reply.text) - len(f"{words[-1]} ")


def test_a_kill_while_the_loop_stands_still_loses_nothing_either(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    with child(file, "freeze") as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith("40 "):
                break
        time.sleep(SHOWN_S)
        process.send_signal(signal.SIGKILL)
        process.wait()
    assert len((reply_in(file)).text.split()) == 40


@pytest.mark.asyncio
async def test_processes_that_write_at_the_same_time_lose_nothing(tmp_path: Path) -> None:
    file = tmp_path / "h.sqlite3"
    async with opened(file) as kept:
        with child(file, "150") as one, child(file, "150") as other:
            number = 0
            while one.poll() is None or other.poll() is None:
                (said,) = kept.say(f"here {number}")
                await kept.history.flush()
                if number % 10 == 5:
                    await kept.history.erasure.message(said.id)
                number += 1
            assert one.stdout is not None
            assert other.stdout is not None
            assert (one.returncode, one.stdout.read()) == (0, "")
            assert (other.returncode, other.stdout.read()) == (0, "")
        everything = (await kept.history.pages.newest(100_000)).messages
        assert kept.told == []
        counts = [record.messages for record in await kept.history.pages.conversations()]
        mine = [text for text in (each.text for each in everything) if text.startswith("here ")]
        assert mine == [f"here {each}" for each in range(number) if each % 10 != 5]
        assert sorted(counts) == sorted([151, 151, len(mine)])
        assert [each.id for each in everything] == sorted(each.id for each in everything)
