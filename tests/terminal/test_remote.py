from __future__ import annotations

import threading

import pytest

from app.core.errors import BadInput
from app.desktop.control_message import LONGEST, Answer, request_in
from app.desktop.instance import Instance
from app.terminal import remote


def answered(command: str, answer: Answer) -> tuple[int, str]:
    """Run a command against an instance that gives this answer; return its exit code and what was asked."""
    asked: list[str] = []
    with Instance() as instance:
        assert instance.claim()
        listening = instance.listening
        assert listening is not None
        listening.setblocking(True)

        def serve() -> None:
            link, _ = listening.accept()
            with link:
                asked.append(request_in(link.recv(LONGEST)).command)
                link.sendall(answer.encoded())

        thread = threading.Thread(target=serve)
        thread.start()
        code = remote.run(command)
        thread.join()
    return code, asked[0]


def test_what_was_done_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert answered("toggle", Answer(True)) == (0, "toggle")
    assert capsys.readouterr() == ("", "")


def test_what_is_not_possible_says_why(capsys: pytest.CaptureFixture[str]) -> None:
    assert answered("press", Answer(False, "Not now.")) == (1, "press")
    assert capsys.readouterr() == ("", "heron: Not now.\n")


def test_without_a_heron_it_says_how_to_start_one() -> None:
    with pytest.raises(BadInput, match="Heron is not running") as caught:
        remote.run("press")
    assert caught.value.exit_code == 2
