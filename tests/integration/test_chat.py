"""The conversation without a display."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.audio.level import rms
from app.audio.wav import read_wav
from tests.integration.command import heron, served

pytestmark = pytest.mark.integration


def test_lines_are_answered_with_words_and_the_path_of_their_voice(heron_home: Path) -> None:
    done = heron(typed="what is two plus three\n\nwhat is ten minus four\n")
    assert done.code == 0
    assert "There is no display" in done.err
    assert "Traceback" not in done.err
    lines = done.out.splitlines()
    assert [line.split(":")[0] for line in lines] == ["Heron", "Voice", "Heron", "Voice"]
    assert "5" in lines[0]
    assert "6" in lines[2]
    for line in (lines[1], lines[3]):
        path = Path(line.removeprefix("Voice: "))
        assert heron_home in path.parents
        assert rms(read_wav(path)[0]) > 0.01


def test_the_end_of_input_ends_it() -> None:
    done = heron(typed="")
    assert (done.code, done.out) == (0, "")


def test_quit_ends_it_too() -> None:
    done = heron(typed="quit\nwhat is two plus three\n")
    assert (done.code, done.out) == (0, "")


def test_a_display_that_does_not_answer_is_named() -> None:
    done = heron(typed="", DISPLAY=":4711")
    assert done.code == 0
    assert "The display :4711 does not answer." in done.err


@pytest.mark.asyncio
async def test_a_lost_server_is_said_while_nothing_is_typed() -> None:
    async with served() as server:
        environment = {name: value for name, value in os.environ.items() if name != "QT_QPA_PLATFORM"}
        chat = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "app", "--server", server.url, "--api-key", server.key,
            env={**environment, "DISPLAY": "", "WAYLAND_DISPLAY": ""},
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        assert chat.stdin is not None
        assert chat.stdout is not None
        chat.stdin.write(b"what is two plus three\n")
        await chat.stdin.drain()
        assert b"5" in await chat.stdout.readline()
        assert (await chat.stdout.readline()).startswith(b"Voice: ")
        server.kill()
        async with asyncio.timeout(60):
            complaints = await chat.stderr.read() if chat.stderr else b""
            code = await chat.wait()
        chat.stdin.close()
    assert code == 1
    assert b"heron: " in complaints
    assert b"Traceback" not in complaints
