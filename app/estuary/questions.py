"""Turns from the moment they are sent to the end of their answer."""

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
    """One turn that will be answered.

    Attributes:
        text: What was sent; None for a turn that is not typed and only has its place in the order.
        message_id: The answer; None until it is known.
        has_begun: The answer has begun.
        is_stopped: The server was asked to stop what it says, and has not said yet what that was.
        is_given_up: Nobody waits for the answer any more.
        answer: Whoever waits for the answer; None where nobody does.
    """

    text: Text | None
    message_id: str | None = None
    has_begun: bool = False
    is_stopped: bool = False
    is_given_up: bool = False
    answer: asyncio.Future[BotResponse] | None = field(default=None, repr=False)

    def fail(self, error: EstuaryError) -> None:
        """Let whoever waits know that no answer comes."""
        if self.answer is not None and not self.answer.done():
            self.answer.set_exception(error)


class Questions:
    """Tells which answer belongs to which turn, and which typed turns to send again.

    A server that tells repetitions names the answer to a typed turn after the turn. Elsewhere answers begin
    in the order of the turns, an answer that began before a turn is not its own, and what the character says
    unasked is nobody's answer.

    Args:
        send: Puts a message on the wire; raises NOT_CONNECTED.
        on_doubt: Gets the words of a turn of which nobody knows whether it arrived.
    """

    def __init__(self, send: Callable[[Message], None], on_doubt: Callable[[str], None]) -> None:
        self._send = send
        self._on_doubt = on_doubt
        self._are_named = False
        self._open: list[Question] = []
        self._foreign: set[str] = set()

    def connected(self, *, are_named: bool) -> None:
        """Take note of a new session; with ``are_named`` the server names answers after their turns."""
        self._are_named = are_named

    def ask(self, text: str, *, text_only: bool) -> Question:
        """Send a typed turn.

        Raises:
            EstuaryError: NOT_CONNECTED.
        """
        question = Question(Text(text=text, text_only=text_only, turn_id=uuid.uuid4().hex))
        self._ask(question)
        for lost in [each for each in self._open if each.is_given_up and not each.has_begun]:
            self._open.remove(lost)  # its answer may never come, and is not to take this one's place
        self._add(question)
        return question

    def expect(self) -> None:
        """Take note of a turn of another kind, whose answer is not to be taken for that of a typed one."""
        if not self._are_named:
            self._add(Question(None))

    async def answer(self, question: Question, seconds: float) -> BotResponse:
        """Return the final answer to a turn that was just sent.

        Raises:
            AnswerTimeout: There was none within ``seconds``.
            EstuaryError: It was interrupted or refused, or the connection was lost.
        """
        question.answer = asyncio.get_running_loop().create_future()
        try:
            async with asyncio.timeout(seconds):
                return await question.answer
        except TimeoutError:
            raise AnswerTimeout(f"There was no answer within {seconds:g} s.") from None
        finally:
            question.answer = None
            question.is_given_up = True

    def came(self, response: BotResponse) -> None:
        """Take note of a piece of an answer."""
        if response.is_interjection:
            return
        question = self._of(response.message_id)
        if question is None:
            (self._foreign.discard if response.is_final else self._foreign.add)(response.message_id)
            return
        question.has_begun = True
        if response.is_final:
            self._open.remove(question)
            if question.answer is not None and not question.answer.done():
                question.answer.set_result(response)

    def refused(self, error: EstuaryError) -> None:
        """Take note that the server could not do something: the turn that waits first has no answer."""
        waiting = next((each for each in self._open if not each.has_begun), next(iter(self._open), None))
        if waiting is not None:
            self._open.remove(waiting)
            waiting.fail(error)

    def stopping(self) -> None:
        """Take note that the server is asked to stop what it says, which may be an answer still to begin."""
        for question in self._open:
            question.is_stopped = True

    def interrupted(self, interrupt: Interrupt) -> None:
        """Take note that an answer ends early; without an id, whatever answer is being given."""
        name = interrupt.message_id
        ended = [
            each
            for each in self._open
            if name == each.message_id is not None or (name is None and each.has_begun)
        ]
        unknown = [each for each in self._open if each.message_id is None]
        if unknown and not ended and name not in self._foreign:
            has_given_way = name is not None and len(unknown) > 1  # to a newer turn
            if has_given_way or unknown[0].is_stopped:
                ended = unknown[:1]
        self._foreign.discard(name or "")
        for question in self._open:
            question.is_stopped = False
        for question in ended:
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
        doubtful = [each.text.text for each in self._open if each.text is not None and not each.has_begun]
        self.end()
        for text in doubtful:
            self._on_doubt(text)

    def resume(self) -> None:
        """Send again what has no answer yet: the connection is back."""
        self._open = [question for question in self._open if question.text is not None]
        for question in self._open:
            question.message_id, question.has_begun = None, False
            self._ask(question)

    def end(self) -> None:
        """Take note that no answer will come to anything."""
        waiting, self._open = self._open, []
        self._foreign.clear()
        for question in waiting:
            question.fail(EstuaryError("The connection was lost.", ErrorCode.CONNECTION_FAILED))

    def _ask(self, question: Question) -> None:
        assert question.text is not None
        self._send(question.text)
        if self._are_named:
            question.message_id = question.text.turn_id

    def _add(self, question: Question) -> None:
        self._open.append(question)
        if len(self._open) > MOST:
            self._open.pop(0).fail(EstuaryError(f"More than {MOST} turns wait for an answer."))

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
