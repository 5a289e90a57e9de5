"""What a command says to the running Heron and what it hears: one line of JSON each way."""

from __future__ import annotations

import json
from typing import Any, Final, NamedTuple

VERSION: Final = 1
"""Of the messages; both sides say theirs."""

LONGEST: Final = 4096
"""Bytes of a message, with the end of its line."""

LONGEST_TOKEN: Final = 256

COMMANDS: Final = {
    "press": "begin your turn, as holding the key does",
    "release": "end your turn and send it",
    "toggle": "begin your turn, or end and send it",
    "mute": "mute or unmute the microphone",
    "stop": "stop what is being said",
    "show": "show the window",
}
"""The commands, and what they do."""


class Malformed(ValueError):  # noqa: N818 - reads as what it is
    """A message that cannot be read; its text says why."""


class Request(NamedTuple):
    """What a command asks for.

    Attributes:
        command: One of `COMMANDS`.
        secret: What `ControlAddress` says.
        token: The right to take the keyboard from another window, where the desktop has given one.
    """

    command: str
    secret: str
    token: str = ""

    def encoded(self) -> bytes:
        """Return the line that says so."""
        said = {"version": VERSION, "command": self.command, "secret": self.secret, "token": self.token}
        return _line(said)


class Answer(NamedTuple):
    """What comes of it.

    Attributes:
        is_done: It was done.
        text: A sentence for the person, if there is something to say.
    """

    is_done: bool
    text: str = ""

    def encoded(self) -> bytes:
        """Return the line that says so."""
        return _line({"version": VERSION, "is_done": self.is_done, "text": self.text})


def request_in(line: bytes) -> Request:
    """Return the request that a line holds.

    Raises:
        Malformed: It holds none that this version knows.
    """
    said = _object_in(line)
    if said.get("version") != VERSION:
        raise Malformed("The Heron that runs is of another version. End it, then start it again.")
    command, secret, token = said.get("command"), said.get("secret"), said.get("token", "")
    if not isinstance(command, str) or command not in COMMANDS:
        raise Malformed(f"There is no such command. These are: {', '.join(COMMANDS)}.")
    if not isinstance(secret, str) or not isinstance(token, str) or len(token) > LONGEST_TOKEN:
        raise Malformed("That is no message to Heron.")
    return Request(command, secret, token if token.isprintable() else "")


def answer_in(line: bytes) -> Answer:
    """Return the answer that a line holds.

    Raises:
        Malformed: It holds none.
    """
    said = _object_in(line)
    is_done, text = said.get("is_done"), said.get("text")
    if not isinstance(is_done, bool) or not isinstance(text, str):
        raise Malformed("That is no answer of Heron.")
    return Answer(is_done, text)


def _line(said: dict[str, Any]) -> bytes:
    return json.dumps(said).encode() + b"\n"


def _object_in(line: bytes) -> dict[str, Any]:
    try:
        said = json.loads(line) if len(line) <= LONGEST else None
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise Malformed("That is no message to Heron.")
    return said
