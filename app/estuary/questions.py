"""Typed turns from the moment they are sent to the end of their answer."""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from app.estuary.errors import AnswerTimeout, ErrorCode, EstuaryError
from app.protocol.client_messages import Text
from app.protocol.message import Message
from app.protocol.server_messages import BotResponse, Interrupt

MOST: Final = 32
"""Turns that are remembered while they wait for an answer; the oldest is forgotten first."""


@dataclass(slots=True, eq=False)
class Question:
    """One typed turn.

    Attributes:
        text: What was sent.
        message_id: The answer; None until it begins.
        answer: Whoever waits for the answer; None where nobody does.
    """

    text: Text
    message_id: str | None = None
    answer: asyncio.Future[BotResponse] | None = field(default=None, repr=False)

    def fail(self, error: EstuaryError) -> None:
        """Let whoever waits know that no answer comes."""
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(error)


class Questions:
    """Tells which answer belongs to which typed turn, and which turns to send again.

    Answers begin in the order of the turns, and an answer that began before a turn is not its own. What the
    character says unasked is nobody's answer.

    Args:
        send: Puts a message on the wire; raises NOT_CONNECTED.
        on_doubt: Gets the words of a turn of which nobody knows whether it arrived.
    """

    def __init__(self, send: Callable[[Message], None], on_doubt: Callable[[str], None]) -> None:
        self._send = send
        self._on_doubt = on_doubt
        self._open: list[Question] = []
        self._foreign: set[str] = set()

    def ask(self, text: str, *, text_only: bool) -> Question:
        """Send a typed turn.

        Raises:
            EstuaryError: NOT_CONNECTED.
        """
        question = Question(Text(text=text, text_only=text_only, turn_id=uuid.uuid4().hex))
        self._send(question.text)
        self._open = [*self._open, question][-MOST:]
        return question

    async def answer(self, question: Question, seconds: float) -> BotResponse:
        """Return the final answer to a turn that was just sent.

        Raises:
            AnswerTimeout: There was none within ``seconds``.
            EstuaryError: It was interrupted, or the connection was lost.
        """
        question.answer = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                return await question.answer
        except TimeoutError:
            raise AnswerTimeout(f"There was no answer within {seconds:g} s.") from None
        finally:
            question.answer = None

    def came(self, response: BotResponse) -> None:
        """Take note of a piece of an answer."""
        if response.is_interjection:
            return
        question = self._of(response.message_id)
        if question is None:
            (self._foreign.discard if response.is_final else self._foreign.add)(response.message_id)
        elif response.is_final:
            self._open.remove(question)
            if question.answer is not None and not question.answer.done():
                question.answer.set_result(response)

    def interrupted(self, interrupt: Interrupt) -> None:
        """Take note that an answer ends early; without an id, whatever answer is being given."""
        name = interrupt.message_id
        begun = [
            each for each in self._open if each.message_id is not None and name in {None, each.message_id}
        ]
        unbegun = [each for each in self._open if each.message_id is None]
        if not begun and name is not None and name not in self._foreign and len(unbegun) > 1:
            begun = unbegun[:1]  # a newer turn took its place before it had begun
        self._foreign.discard(name or "")
        for question in begun:
            self._open.remove(question)
            question.fail(EstuaryError("The answer was interrupted.", details={"message_id": name}))

    def suspend(self, *, are_told_by_id: bool) -> None:
        """Take note that the connection is gone.

        Args:
            are_told_by_id: The server tells a turn that it has taken already by its id: all are sent again.
        """
        self._foreign.clear()
        if are_told_by_id:
            return
        doubtful = [question for question in self._open if question.message_id is None]
        self.end()
        for question in doubtful:
            self._on_doubt(question.text.text)

    def resume(self) -> None:
        """Send again what has no answer yet: the connection is back."""
        for question in self._open:
            question.message_id = None
            self._send(question.text)

    def end(self) -> None:
        """Take note that no answer will come to anything."""
        waiting, self._open = self._open, []
        self._foreign.clear()
        for question in waiting:
            question.fail(EstuaryError("The connection was lost.", ErrorCode.CONNECTION_FAILED))

    def _of(self, message_id: str) -> Question | None:
        for question in self._open:
            if question.message_id == message_id:
                return question
        if message_id in self._foreign:
            return None
        fresh = next((question for question in self._open if question.message_id is None), None)
        if fresh is not None:
            fresh.message_id = message_id
        return fresh
