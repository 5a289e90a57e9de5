"""Which answer belongs to which typed turn, and what becomes of a turn when the connection is lost."""

from __future__ import annotations

import asyncio

import pytest

from app.estuary.errors import AnswerTimeout, ErrorCode, EstuaryError, not_connected
from app.estuary.questions import MOST, Question, Questions
from app.protocol.client_messages import Text
from app.protocol.message import Message
from app.protocol.server_messages import BotResponse, Interrupt

pytestmark = pytest.mark.asyncio


class Asked:
    """Questions, what they put on the wire, and what they doubt."""

    def __init__(self) -> None:
        self.sent: list[Text] = []
        self.doubts: list[str] = []
        self.is_connected = True
        self.questions = Questions(self._send, self.doubts.append)

    @property
    def words(self) -> list[str]:
        return [text.text for text in self.sent]

    def ask(self, *texts: str) -> list[asyncio.Task[BotResponse]]:
        """Ask each, and wait for each answer in a task."""
        return [self.wait(self.questions.ask(text, text_only=False)) for text in texts]

    def wait(self, question: Question, seconds: float = 5) -> asyncio.Task[BotResponse]:
        return asyncio.create_task(self.questions.answer(question, seconds))

    def begin(self, *message_ids: str) -> None:
        for message_id in message_ids:
            self.questions.came(BotResponse(text="so", message_id=message_id))

    def finish(self, *message_ids: str) -> None:
        for message_id in message_ids:
            self.questions.came(BotResponse(text=message_id, message_id=message_id, is_final=True))

    def _send(self, message: Message) -> None:
        if not self.is_connected:
            raise not_connected()
        assert isinstance(message, Text)
        self.sent.append(message)


@pytest.fixture
def asked() -> Asked:
    return Asked()


async def answers(*waiting: asyncio.Task[BotResponse]) -> list[str]:
    return [each.text for each in await asyncio.wait_for(asyncio.gather(*waiting), 1)]


async def begun(*waiting: asyncio.Task[BotResponse]) -> None:
    """Let the tasks come to where they wait."""
    await asyncio.sleep(0)
    assert not any(each.done() for each in waiting)


async def failure(waiting: asyncio.Task[BotResponse]) -> EstuaryError:
    with pytest.raises(EstuaryError) as caught:
        await waiting
    return caught.value


async def test_a_turn_is_sent_at_once_with_an_id_of_its_own(asked: Asked) -> None:
    asked.questions.ask("one", text_only=False)
    asked.questions.ask("two", text_only=True)
    assert [(text.text, text.text_only) for text in asked.sent] == [("one", False), ("two", True)]
    ids = {text.turn_id for text in asked.sent}
    assert len(ids) == 2
    assert None not in ids


async def test_a_turn_that_cannot_be_sent_is_no_turn(asked: Asked) -> None:
    asked.is_connected = False
    with pytest.raises(EstuaryError):
        asked.questions.ask("lost", text_only=False)
    asked.is_connected = True
    asked.questions.resume()
    assert asked.sent == []


async def test_answers_begin_in_the_order_of_the_turns_and_may_end_in_any(asked: Asked) -> None:
    waiting = asked.ask("one", "two", "three")
    await begun(*waiting)
    asked.begin("a", "b")
    asked.finish("b", "c", "a")
    assert await answers(*waiting) == ["a", "b", "c"]


async def test_an_answer_may_come_in_one_piece(asked: Asked) -> None:
    (waiting,) = asked.ask("one")
    await begun(waiting)
    asked.finish("a")
    assert await answers(waiting) == ["a"]


async def test_an_answer_that_nobody_waits_for_is_let_go(asked: Asked) -> None:
    asked.questions.ask("one", text_only=False)
    (waiting,) = asked.ask("two")
    await begun(waiting)
    asked.finish("a", "b")
    assert await answers(waiting) == ["b"]


async def test_what_is_said_in_between_is_nobodys_answer(asked: Asked) -> None:
    (waiting,) = asked.ask("one")
    await begun(waiting)
    asked.questions.came(BotResponse(text="by the way", message_id="x", is_final=True, is_interjection=True))
    await begun(waiting)
    asked.finish("a")
    assert await answers(waiting) == ["a"]


