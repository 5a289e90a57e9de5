from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from app.core.errors import BadInput, UserError
from app.desktop import instance as module
from app.desktop.control_address import read_address
from app.desktop.control_message import LONGEST, Answer, Request, request_in
from app.desktop.instance import Instance

_CLAIMER = """
import sys
from app.desktop.instance import Instance

sys.stdin.readline()
instance = Instance()
print(instance.claim(), flush=True)
sys.stdin.readline()
instance.close()
"""


def claimer() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", _CLAIMER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def say(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("\n")
    process.stdin.flush()


def heard(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def answer_one(instance: Instance, answer: Answer) -> Request:
    """Answer the next who connects, and return what was asked."""
    assert instance.listening is not None
    instance.listening.setblocking(True)
    link, _ = instance.listening.accept()
    with link:
        request = request_in(link.recv(LONGEST))
        link.sendall(answer.encoded())
    return request


def test_it_is_the_one_until_it_is_closed(heron_home: Path) -> None:
    with Instance() as first, Instance() as second:
        assert first.claim()
        assert first.claim()
        assert not second.claim()
        assert second.listening is None
        address = read_address(heron_home / "instance.json")
        assert address is not None
        assert address.secret == first.secret != ""
        with socket.socket(socket.AF_UNIX) as link:
            link.connect(address.path)
        first.close()
        assert not Path(address.path).parent.exists()
        assert not (heron_home / "instance.json").exists()
        assert second.claim()


def test_another_data_folder_has_one_of_its_own(tmp_path: Path) -> None:
    homes = [tmp_path / "a", tmp_path / "b"]
    for home in homes:
        home.mkdir()
    with Instance(homes[0]) as one, Instance(homes[1]) as other:
        assert one.claim()
        assert other.claim()


def test_one_that_was_killed_is_replaced_and_its_socket_is_taken_away(heron_home: Path) -> None:
    with claimer() as killed:
        say(killed)
        assert heard(killed) == "True"
        left = read_address(heron_home / "instance.json")
        os.kill(killed.pid, signal.SIGKILL)
        killed.wait()
    assert left is not None
    assert Path(left.path).exists()
    with Instance() as instance:
        assert instance.claim()
        assert not Path(left.path).parent.exists()
        now = read_address(heron_home / "instance.json")
        assert now is not None
        assert now.path != left.path


def test_of_many_that_start_at_once_one_wins() -> None:
    claimers = [claimer() for _ in range(6)]
    for process in claimers:
        say(process)
    results = sorted(heard(process) for process in claimers)
    for process in claimers:
        process.communicate("\n")
    assert results == ["False"] * 5 + ["True"]


def test_a_second_start_has_the_first_shown() -> None:
    with Instance() as first, Instance() as second:
        assert first.claim()
        asked: list[Request] = []
        thread = threading.Thread(target=lambda: asked.append(answer_one(first, Answer(True))))
        thread.start()
        assert not second.claim_or_show()
        thread.join()
    assert [request.command for request in asked] == ["show"]


def test_a_hidden_second_start_asks_for_nothing() -> None:
    with Instance() as first, Instance() as second:
        assert first.claim()
        assert not second.claim_or_show(is_hidden=True)
        assert first.listening is not None
        with pytest.raises(BlockingIOError):
            first.listening.accept()


def test_a_second_start_while_the_first_ends_becomes_the_one() -> None:
    with Instance() as first, Instance() as second:
        assert first.claim()
        ending = threading.Thread(target=first.close)
        threading.Timer(0.1, ending.start).start()
        assert second.claim_or_show()
        ending.join()


def test_one_that_never_answers_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_PATIENCE_S", 0.1)
    monkeypatch.setattr("app.desktop.control_client.PATIENCE_S", 0.1)
    with Instance() as first, Instance() as second:
        assert first.claim()
        with pytest.raises(UserError, match="does not answer"):
            second.claim_or_show()


def test_a_data_folder_that_cannot_be_used_is_bad_input(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="HERON_HOME"):
        Instance(tmp_path / "nowhere").claim()


def test_without_a_socket_it_runs_all_the_same(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def no_socket(home: Path) -> None:
        raise OSError("no sockets here")

    monkeypatch.setattr(module, "listening_socket", no_socket)
    with Instance() as instance:
        assert instance.claim()
        assert instance.listening is None
    assert "commands cannot reach" in caplog.text
