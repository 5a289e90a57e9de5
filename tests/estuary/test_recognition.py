"""Recognition at the server, opened and closed by hand: what is sent, when, and what is kept meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from app.estuary import recognition as module
from app.estuary.errors import ErrorCode, EstuaryError, not_connected
from app.estuary.recognition import Recognition
from app.protocol.client_messages import PUSH_TO_TALK, StartVoice, StopVoice, StreamAudio
from app.protocol.message import Message

pytestmark = pytest.mark.asyncio

LOST = EstuaryError("The connection was lost.", ErrorCode.CONNECTION_FAILED)


class Wired:
    """Recognition, and what it put on the wire."""

    def __init__(self) -> None:
        self.sent: list[Message] = []
        self.perishable: list[float] = []
        self.is_connected = True
        self._news = asyncio.Event()
        self.recognition = Recognition(self._send, 16_000)

    async def opening(self, turn_mode: str | None = None) -> asyncio.Task[None]:
        """Begin to open, and return when the task waits."""
        task = asyncio.create_task(self.recognition.open(turn_mode))
        await asyncio.sleep(0)
        return task

    async def opened(self) -> None:
        """Open, with the server's consent."""
        task = await self.opening()
        self.recognition.started()
        await task
        self.sent.clear()

    async def until_sent(self, count: int) -> None:
        async with asyncio.timeout(1):
            while len(self.sent) < count:
                self._news.clear()
                await self._news.wait()

    def _send(self, message: Message, perishable_s: float) -> None:
        if not self.is_connected:
            raise not_connected()
        self.sent.append(message)
        self.perishable.append(perishable_s)
        self._news.set()


@pytest.fixture
def wired() -> Wired:
    return Wired()


def audio(number: int, turn_id: str | None = None) -> StreamAudio:
    return StreamAudio(audio=bytes([number]) * 320, turn_id=turn_id)


async def failure(task: asyncio.Task[None]) -> EstuaryError:
    with pytest.raises(EstuaryError) as caught:
        await asyncio.wait_for(task, 2)
    return caught.value


@pytest.mark.parametrize("turn_mode", [None, PUSH_TO_TALK])
async def test_it_is_open_when_the_server_says_so(wired: Wired, turn_mode: str | None) -> None:
    was_opening = [wired.recognition.is_opening]
    task = await wired.opening(turn_mode)
    assert wired.sent == [StartVoice(turn_mode=turn_mode)]
    was_opening.append(wired.recognition.is_opening)
    was_waited_for = [wired.recognition.started()]
    await task
    was_opening.append(wired.recognition.is_opening)
    was_waited_for.append(wired.recognition.started())
    assert (was_opening, was_waited_for) == ([False, True, False], [True, False])


async def test_audio_is_kept_while_it_opens_and_goes_out_first(wired: Wired) -> None:
    assert not wired.recognition.take(audio(0), 0.02)
    wired.recognition.keep(audio(1))
    task = await wired.opening()
    assert wired.recognition.take(audio(2), 0.02)
    wired.recognition.started()
    await task
    assert wired.recognition.take(audio(3), 0.02)
    assert wired.sent == [StartVoice(), audio(1), audio(2), audio(3)]
    assert wired.perishable == [0.0, 0.0, 0.0, 0.02]


async def test_what_is_kept_is_forgotten_when_it_closes(wired: Wired) -> None:
    task = await wired.opening()
    wired.recognition.take(audio(1), 0.02)
    wired.recognition.close()
    wired.recognition.abandon(LOST)
    wired.recognition.stopped()
    assert await failure(task) is LOST
    await wired.opened()
    assert wired.sent == []


@pytest.mark.parametrize(("kept", "left"), [(2, [3, 4]), (0, [])])
async def test_what_is_kept_has_a_limit_and_the_rest_of_an_utterance_keeps_its_id(
    monkeypatch: pytest.MonkeyPatch, kept: int, left: list[int]
) -> None:
    monkeypatch.setattr(module, "KEPT_MS", kept * 10)
    wired = Wired()
    task = await wired.opening()
    wired.recognition.keep(audio(1, "a"))
    wired.recognition.keep(audio(2, "b"))
    for number in (3, 4):
        wired.recognition.keep(audio(number))
    wired.recognition.started()
    await task
    assert wired.sent[1:] == [audio(number, "b" if number == 3 else None) for number in left]


async def test_of_two_utterances_each_keeps_its_own_id(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "KEPT_MS", 10)
    wired = Wired()
    task = await wired.opening()
    wired.recognition.keep(audio(1, "a"))
    wired.recognition.keep(audio(2, "b"))
    wired.recognition.started()
    await task
    assert wired.sent[1:] == [audio(2, "b")]


async def test_closing_says_so_where_the_server_knows_of_it(wired: Wired) -> None:
    wired.recognition.close()
    assert wired.sent == []
    await wired.opened()
    wired.recognition.close()
    wired.recognition.close()
    assert wired.sent == [StopVoice()]
    assert not wired.recognition.take(audio(1), 0.02)