async def test_an_answer_that_had_begun_before_is_not_its_own(asked: Asked) -> None:
    asked.begin("old")
    (waiting,) = asked.ask("one")
    await begun(waiting)
    asked.begin("old")
    asked.finish("old")
    await begun(waiting)
    asked.finish("a")
    assert await answers(waiting) == ["a"]


async def test_an_answer_is_not_waited_for_without_end(asked: Asked) -> None:
    error = await failure(asked.wait(asked.questions.ask("one", text_only=False), 0.01))
    assert isinstance(error, AnswerTimeout)
    assert isinstance(error, TimeoutError)
    assert "0.01 s" in error.message


async def test_a_turn_that_was_given_up_is_not_in_the_way_of_the_next(asked: Asked) -> None:
    """Its answer may never come: the server may have failed."""
    await failure(asked.wait(asked.questions.ask("one", text_only=False), 0.01))
    (waiting,) = asked.ask("two")
    await begun(waiting)
    asked.finish("a")
    assert await answers(waiting) == ["a"]


async def test_an_answer_that_has_begun_is_the_turns_own_even_if_it_was_given_up(asked: Asked) -> None:
    question = asked.questions.ask("one", text_only=False)
    asked.begin("a")
    await failure(asked.wait(question, 0.01))
    (waiting,) = asked.ask("two")
    await begun(waiting)
    asked.finish("a", "b")
    assert await answers(waiting) == ["b"]


async def test_the_answer_to_a_turn_of_another_kind_is_not_taken_for_that_of_a_typed_one(
    asked: Asked,
) -> None:
    asked.questions.expect()  # something was said
    (waiting,) = asked.ask("one")
    await begun(waiting)
    asked.begin("to what was said")
    asked.finish("to what was said", "a")
    assert await answers(waiting) == ["a"]


# A server that names its answers


async def test_an_answer_that_bears_the_name_of_its_turn_is_its_own_in_any_order(asked: Asked) -> None:
    asked.questions.connected(are_named=True)
    waiting = asked.ask("one", "two")
    asked.questions.expect()
    await begun(*waiting)
    ids = [text.turn_id or "" for text in asked.sent]
    asked.finish("something else", ids[1], ids[0])
    assert await answers(*waiting) == ids


async def test_a_late_answer_that_bears_a_name_is_nobody_elses(asked: Asked) -> None:
    asked.questions.connected(are_named=True)
    await failure(asked.wait(asked.questions.ask("one", text_only=False), 0.01))
    (waiting,) = asked.ask("two")
    await begun(waiting)
    first, second = (text.turn_id or "" for text in asked.sent)
    asked.finish(first)
    await begun(waiting)
    asked.finish(second)
    assert await answers(waiting) == [second]


async def test_a_turn_that_bears_a_name_is_interrupted_by_it(asked: Asked) -> None:
    asked.questions.connected(are_named=True)
    first, second = asked.ask("one", "two")
    await begun(first, second)
    asked.questions.interrupted(Interrupt(message_id="something else"))
    asked.questions.interrupted(Interrupt(message_id=asked.sent[0].turn_id))
    await failure(first)
    await begun(second)
    asked.finish(asked.sent[1].turn_id or "")
    await answers(second)


async def test_a_server_that_names_answers_no_more_is_taken_by_the_order_again(asked: Asked) -> None:
    asked.questions.connected(are_named=True)
    waiting = asked.ask("one", "two")
    await begun(*waiting)
    asked.questions.suspend(are_told_by_id=True)
    asked.questions.connected(are_named=False)
    asked.questions.resume()
    asked.finish("a", "b")
    assert await answers(*waiting) == ["a", "b"]


# Refusals


async def test_what_the_server_cannot_do_is_the_turn_that_waits_first(asked: Asked) -> None:
    refusal = EstuaryError("no more", ErrorCode.QUOTA_EXCEEDED)
    asked.questions.refused(refusal)
    first, second = asked.ask("one", "two")
    await begun(first, second)
    asked.begin("a")
    asked.questions.refused(refusal)
    assert await failure(second) is refusal
    asked.questions.refused(refusal)
    assert await failure(first) is refusal
    asked.questions.refused(refusal)


