from __future__ import annotations

import json

import pytest

from app.desktop.control_message import COMMANDS, LONGEST, Answer, Malformed, Request, answer_in, request_in


@pytest.mark.parametrize("command", COMMANDS)
def test_a_request_is_one_line_that_says_it(command: str) -> None:
    request = Request(command, "secret", "token_TIME123")
    assert request.encoded().count(b"\n") == 1
    assert request.encoded().endswith(b"\n")
    assert request_in(request.encoded()) == request


@pytest.mark.parametrize("answer", [Answer(True), Answer(False, "Nicht möglich.\nNoch nicht.")])
def test_an_answer_is_one_line_that_says_it(answer: Answer) -> None:
    assert answer.encoded().count(b"\n") == 1
    assert answer_in(answer.encoded()) == answer


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"\n",
        b"press\n",
        b"\xff\xff\xff\n",
        b"[]\n",
        b"null\n",
        b"{}\n",
        b"[" * 4000,
        b'{"version": 1, "command": "press"}\n',
        b'{"version": 1, "command": "press", "secret": 7}\n',
        b'{"version": 1, "command": ["press"], "secret": ""}\n',
        b'{"version": 1, "command": "rm -rf /", "secret": ""}\n',
        b'{"version": 1, "command": "show", "secret": "", "token": {}}\n',
        json.dumps({"version": 1, "command": "show", "secret": "", "token": "t" * 257}).encode(),
        Request("press", "s" * LONGEST).encoded(),
    ],
)
def test_what_is_no_request_is_a_sentence(line: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        request_in(line)
    assert str(caught.value).endswith(".")


def test_another_version_is_told_as_such() -> None:
    with pytest.raises(Malformed, match="another version"):
        request_in(b'{"version": 2, "command": "press", "secret": ""}\n')


def test_a_token_that_cannot_be_one_counts_as_none() -> None:
    line = Request("show", "", "a\x00b").encoded()
    assert request_in(line).token == ""


@pytest.mark.parametrize(
    "line", [b"", b"HTTP/1.1 400 Bad Request\r\n", b'{"is_done": 1, "text": ""}', b'{"is_done": true}']
)
def test_what_is_no_answer_is_malformed(line: bytes) -> None:
    with pytest.raises(Malformed):
        answer_in(line)