async def test_closing_is_waited_for_until_the_server_says_so(wired: Wired) -> None:
    await wired.recognition.until_closed()
    await wired.opened()
    wired.recognition.close()
    waiting = asyncio.create_task(wired.recognition.until_closed())
    await asyncio.sleep(0)
    assert not waiting.done()
    assert not wired.recognition.stopped()
    await asyncio.wait_for(waiting, 1)
    assert not wired.recognition.stopped()


async def test_closing_is_not_waited_for_without_end(wired: Wired, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "STOP_TIMEOUT_S", 0.05)
    await wired.opened()
    wired.recognition.close()
    async with asyncio.timeout(1):
        await asyncio.gather(wired.recognition.until_closed(), wired.recognition.until_closed())
    async with asyncio.timeout(0.01):
        await wired.recognition.until_closed()


async def test_a_close_before_is_waited_for_before_it_opens_again(wired: Wired) -> None:
    await wired.opened()
    wired.recognition.close()
    task = await wired.opening()
    assert wired.sent == [StopVoice()]
    assert wired.recognition.take(audio(1), 0.02)
    wired.recognition.stopped()
    await wired.until_sent(2)
    assert wired.sent == [StopVoice(), StartVoice()]
    wired.recognition.started()
    await task
    assert wired.sent[2:] == [audio(1)]


async def test_whoever_gives_up_before_it_was_to_open_sends_nothing(wired: Wired) -> None:
    await wired.opened()
    wired.recognition.close()
    task = await wired.opening()
    wired.recognition.abandon(LOST)
    wired.recognition.stopped()
    assert await failure(task) is LOST
    assert wired.sent == [StopVoice()]


async def test_a_second_close_does_not_make_the_first_wait(wired: Wired) -> None:
    await wired.opened()
    wired.recognition.close()
    first = asyncio.create_task(wired.recognition.until_closed())
    await asyncio.sleep(0)
    wired.recognition._state = module.RecognitionState.OPEN  # as if the server had opened it after all
    wired.recognition.close()
    await asyncio.wait_for(first, 1)
    assert wired.sent == [StopVoice(), StopVoice()]


async def test_a_server_that_says_nothing_is_not_waited_for_without_end(
    wired: Wired, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "START_TIMEOUT_S", 0.05)
    error = await failure(await wired.opening())
    assert error.code is ErrorCode.VOICE_START_FAILED
    assert wired.sent == [StartVoice(), StopVoice()]
    assert not wired.recognition.started()


async def test_a_cancelled_opening_is_taken_back(wired: Wired) -> None:
    task = await wired.opening()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert wired.sent == [StartVoice(), StopVoice()]
    assert not wired.recognition.is_opening


async def test_without_a_connection_it_does_not_open(wired: Wired) -> None:
    wired.is_connected = False
    error = await failure(await wired.opening())
    assert error.code is ErrorCode.NOT_CONNECTED
    wired.is_connected = True
    await wired.opened()


async def test_a_refusal_fails_the_opening(wired: Wired) -> None:
    refusal = EstuaryError("no", ErrorCode.VOICE_START_FAILED)
    assert not wired.recognition.refused(refusal)
    task = await wired.opening()
    assert wired.recognition.refused(refusal)
    assert not wired.recognition.started()
    assert await failure(task) is refusal
    assert wired.sent == [StartVoice()]


async def test_a_lost_connection_fails_the_opening_without_a_word(wired: Wired) -> None:
    task = await wired.opening()
    wired.recognition.reset()
    wired.recognition.abandon(LOST)
    wired.recognition.abandon(LOST)
    assert await failure(task) is LOST
    assert wired.sent == [StartVoice()]
    wired.recognition.abandon(LOST)
    await wired.opened()


@pytest.mark.parametrize("way", ["reset", "stopped"])
async def test_a_recognition_that_ends_as_soon_as_it_is_open_has_failed(wired: Wired, way: str) -> None:
    task = await wired.opening()
    assert wired.recognition.started()
    getattr(wired.recognition, way)()  # in the same breath
    wired.recognition.abandon(LOST)
    assert (await failure(task)).code is ErrorCode.CONNECTION_FAILED
    assert wired.sent == [StartVoice()]


async def test_the_server_may_close_it_by_itself(wired: Wired) -> None:
    assert not wired.recognition.stopped()
    await wired.opened()
    assert wired.recognition.stopped()
    assert not wired.recognition.take(audio(1), 0.02)
    wired.recognition.close()
    assert wired.sent == []


async def test_an_opening_that_was_replaced_ends_alone(wired: Wired, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "START_TIMEOUT_S", 0.05)
    first = await wired.opening()
    monkeypatch.setattr(module, "START_TIMEOUT_S", 5)
    second = await wired.opening()
    assert (await failure(first)).code is ErrorCode.VOICE_START_FAILED
    assert wired.recognition.started()
    await second
    assert wired.sent == [StartVoice(), StartVoice()]


async def test_an_opening_can_be_waited_for(wired: Wired) -> None:
    await wired.recognition.until_opened()
    task = await wired.opening()
    waiting = asyncio.create_task(wired.recognition.until_opened())
    await asyncio.sleep(0)
    assert not waiting.done()
    wired.recognition.started()
    await asyncio.wait_for(waiting, 1)
    await task