async def test_a_refusal_of_what_was_said_is_none_of_what_was_typed(asked: Asked) -> None:
    asked.questions.expect()
    (waiting,) = asked.ask("one")
    await begun(waiting)
    asked.questions.refused(EstuaryError("no"))
    asked.finish("a")
    assert await answers(waiting) == ["a"]


async def test_whoever_gives_up_is_not_told_any_more(asked: Asked) -> None:
    (waiting,) = asked.ask("one")
    await begun(waiting)
    waiting.cancel()
    asked.begin("a")
    asked.finish("a")
    with pytest.raises(asyncio.CancelledError):
        await waiting


async def test_whoever_gives_up_at_the_last_moment_is_not_failed_either(asked: Asked) -> None:
    (waiting,) = asked.ask("one")
    await begun(waiting)
    waiting.cancel()
    asked.questions.end()
    with pytest.raises(asyncio.CancelledError):
        await waiting


# Interruptions


@pytest.mark.parametrize("name", ["a", None])
async def test_an_interrupted_answer_is_a_failure(asked: Asked, name: str | None) -> None:
    first, second = asked.ask("one", "two")
    await begun(first, second)
    asked.begin("a")
    asked.questions.interrupted(Interrupt(message_id=name))
    error = await failure(first)
    assert (error.code, dict(error.details)) == (ErrorCode.UNKNOWN, {"message_id": name})
    asked.finish("b")
    assert await answers(second) == ["b"]


async def test_another_answer_that_is_interrupted_changes_nothing(asked: Asked) -> None:
    asked.begin("old")
    first, second = asked.ask("one", "two")
    await begun(first, second)
    asked.questions.interrupted(Interrupt(message_id="old"))
    asked.finish("a", "b")
    assert await answers(first, second) == ["a", "b"]


async def test_a_turn_that_gave_way_to_the_next_before_its_answer_began_has_none(asked: Asked) -> None:
    first, second = asked.ask("one", "two")
    await begun(first, second)
    asked.questions.interrupted(Interrupt(message_id="never begun"))
    assert (await failure(first)).code is ErrorCode.UNKNOWN
    asked.finish("b")
    assert await answers(second) == ["b"]


@pytest.mark.parametrize("name", ["something else", None])
async def test_a_turn_that_waits_alone_is_not_what_was_interrupted(asked: Asked, name: str | None) -> None:
    (waiting,) = asked.ask("one")
    await begun(waiting)
    asked.questions.interrupted(Interrupt(message_id=name))
    asked.finish("a")
    assert await answers(waiting) == ["a"]


@pytest.mark.parametrize("name", ["never begun", None])
async def test_an_answer_that_the_client_stopped_before_it_began_does_not_come(
    asked: Asked, name: str | None
) -> None:
    (first,) = asked.ask("one")
    await begun(first)
    asked.questions.stopping()
    (second,) = asked.ask("two")
    await begun(second)
    asked.questions.interrupted(Interrupt(message_id=name))
    assert (await failure(first)).code is ErrorCode.UNKNOWN
    asked.finish("b")
    assert await answers(second) == ["b"]


async def test_what_the_client_stopped_was_the_answer_that_had_begun(asked: Asked) -> None:
    first, second = asked.ask("one", "two")
    await begun(first, second)
    asked.begin("a")
    asked.questions.stopping()
    asked.questions.interrupted(Interrupt(message_id="a"))
    asked.questions.interrupted(Interrupt(message_id="something else"))
    await failure(first)
    asked.finish("b")
    assert await answers(second) == ["b"]


# Lost connections


async def test_where_repetitions_are_told_every_open_turn_is_sent_again(asked: Asked) -> None:
    waiting = asked.ask("one", "two", "three")
    await begun(*waiting)
    asked.finish("a")
    asked.begin("b")
    asked.questions.suspend(are_told_by_id=True)
    asked.questions.resume()
    assert asked.words == ["one", "two", "three", "two", "three"]
    assert [text.turn_id for text in asked.sent[3:]] == [text.turn_id for text in asked.sent[1:3]]
    asked.finish("b", "c")
    assert await answers(*waiting) == ["a", "b", "c"]
    assert asked.doubts == []


