"""The studio: a room, a character, and the subject that is measured between them."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from app.core.errors import UserError
from benchmarks.sound.character import Character
from benchmarks.sound.child import Child, Event
from benchmarks.sound.line import Line
from benchmarks.sound.room import Room
from benchmarks.sound.story import story

_START_S: Final = 20.0
_SPEAKS_S: Final = 5.0
"""Longest from a line's request to its first sample at the speaker."""

_PIECES: Final = 8
_PIECE_S: Final = 0.4
"""A line is sought at the speaker in pieces: it is found even if some of them were played with gaps."""


class Studio:
    """Everything that a measure of echo and turn-taking needs. A context manager.

    Args:
        folder: Where files may be put.
        seed: Which of the possible runs this is.
    """

    room: Room
    subject: Child

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.dice = random.Random(seed)
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        with self._stack as stack:
            self.room = stack.enter_context(Room(self.folder))
            character = stack.enter_context(Character(self.folder / "home"))
            self.subject = stack.enter_context(
                Child(
                    "benchmarks.sound.subject",
                    env=self.room.card.env | {"HERON_HOME": str(self.folder / "home")},
                )
            )
            self.subject.tell(
                url=character.url, api_key=character.api_key, mode="continuous", folder=str(self.folder)
            )
            self.subject.expect("ready", _START_S)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._stack.close()

    def say(self, seconds: float) -> Line:
        """Let the character say something of about that length; return the line once it is heard.

        Raises:
            UserError: It does not begin.
        """
        self.subject.take()
        self.subject.tell(say=story(self.dice, seconds))
        voice = self.subject.expect("voice", _SPEAKS_S)
        name = voice["voice"]
        started = self.subject.wait(of_message(name, "started"), _SPEAKS_S)
        if started is None:
            raise UserError("The character was asked to speak and did not.")
        line = Line(name, self.folder / f"{name}.pcm", started["at"], self.room.speaker)
        for piece in range(_PIECES):
            begin = started["at"] + piece * _PIECE_S
            self.room.speaker.await_time(begin + 2 * _PIECE_S)
            if line.locate(begin, begin + 2 * _PIECE_S):
                return line
        raise UserError("What the speaker plays is not what the server sent.")

    def interrupt(self) -> float:
        """Stop the character as a key does; return the time of the call."""
        self.subject.tell(interrupt=True)
        at: float = self.subject.expect("calling", _SPEAKS_S)["at"]
        return at

    def rest(self, seconds: float) -> None:
        """Wait."""
        time.sleep(seconds)


def of_message(message_id: str, *what: str) -> Callable[[Event], bool]:
    """Return what recognises the event that one of ``what`` happened to a message's playback."""
    return lambda event: event.get("message") == message_id and event.get("playback") in what
