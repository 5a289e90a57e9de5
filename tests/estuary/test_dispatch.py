"""Where each message goes: to voice, to whoever asked, to the program's listeners."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.estuary.dispatch import Dispatch
from app.estuary.emitter import Emitter
from app.estuary.errors import ErrorCode, EstuaryError
from app.estuary.events import BotVoice, EventName, OtherEvent
from app.estuary.questions import Questions
from app.estuary.voice_manager import VoiceManager
from app.estuary.voice_mode import VoiceMode
from app.protocol import server_messages as wire
from app.protocol.connection import BadPayload, UnknownEvent
from app.protocol.message import Message

pytestmark = pytest.mark.asyncio


class Dispatched:
    """A dispatch with real voice and real questions, and everything it told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, Any]] = []
        self.sent: list[Message] = []
        emitter = Emitter()
        for name in EventName:
            emitter.on(name, lambda *arguments, name=name: self.told.append((name.value, *arguments)))
        self.voice = VoiceManager(self._send, emitter.emit, 16_000)
        self.questions = Questions(self._send, print)
        self.dispatch = Dispatch(emitter, self.voice, self.questions, 16_000)

    async def start_voice(self) -> None:
        starting = asyncio.create_task(self.voice.start(VoiceMode.CONTINUOUS))
        await asyncio.sleep(0)
        self.dispatch.message(wire.VoiceStarted())
        await starting
        self.told.clear()

    def errors(self) -> list[EstuaryError]:
        return [told[1] for told in self.told if told[0] == "error"]

    def _send(self, message: Message, perishable_s: float = 0.0) -> None:
        self.sent.append(message)


@pytest.fixture
def dispatched() -> Dispatched:
    return Dispatched()


PLAIN: list[Message] = [
    wire.BotResponse(text="hi", message_id="m"),
    wire.SttResponse(text="hi"),
    wire.Interrupt(message_id="m"),
    wire.QuotaExceeded(message="no more"),
    wire.ClientAction(name="wave"),
    wire.MemoryUpdated(agent_id="a"),
    wire.ModerationWarning(level="warning"),
    wire.ModerationFlag(message_id="m"),
    wire.AgentTurnText(text="hi"),
    wire.AgentTurnComplete(text="hi"),
    wire.AgentConversationComplete(reason="done"),
    wire.SessionTimeout(),
    wire.SessionRejected(),
    wire.AuthError(),
]


@pytest.mark.parametrize("message", PLAIN, ids=lambda message: message.event)
async def test_a_message_is_told_as_it_is(dispatched: Dispatched, message: Message) -> None:
    dispatched.dispatch.message(message)
    assert dispatched.told == [(message.event, message)]


async def test_a_request_for_a_picture_has_a_name_of_its_own(dispatched: Dispatched) -> None:
    message = wire.CameraCapture(request_id="r")
    dispatched.dispatch.message(message)
    assert dispatched.told == [("camera_capture_request", message)]


@pytest.mark.parametrize(("named", "rate"), [(None, 16_000), (24_000, 24_000)])
async def test_voice_is_told_with_its_rate(dispatched: Dispatched, named: int | None, rate: int) -> None:
    dispatched.dispatch.message(
        wire.BotVoice(
            audio=b"\0\1",
            message_id="m",
            chunk_index=2,
            is_final=True,
            is_interjection=True,
            sample_rate=named,
        )
    )
    voice = BotVoice(
        pcm=b"\0\1", sample_rate=rate, message_id="m", chunk_index=2, is_final=True, is_interjection=True
    )
    assert dispatched.told == [("bot_voice", voice)]


@pytest.mark.parametrize("pcm", [b"\0\1", b""])
async def test_voice_of_two_that_speak_with_each_other_is_audio_too(
    dispatched: Dispatched, pcm: bytes
) -> None:
    message = wire.AgentTurnVoice(audio=pcm, agent_id="a")
    dispatched.dispatch.message(message)
    assert dispatched.told == [("agent_turn_voice", message), *[("audio_received", pcm)] * bool(pcm)]


async def test_answers_and_interruptions_reach_whoever_asked(dispatched: Dispatched) -> None:
    question = dispatched.questions.ask("one", text_only=False)
    answering = asyncio.create_task(dispatched.questions.answer(question, 1))
    await asyncio.sleep(0)
    answer = wire.BotResponse(text="a", message_id="m", is_final=True)
    dispatched.dispatch.message(answer)
    assert await answering == answer
    question = dispatched.questions.ask("two", text_only=False)
    answering = asyncio.create_task(dispatched.questions.answer(question, 1))
    await asyncio.sleep(0)
    dispatched.dispatch.message(wire.BotResponse(text="b", message_id="n"))
    dispatched.dispatch.message(wire.Interrupt(message_id="n"))
    with pytest.raises(EstuaryError):
        await answering