async def test_what_was_said_on_the_lost_connection_is_forgotten(asked: Asked) -> None:
    asked.begin("old")
    (waiting,) = asked.ask("one")
    await begun(waiting)
    asked.questions.suspend(are_told_by_id=True)
    asked.questions.resume()
    asked.finish("old")  # the server counts anew
    assert await answers(waiting) == ["old"]


async def test_elsewhere_a_turn_without_an_answer_is_in_doubt(asked: Asked) -> None:
    waiting = asked.ask("one", "two")
    unwaited = asked.questions.ask("three", text_only=False)
    await begun(*waiting)
    asked.begin("a")
    asked.questions.suspend(are_told_by_id=False)
    for each in waiting:
        assert (await failure(each)).code is ErrorCode.CONNECTION_FAILED
    assert asked.doubts == ["two", "three"]
    asked.questions.resume()
    assert asked.words == ["one", "two", "three"]
    assert unwaited.message_id is None


async def test_a_turn_of_another_kind_is_neither_sent_again_nor_in_doubt(asked: Asked) -> None:
    asked.questions.expect()
    asked.questions.suspend(are_told_by_id=True)
    asked.questions.resume()
    asked.questions.expect()
    asked.questions.suspend(are_told_by_id=False)
    assert (asked.words, asked.doubts) == ([], [])


async def test_when_the_connection_is_gone_for_good_nobody_waits(asked: Asked) -> None:
    waiting = asked.ask("one", "two")
    await begun(*waiting)
    asked.questions.end()
    for each in waiting:
        assert (await failure(each)).code is ErrorCode.CONNECTION_FAILED
    assert asked.doubts == []


async def test_of_very_many_turns_the_oldest_are_given_up(asked: Asked) -> None:
    (waiting,) = asked.ask("0")
    await begun(waiting)
    for number in range(1, MOST + 5):
        asked.questions.ask(str(number), text_only=False)
    assert str(MOST) in (await failure(waiting)).message
    asked.questions.suspend(are_told_by_id=True)
    asked.sent.clear()
    asked.questions.resume()
    assert asked.words == [str(number) for number in range(5, MOST + 5)]


async def test_a_question_shows_no_future() -> None:
    assert "Future" not in repr(Question(Text(text="one")))


async def test_turns_of_another_kind_have_their_place(asked: Asked) -> None:
    asked.questions.expect()
    (typed,) = asked.ask("typed")
    await begun(typed)
    asked.finish("line", "answer")
    assert await answers(typed) == ["answer"]


async def test_an_answer_that_has_the_name_of_its_turn_is_known_by_it(asked: Asked) -> None:
    asked.questions.connected(are_named=True)
    asked.questions.expect()
    waiting = asked.ask("one", "two")
    await begun(*waiting)
    names = [str(text.turn_id) for text in asked.sent]
    asked.finish("a line", names[1])
    assert await answers(waiting[1]) == [names[1]]
    asked.questions.interrupted(Interrupt(message_id=names[0]))
    assert "interrupted" in (await failure(waiting[0])).message


async def test_what_the_server_refuses_has_no_answer(asked: Asked) -> None:
    first, second = asked.ask("one", "two")
    await begun(first, second)
    asked.begin("a")
    asked.questions.refused(EstuaryError("Too many.", ErrorCode.QUOTA_EXCEEDED))
    assert (await failure(second)).code is ErrorCode.QUOTA_EXCEEDED
    asked.questions.refused(EstuaryError("It broke."))
    assert (await failure(first)).message == "It broke."
    asked.questions.refused(EstuaryError("Nobody asked."))


async def test_only_what_was_typed_is_sent_again(asked: Asked) -> None:
    asked.questions.ask("one", text_only=False)
    asked.questions.expect()
    asked.questions.suspend(are_told_by_id=True)
    asked.questions.connected(are_named=True)
    asked.questions.resume()
    assert asked.words == ["one", "one"]
    asked.questions.expect()
    asked.questions.suspend(are_told_by_id=False)
    assert asked.doubts == ["one"]
