from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from app.desktop import control_client as module
from app.desktop.control_address import ControlAddress, address_file, write_address
from app.desktop.control_client import ask
from app.desktop.control_message import LONGEST, Answer, Request, request_in
from app.desktop.listening_socket import on_loopback, on_unix


@contextmanager
def answering(
    say: Callable[[socket.socket], object], file: Path, *, way: str = "unix"
) -> Iterator[ControlAddress]:
    """Stand at the other end of one connection."""
    listening, address = on_unix([file.parent]) if way == "unix" else on_loopback()
    listening.setblocking(True)
    listening.settimeout(10)
    write_address(file, address)

    def serve() -> None:
        link, _ = listening.accept()
        with link:
            say(link)

    thread = threading.Thread(target=serve)
    thread.start()
    try:
        yield address
    finally:
        thread.join()
        listening.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "instance.json"


@pytest.fixture(autouse=True)
def no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_ACTIVATION_TOKEN", "DESKTOP_STARTUP_ID"):
        monkeypatch.delenv(name, raising=False)


@pytest.mark.parametrize("way", ["unix", "loopback"])
def test_it_asks_and_returns_the_answer(file: Path, way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DESKTOP_STARTUP_ID", "panel_TIME42")
    heard: list[bytes] = []

    def say(link: socket.socket) -> None:
        heard.append(link.recv(LONGEST))
        answer = Answer(False, "Ein Satz.").encoded()
        link.sendall(answer[:10])
        link.sendall(answer[10:])

    with answering(say, file, way=way) as address:
        assert ask("press", file) == Answer(False, "Ein Satz.")
    assert request_in(heard[0]) == Request("press", address.secret, "panel_TIME42")


def test_without_an_address_no_heron_runs(heron_home: Path) -> None:
    assert ask("press") is None
    address_file().write_text("no address")
    assert ask("press") is None


def test_one_that_has_crashed_does_not_run(file: Path) -> None:
    unix, left_behind = on_unix([file.parent])
    unix.close()
    loopback, closed = on_loopback()
    loopback.close()
    for address in (left_behind, closed, ControlAddress("s", path="/nowhere/control")):
        write_address(file, address)
        assert ask("show", file) is None


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 400 Bad Request\r\n", b"{}\n", b"x" * (2 * LONGEST), Answer(True).encoded()[:5]]
)
def test_somebody_else_in_its_place_is_told_as_such(file: Path, said: bytes) -> None:
    def say(link: socket.socket) -> None:
        link.recv(LONGEST)
        link.sendall(said)

    with answering(say, file):
        answer = ask("press", file)
    assert answer is not None
    assert not answer.is_done
    assert "something else" in answer.text


def test_one_that_has_hung_is_told_as_such(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "PATIENCE_S", 0.1)
    with answering(lambda link: (link.recv(LONGEST), link.recv(1)), file):
        answer = ask("press", file)
    assert answer is not None
    assert not answer.is_done
    assert "does not answer" in answer.text