async def test_voice_learns_what_was_heard(dispatched: Dispatched) -> None:
    await dispatched.start_voice()
    await dispatched.voice.send_audio(bytes(640))
    dispatched.dispatch.message(wire.SttResponse(text="hello", is_final=True))
    await dispatched.voice.send_audio(bytes(640))
    ids = [message.turn_id for message in dispatched.sent[1:]]  # type: ignore[attr-defined]
    assert None not in ids
    assert ids[0] != ids[1]


@pytest.mark.parametrize(
    ("message", "told"),
    [
        (wire.VoiceStopped(), []),
        (
            wire.VoiceError(error="it broke"),
            [("voice_error", wire.VoiceError(error="it broke"))],
        ),
        (wire.VoiceTimeout(idle_seconds=60), [("voice_timeout", wire.VoiceTimeout(idle_seconds=60))]),
    ],
    ids=lambda each: getattr(each, "event", ""),
)
async def test_voice_that_the_server_ends_is_over(
    dispatched: Dispatched, message: Message, told: list[tuple[str, Message]]
) -> None:
    await dispatched.start_voice()
    dispatched.dispatch.message(message)
    assert dispatched.told == [*told, ("voice_stopped",)]
    assert dispatched.voice.mode is None


@pytest.mark.parametrize(
    ("message", "said", "details"),
    [
        (wire.ServerError(message="slow", error="rate_limited"), "slow", {"error": "rate_limited"}),
        (wire.ServerError(error="rate_limited"), "rate_limited", {"error": "rate_limited"}),
        (wire.ServerError(), "The server reported an error.", {}),
    ],
)
async def test_an_error_of_the_server_is_told_in_words(
    dispatched: Dispatched, message: wire.ServerError, said: str, details: dict[str, object]
) -> None:
    question = dispatched.questions.ask("one", text_only=False)
    answering = asyncio.create_task(dispatched.questions.answer(question, 1))
    await asyncio.sleep(0)
    dispatched.dispatch.message(message)
    (error,) = dispatched.errors()
    assert (error.message, error.code, dict(error.details)) == (said, ErrorCode.UNKNOWN, details)
    with pytest.raises(EstuaryError) as caught:
        await answering
    assert caught.value is error


@pytest.mark.parametrize("said", ["no more", ""])
async def test_a_used_up_allowance_is_told_to_whoever_asked(dispatched: Dispatched, said: str) -> None:
    question = dispatched.questions.ask("one", text_only=False)
    answering = asyncio.create_task(dispatched.questions.answer(question, 1))
    await asyncio.sleep(0)
    message = wire.QuotaExceeded(message=said)
    dispatched.dispatch.message(message)
    assert dispatched.told == [("quota_exceeded", message)]
    with pytest.raises(EstuaryError, match=said or "allowance") as caught:
        await answering
    assert caught.value.code is ErrorCode.QUOTA_EXCEEDED


@pytest.mark.parametrize(("text", "is_turn"), [("hello", True), (" ", False)])
async def test_the_answer_to_what_was_said_is_not_that_to_what_was_typed(
    dispatched: Dispatched, text: str, is_turn: bool
) -> None:
    dispatched.dispatch.message(wire.SttResponse(text=text))
    dispatched.dispatch.message(wire.SttResponse(text=text, is_final=True))
    question = dispatched.questions.ask("one", text_only=False)
    answering = asyncio.create_task(dispatched.questions.answer(question, 1))
    await asyncio.sleep(0)
    for name in ("first", "second"):
        dispatched.dispatch.message(wire.BotResponse(text=name, message_id=name, is_final=True))
    assert (await answering).text == ("second" if is_turn else "first")


async def test_a_payload_that_cannot_be_read_is_an_error_that_names_it(dispatched: Dispatched) -> None:
    dispatched.dispatch.malformed(BadPayload("bot_voice", "Expected `str` - at `$.audio`"))
    (error,) = dispatched.errors()
    assert "bot_voice" in error.message
    assert dict(error.details) == {"event": "bot_voice", "problem": "Expected `str` - at `$.audio`"}


@pytest.mark.parametrize(("payload", "plain"), [(b'{"a":[1]}', {"a": [1]}), (b"null", None), (None, None)])
async def test_an_event_without_a_type_is_handed_on(
    dispatched: Dispatched, payload: bytes | None, plain: object
) -> None:
    dispatched.dispatch.unknown(UnknownEvent("news", payload))
    assert dispatched.told == [("other", OtherEvent(name="news", payload=plain))]


@pytest.mark.parametrize("payload", [b"{", b'"\xff"', b"[" * 100_000 + b"]" * 100_000])
async def test_an_event_without_a_type_and_sense_is_an_error(dispatched: Dispatched, payload: bytes) -> None:
    dispatched.dispatch.unknown(UnknownEvent("n" * 1_000, payload))
    (error,) = dispatched.errors()
    assert error.details["event"] == "n" * 100


async def test_every_message_has_somewhere_to_go(dispatched: Dispatched) -> None:
    for kind in wire.SERVER_MESSAGES:
        if kind not in {wire.SessionInfo, wire.ClientAction}:
            dispatched.dispatch.message(kind())
    assert len(dispatched.told) >= len(PLAIN)
