from __future__ import annotations

import asyncio
import base64
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

import pytest

from app.audio.wav import read_wav
from app.protocol.client_messages import PUSH_TO_TALK, CameraImage, SessionCapabilities, StartVoice
from app.protocol.message import Message
from app.protocol.server_messages import (
    BotResponse,
    BotVoice,
    CameraCapture,
    ClientAction,
    Interrupt,
    ServerError,
    SttResponse,
    VoiceError,
    VoiceStarted,
    VoiceStopped,
)
from app.server import session
from app.server.author import Author
from app.server.characters.character import Character
from app.server.identity import Identity
from app.server.recognition.pool import RecognizerPool
from app.server.replies.interjection import Interjection
from app.server.session import Session
from app.server.turn_log import TurnLog
from app.server.voices.bell import ring
from app.server.voices.voice import Manner
from tests.integration.conftest import Speech
from tests.server.stand_ins import (
    PATIENCE_S,
    BrokenRecognizer,
    BrokenReplier,
    ScriptedRecognizer,
    ScriptedReplier,
    SlowReplier,
    StandInEngines,
    ToneVoice,
    Wire,
)

PRESS = StartVoice(turn_mode=PUSH_TO_TALK)
CONTINUOUS = StartVoice()
SILENCE = bytes(32_000)
RING = Interjection("default", "ada", "Your tea is ready.", rings=True)


class Room:
    """A session, its engines and what it sends."""

    def __init__(
        self,
        *,
        sentence_s: float = 0.2,
        replier: ScriptedReplier | None = None,
        recognizer: ScriptedRecognizer | None = None,
    ) -> None:
        self.replier = replier or ScriptedReplier("Very well.")
        self.recognizer = recognizer or ScriptedRecognizer("what time is it", "what day is it")
        spare = ScriptedRecognizer("what day is it")
        self.engines = StandInEngines(self.replier, ToneVoice(sentence_s), [self.recognizer, spare])
        self.author = Author(self.replier)
        self.log = TurnLog()
        self.sessions: list[Session] = []
        self.wire = Wire()
        self.session = self.enter(self.wire)

    def enter(self, wire: Wire) -> Session:
        """Open one more session of the same player."""
        identity = Identity(f"s{len(self.sessions)}", "default", "ada", 16_000)
        self.sessions.append(Session(identity, wire.send, self.engines, self.author, self.log))
        return self.sessions[-1]

    async def finals(self, count: int, wire: Wire | None = None) -> None:
        """Wait for the ``count``-th voice to be sent to its end."""
        wire = wire or self.wire
        async with asyncio.timeout(PATIENCE_S):
            while sum(chunk.is_final for chunk in wire.all(BotVoice)) < count:
                await wire.until(BotVoice, len(wire.all(BotVoice)) + 1)
            if answers := [task for task in asyncio.all_tasks() if task.get_name() == "answer"]:
                await asyncio.wait(answers)

    def order(self, *kinds: type[Message]) -> list[str]:
        """Return the names of what was sent, each run of the same only once."""
        names = [message.event for _, message in self.wire.sent if not kinds or isinstance(message, kinds)]
        return [name for at, name in enumerate(names) if at == 0 or names[at - 1] != name]


@asynccontextmanager
async def room(
    *,
    sentence_s: float = 0.2,
    replier: ScriptedReplier | None = None,
    recognizer: ScriptedRecognizer | None = None,
) -> AsyncIterator[Room]:
    made = Room(sentence_s=sentence_s, replier=replier, recognizer=recognizer)
    await made.engines.load()
    try:
        yield made
    finally:
        for each in made.sessions:
            await each.close()
        await made.author.close()
        made.engines.close()


@pytest.fixture
def spoken(speech: Speech) -> bytes:
    """Return a second of speech."""
    return read_wav(speech("what time is it"))[0]


@pytest.mark.asyncio
async def test_a_typed_turn_is_answered_in_words_and_voice() -> None:
    async with room() as own:
        await own.session.text("  what time is it ", has_voice=True)
        await own.finals(1)
        (prompt,) = own.replier.prompts
        assert (prompt.text, prompt.player_id, prompt.character_id) == ("what time is it", "ada", "default")
        assert prompt.now.tzinfo is not None
        assert own.wire.all(BotResponse)[-1].text == "Very well."
        assert len({each.message_id for each in own.wire.all(BotResponse)}) == 1


@pytest.mark.asyncio
async def test_nothing_typed_is_no_turn() -> None:
    async with room() as own:
        await own.session.text(" \n", has_voice=True)
        await own.session.say("", has_voice=True)
        assert own.replier.prompts == []
        assert own.wire.sent == []


@pytest.mark.asyncio
async def test_each_answer_has_an_id_of_its_own() -> None:
    async with room() as own:
        for count in (1, 2):
            await own.session.text("hello", has_voice=True)
            await own.finals(count)
            own.session.playback_complete(own.wire.all(BotVoice)[-1].message_id)
        assert len({chunk.message_id for chunk in own.wire.all(BotVoice)}) == 2
        assert own.wire.all(Interrupt) == []


@pytest.mark.asyncio
async def test_a_turn_cuts_an_answer_that_was_sent_and_is_still_being_heard() -> None:
    async with room(sentence_s=1.5) as own:
        await own.session.text("hello", has_voice=True)
        await own.finals(1)
        await own.session.text("hello again", has_voice=True)
        await own.finals(2)
        (interrupt,) = own.wire.all(Interrupt)
        assert interrupt.message_id == own.wire.all(BotVoice)[0].message_id
        assert interrupt.reason == "new_turn"


@pytest.mark.asyncio
async def test_an_answer_may_be_text_only() -> None:
    async with room() as own:
        await own.session.text("hello", has_voice=False)
        await own.wire.until(BotResponse, 2)
        await own.session.close()
        assert own.wire.all(BotVoice) == []


@pytest.mark.asyncio
async def test_a_line_is_said_as_it_is() -> None:
    async with room() as own:
        await own.session.say("Once upon a time.", has_voice=True)
        await own.finals(1)
        assert own.replier.prompts == []
        assert own.wire.all(BotResponse)[-1].text == "Once upon a time."


@pytest.mark.asyncio
async def test_a_line_has_an_end() -> None:
    async with room() as own:
        await own.session.say("x" * 100_000, has_voice=False)
        assert len((await own.wire.until(BotResponse, 2)).text) == session._LONGEST_LINE


@pytest.mark.asyncio
async def test_a_new_turn_interrupts_the_answer_that_is_given_once() -> None:
    async with room(sentence_s=4.0) as own:
        await own.session.text("tell me all", has_voice=True)
        first = (await own.wire.until(BotVoice)).message_id
        own.replier.pieces = ["Short."]
        await own.session.text("stop, tell me less", has_voice=True)
        (interrupt,) = own.wire.all(Interrupt)
        assert (interrupt.message_id, interrupt.reason) == (first, "new_turn")
        assert isinstance(interrupt.interrupted_at, float)
        await own.wire.until(BotResponse, 4)
        at = own.wire.sent.index(next(each for each in own.wire.sent if each[1] is interrupt))
        after = [
            message for _, message in own.wire.sent[at + 1 :] if isinstance(message, BotVoice | BotResponse)
        ]
        assert after
        assert first not in {message.message_id for message in after}


@pytest.mark.asyncio
async def test_every_interrupt_of_the_client_is_answered_by_one() -> None:
    async with room(sentence_s=4.0) as own:
        await own.session.interrupt()
        await own.session.interrupt("of-long-ago")
        assert [each.message_id for each in own.wire.all(Interrupt)] == [None, "of-long-ago"]
        await own.session.text("tell me all", has_voice=True)
        current = (await own.wire.until(BotVoice)).message_id
        await own.session.interrupt()
        await own.session.interrupt(current)
        assert [each.message_id for each in own.wire.all(Interrupt)[2:]] == [current, current]
        assert {each.reason for each in own.wire.all(Interrupt)} == {"client_interrupt"}
        sent = len(own.wire.sent)
        await own.session.stop_voice()
        assert [message.event for _, message in own.wire.sent[sent:]] == ["voice_stopped"]


@pytest.mark.asyncio
async def test_an_interrupt_that_means_another_answer_does_not_stop_this_one() -> None:
    async with room(sentence_s=2.3) as own:
        await own.session.text("tell me all", has_voice=True)
        await own.wire.until(BotVoice)
        await own.session.interrupt("of-long-ago")
        await own.finals(1)
        assert [each.message_id for each in own.wire.all(Interrupt)] == ["of-long-ago"]


@pytest.mark.asyncio
async def test_a_held_key_is_one_turn_and_its_words_come_before_voice_stopped(spoken: bytes) -> None:
    async with room() as own:
        own.wire.turns = 20  # a slow connection
        await own.session.start_voice(PRESS)
        own.session.audio(spoken + 2 * SILENCE + spoken)
        await own.session.stop_voice()
        await own.finals(1)
        assert [each.text for each in own.wire.all(SttResponse) if each.is_final] == ["what time is it"]
        order = own.order(VoiceStarted, SttResponse, VoiceStopped)
        assert order == ["voice_started", "stt_response", "voice_stopped"]
        assert [prompt.text for prompt in own.replier.prompts] == ["what time is it"]


@pytest.mark.asyncio
async def test_speech_is_answered_again_and_again_while_voice_is_on(spoken: bytes) -> None:
    async with room() as own:
        await own.session.start_voice(CONTINUOUS)
        for count in (1, 2):
            own.session.audio(spoken + SILENCE)
            await own.finals(count)
        assert [prompt.text for prompt in own.replier.prompts] == ["what time is it", "what day is it"]
        await own.session.stop_voice()
        own.session.audio(spoken + SILENCE)
        await own.session.stop_voice()
        assert len(own.wire.all(VoiceStopped)) == 2
        assert len(own.replier.prompts) == 2


@pytest.mark.asyncio
async def test_voice_that_is_started_again_goes_on(spoken: bytes) -> None:
    async with room() as own:
        await own.session.start_voice(PRESS)
        own.session.audio(spoken)
        await own.session.start_voice(PRESS)
        own.session.audio(spoken)
        await own.session.stop_voice()
        assert len(own.wire.all(VoiceStarted)) == 2
        assert len(own.recognizer.utterances) == 1
        assert len(own.recognizer.utterances[0]) > 1.8 * len(spoken)
        assert own.recognizer.forgotten == 2  # at the start, and when it was lent


@pytest.mark.asyncio
async def test_voice_that_is_started_in_another_mode_begins_anew(spoken: bytes) -> None:
    async with room() as own:
        await own.session.start_voice(CONTINUOUS)
        own.session.audio(spoken)
        await own.wire.until(SttResponse)
        await own.session.start_voice(PRESS)
        own.session.audio(spoken)
        await own.session.stop_voice()
        assert [each.text for each in own.wire.all(SttResponse) if each.is_final] == ["what day is it"]


@pytest.mark.asyncio
async def test_voice_that_is_stopped_while_it_is_off_says_so_and_is_no_turn(spoken: bytes) -> None:
    async with room() as own:
        own.session.audio(spoken + SILENCE)
        await own.session.stop_voice()
        await own.session.start_voice(PRESS)
        await own.session.stop_voice()
        await own.session.stop_voice()
        assert own.order() == ["voice_stopped", "voice_started", "voice_stopped"]
        assert len(own.wire.all(VoiceStopped)) == 3
        assert own.replier.prompts == []


@pytest.mark.asyncio
async def test_speech_interrupts_the_answer_before_its_words_are_shown(spoken: bytes) -> None:
    async with room(sentence_s=4.0) as own:
        await own.session.start_voice(PRESS)
        await own.session.text("tell me all", has_voice=True)
        first = (await own.wire.until(BotVoice)).message_id
        own.session.audio(spoken)
        await own.wire.until(SttResponse)
        own.replier.pieces = ["Short."]
        await own.session.stop_voice()
        (interrupt,) = own.wire.all(Interrupt)
        assert (interrupt.message_id, interrupt.reason) == (first, "user_speech")
        assert own.order(Interrupt, SttResponse)[0] == "interrupt"


@pytest.mark.asyncio
async def test_speech_interrupts_an_answer_that_was_sent_and_is_still_heard(spoken: bytes) -> None:
    async with room(sentence_s=1.9) as own:
        await own.session.start_voice(PRESS)
        await own.session.text("tell me all", has_voice=True)
        await own.finals(1)
        first = own.wire.all(BotVoice)[-1].message_id
        own.session.playback_complete("of-long-ago")
        own.session.audio(spoken)
        await own.session.stop_voice()
        assert [each.message_id for each in own.wire.all(Interrupt)] == [first]


@pytest.mark.asyncio
async def test_a_listener_who_says_mhm_hears_more(spoken: bytes) -> None:
    async with room(sentence_s=1.9, recognizer=ScriptedRecognizer("uh huh yeah", "stop")) as own:
        await own.session.start_voice(CONTINUOUS)
        await own.session.text("tell me all", has_voice=True)
        await own.wire.until(BotVoice)
        own.session.audio(spoken + SILENCE)
        while not (last := await own.wire.until(SttResponse, len(own.wire.all(SttResponse)) + 1)).is_final:
            pass
        assert last == SttResponse(text="", is_final=True)
        assert own.wire.all(Interrupt) == []
        assert len(own.replier.prompts) == 1
        await own.finals(1)


@pytest.mark.asyncio
async def test_a_murmur_that_was_taken_for_words_interrupts_nobody(spoken: bytes) -> None:
    recognizer = ScriptedRecognizer("and the", "stop")
    recognizer.is_murmur = True
    async with room(sentence_s=1.9, recognizer=recognizer) as own:
        await own.session.start_voice(CONTINUOUS)
        await own.session.text("tell me all", has_voice=True)
        await own.wire.until(BotVoice)
        own.session.audio(spoken + SILENCE)
        assert await own.wire.until(SttResponse) == SttResponse(text="", is_final=True)
        assert own.wire.all(Interrupt) == []
        assert len(own.replier.prompts) == 1
        await own.finals(1)


@pytest.mark.asyncio
async def test_a_short_word_is_a_turn_when_nobody_speaks(spoken: bytes) -> None:
    recognizer = ScriptedRecognizer("hello")
    recognizer.is_murmur = True
    async with room(recognizer=recognizer) as own:
        await own.session.start_voice(CONTINUOUS)
        own.session.audio(spoken + SILENCE)
        assert await own.wire.until(SttResponse) == SttResponse(text="hello", is_final=True)
        await own.finals(1)


@pytest.mark.asyncio
async def test_a_pressed_yes_is_a_turn(spoken: bytes) -> None:
    async with room(sentence_s=1.9, recognizer=ScriptedRecognizer("yes")) as own:
        await own.session.text("tell me all", has_voice=True)
        await own.wire.until(BotVoice)
        await own.session.start_voice(PRESS)
        own.session.audio(spoken)
        await own.session.stop_voice()
        assert own.wire.all(SttResponse)[-1] == SttResponse(text="yes", is_final=True)


@pytest.mark.asyncio
async def test_an_answer_that_was_heard_to_its_end_is_not_interrupted(spoken: bytes) -> None:
    async with room(sentence_s=1.9) as own:
        await own.session.start_voice(PRESS)
        await own.session.text("tell me all", has_voice=True)
        await own.finals(1)
        own.session.playback_complete(own.wire.all(BotVoice)[-1].message_id)
        own.session.audio(spoken)
        await own.session.stop_voice()
        assert own.wire.all(Interrupt) == []


@pytest.mark.asyncio
async def test_an_interjection_rings_and_speaks() -> None:
    async with room() as own:
        own.session.interject(RING)
        await own.finals(1)
        assert own.wire.all(BotResponse)[-1].text == "Your tea is ready."
        assert {each.is_interjection for each in own.wire.all(BotVoice)} == {True}
        voice = b"".join(chunk.audio for chunk in own.wire.all(BotVoice))
        assert voice.startswith(ring(16_000))
        assert own.session.undelivered() == []


@pytest.mark.asyncio
async def test_interjections_wait_until_what_is_said_was_heard() -> None:
    loop = asyncio.get_running_loop()
    async with room(sentence_s=0.7) as own:
        await own.session.text("hello", has_voice=True)
        own.session.interject(Interjection("default", "ada", "First."))
        own.session.interject(Interjection("default", "ada", "Second."))
        began = loop.time()
        await own.finals(3)
        firsts: dict[str, float] = {}
        for moment, message in own.wire.sent:
            if isinstance(message, BotVoice):
                firsts.setdefault(message.message_id, moment - began)
        answer, first, second = firsts.values()
        assert first - answer == pytest.approx(0.7, abs=0.25)
        assert second - first == pytest.approx(0.7, abs=0.25)
        assert own.wire.all(Interrupt) == []


@pytest.mark.asyncio
async def test_an_interjection_does_not_speak_over_the_person(spoken: bytes) -> None:
    async with room() as own:
        await own.session.start_voice(PRESS)
        own.session.interject(RING)
        own.session.audio(spoken)
        await own.wire.until(SttResponse)
        assert own.wire.all(BotResponse) == []
        await own.session.stop_voice()
        await own.finals(2)
        texts = [each.text for each in own.wire.all(BotResponse) if each.is_final]
        assert texts == ["Very well.", "Your tea is ready."]


@pytest.mark.asyncio
async def test_an_interjection_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "_PATIENCE_S", 0.1)
    async with room() as own:
        await own.session.start_voice(PRESS)
        own.session.interject(RING)
        await own.finals(1)
        assert own.wire.all(BotResponse)[-1].text == "Your tea is ready."


@pytest.mark.asyncio
async def test_what_was_not_said_to_its_end_can_be_said_later() -> None:
    async with room(sentence_s=3.0) as own:
        own.session.interject(RING)
        await own.wire.until(BotVoice)
        waiting = Interjection("default", "ada", "Second.")
        own.session.interject(waiting)
        await own.session.close()
        assert own.session.undelivered() == [RING, waiting]
        assert own.session.undelivered() == []


@pytest.mark.asyncio
async def test_an_answer_that_fails_is_a_sentence_and_the_session_goes_on() -> None:
    replier = BrokenReplier()
    async with room(replier=replier) as own:
        await own.session.text("hello", has_voice=True)
        error = await own.wire.until(ServerError)
        assert error.message == "Sorry, something went wrong while I made that answer. Please try again."
        await own.session.text("hello again", has_voice=True)
        await own.wire.until(ServerError, 2)
        await own.session.say("I am still here.", has_voice=True)
        await own.finals(1)
        assert own.wire.all(BotResponse)[-1].text == "I am still here."
        assert own.wire.all(Interrupt) == []


@pytest.mark.asyncio
async def test_a_recogniser_that_fails_is_told_and_voice_can_be_started_again(spoken: bytes) -> None:
    async with room(recognizer=BrokenRecognizer("what time is it")) as own:
        await own.session.start_voice(PRESS)
        own.session.audio(spoken)
        error = await own.wire.until(VoiceError)
        assert error.error == "Speech recognition stopped working. Start voice again, or type your words."
        await own.session.stop_voice()
        assert own.order() == ["voice_started", "voice_error", "voice_stopped"]
        await own.session.start_voice(PRESS)
        own.session.audio(spoken)
        await own.session.stop_voice()
        await own.finals(1)
        assert [prompt.text for prompt in own.replier.prompts] == ["what day is it"]


@pytest.mark.asyncio
async def test_a_failure_of_recognition_that_was_replaced_does_not_end_the_new_one(spoken: bytes) -> None:
    async with room() as own:
        await own.session.start_voice(CONTINUOUS)
        replaced = own.session._listening
        assert replaced is not None
        await own.session.start_voice(PRESS)
        own.session._outbox.put_nowait(session._Deaf(replaced))
        await own.wire.until(VoiceError)
        own.session.audio(spoken)
        await own.session.stop_voice()
        assert [each.text for each in own.wire.all(SttResponse) if each.is_final] == ["what time is it"]


@pytest.mark.asyncio
async def test_closing_ends_everything_at_once(spoken: bytes) -> None:
    async with room(sentence_s=30.0) as own:
        await own.session.start_voice(CONTINUOUS)
        await own.session.text("tell me all", has_voice=True)
        own.session.interject(RING)
        await own.wire.until(BotVoice)
        own.session.audio(spoken)
        async with asyncio.timeout(1):
            await own.session.close()
        own_tasks = asyncio.all_tasks() - {asyncio.current_task()}
        assert own_tasks == set()


# What a client repeats after it lost its connection.


@pytest.mark.asyncio
async def test_two_connections_of_one_player_are_two_conversations() -> None:
    async with room(sentence_s=2.5) as own:
        beside = Wire()
        other = own.enter(beside)
        await own.session.text("hello", has_voice=True, turn_id="a")
        await own.wire.until(BotVoice)
        await other.text("hello", has_voice=True, turn_id="b")
        await own.finals(1)
        await own.finals(1, beside)
        assert own.wire.all(Interrupt) == beside.all(Interrupt) == []
        assert finals_of(own.wire) != finals_of(beside)
        assert len(own.replier.prompts) == 2


def finals_of(wire: Wire) -> list[tuple[str, str]]:
    """Return the message ids and words of the final messages."""
    return [(each.message_id, each.text) for each in wire.all(BotResponse) if each.is_final]


@pytest.mark.asyncio
async def test_a_typed_turn_that_is_repeated_is_answered_as_before_and_not_taken_again() -> None:
    async with room() as own:
        await own.session.text("set a timer", has_voice=True, turn_id="a")
        await own.finals(1)
        own.replier.pieces = ["Another timer."]
        await own.session.close()
        later = Wire()
        await own.enter(later).text("set a timer", has_voice=True, turn_id="a")
        await own.finals(1, later)
        assert len(own.replier.prompts) == 1
        assert finals_of(later) == finals_of(own.wire)
        assert [each.text for each in later.all(BotResponse)] == ["Very well."]
        assert [chunk.audio for chunk in later.all(BotVoice)] == [
            chunk.audio for chunk in own.wire.all(BotVoice)
        ]
        assert {chunk.message_id for chunk in later.all(BotVoice)} == {finals_of(own.wire)[0][0]}


@pytest.mark.asyncio
async def test_a_repeated_turn_is_spoken_only_where_voice_is_wanted() -> None:
    async with room() as own:
        await own.session.text("hello", has_voice=False, turn_id="a")
        await own.wire.until(BotResponse, 2)
        later = Wire()
        session = own.enter(later)
        await session.text("hello", has_voice=False, turn_id="a")
        await later.until(BotResponse)
        await session.close()
        assert finals_of(later) == finals_of(own.wire)
        assert later.all(BotVoice) == []


@pytest.mark.asyncio
async def test_turns_with_other_ids_or_none_are_taken() -> None:
    async with room() as own:
        for count, turn_id in enumerate(("a", "b", None, None), 1):
            await own.session.text("hello", has_voice=False, turn_id=turn_id)
            await own.wire.until(BotResponse, 2 * count)
            assert len(own.replier.prompts) == count
        await own.session.text(" ", has_voice=False, turn_id="c")
        await own.session.text("hello", has_voice=False, turn_id="c")
        await own.wire.until(BotResponse, 10)
        assert len(own.replier.prompts) == 5


@pytest.mark.asyncio
async def test_an_answer_is_made_to_its_end_after_the_client_has_left() -> None:
    replier = SlowReplier("One. ", "Two.")
    async with room(replier=replier) as own:
        await own.session.text("tell me all", has_voice=True, turn_id="a")
        await own.wire.until(BotResponse)
        await own.session.close()
        assert finals_of(own.wire) == []
        replier.may_end.set()
        async with asyncio.timeout(PATIENCE_S):
            await replier.is_closed.wait()
        later = Wire()
        await own.enter(later).text("tell me all", has_voice=True, turn_id="a")
        await own.finals(1, later)
        assert [text for _, text in finals_of(later)] == ["One. Two."]
        assert len(replier.prompts) == 1


@pytest.mark.asyncio
async def test_a_repetition_follows_an_answer_that_is_still_being_made() -> None:
    replier = SlowReplier("One. ", "Two.", " Three.")
    async with room(replier=replier) as own:
        await own.session.text("tell me all", has_voice=True, turn_id="a")
        await own.wire.until(BotResponse)
        later = Wire()
        await own.enter(later).text("tell me all", has_voice=True, turn_id="a")
        await later.until(BotVoice)  # the first sentence is spoken again already
        assert later.all(BotResponse) == []
        replier.may_end.set()
        await own.finals(1, later)
        assert [each.text for each in later.all(BotResponse)] == [
            "One. Two.",
            "One. Two. Three.",
            "One. Two. Three.",
        ]
        assert finals_of(later) == finals_of(own.wire)
        assert len(replier.prompts) == 1


@pytest.mark.asyncio
async def test_a_repetition_on_the_same_connection_is_told_once_more_and_not_spoken() -> None:
    replier = SlowReplier("One. ", "Two.")
    async with room(replier=replier) as own:
        await own.session.text("tell me all", has_voice=True, turn_id="a")
        await own.wire.until(BotResponse)
        await own.session.text("tell me all", has_voice=True, turn_id="a")
        replier.may_end.set()
        await own.finals(1)
        assert len(finals_of(own.wire)) == 1
        await own.session.text("tell me all", has_voice=True, turn_id="a")
        assert len(finals_of(own.wire)) == 2
        assert len(set(finals_of(own.wire))) == 1
        assert sum(chunk.is_final for chunk in own.wire.all(BotVoice)) == 1
        assert own.wire.all(Interrupt) == []


@pytest.mark.asyncio
@pytest.mark.parametrize("how", ["interrupted", "heard", "followed by another"])
async def test_an_answer_that_is_over_is_told_again_and_not_spoken(how: str) -> None:
    async with room(sentence_s=0.1) as own:
        await own.session.text("hello", has_voice=True, turn_id="a")
        await own.finals(1)
        if how == "interrupted":
            await own.session.interrupt()
        elif how == "heard":
            own.session.playback_complete(None)
        else:
            await own.session._speaking.quiet()
            await own.session.text("hello again", has_voice=True, turn_id="b")
            await own.finals(2)
        await own.session.close()
        later = Wire()
        session = own.enter(later)
        await session.text("hello", has_voice=True, turn_id="a")
        assert finals_of(later) == finals_of(own.wire)[:1]
        await session.text("next", has_voice=True, turn_id="c")
        await own.finals(1, later)
        assert {chunk.message_id for chunk in later.all(BotVoice)} == {finals_of(later)[-1][0]}
        assert later.all(Interrupt) == []


@pytest.mark.asyncio
async def test_an_answer_that_was_cut_while_it_was_made_is_told_as_far_as_it_went() -> None:
    replier = SlowReplier("One. ", "Two.")
    async with room(replier=replier) as own:
        await own.session.text("tell me all", has_voice=True, turn_id="a")
        await own.wire.until(BotResponse)
        await own.session.interrupt()
        async with asyncio.timeout(PATIENCE_S):
            await replier.is_closed.wait()
        later = Wire()
        await own.enter(later).text("tell me all", has_voice=True, turn_id="a")
        assert [text for _, text in finals_of(later)] == ["One. "]


@pytest.mark.asyncio
async def test_an_answer_that_failed_is_not_made_again() -> None:
    replier = BrokenReplier()
    async with room(replier=replier) as own:
        await own.session.text("hello", has_voice=True, turn_id="a")
        error = await own.wire.until(ServerError)
        await own.session.text("hello", has_voice=True, turn_id="a")
        later = Wire()
        await own.enter(later).text("hello", has_voice=True, turn_id="a")
        assert await later.until(ServerError) == error
        assert own.wire.all(ServerError) == [error, error]
        assert len(replier.prompts) == 1
        assert finals_of(own.wire) == finals_of(later) == []


@pytest.mark.asyncio
@pytest.mark.parametrize("start", [PRESS, CONTINUOUS], ids=["held", "continuous"])
async def test_an_utterance_that_is_repeated_is_not_heard_again(spoken: bytes, start: StartVoice) -> None:
    async with room() as own:
        await own.session.start_voice(start)
        own.session.audio(spoken, "a")
        own.session.audio(SILENCE)
        if start is PRESS:
            await own.session.stop_voice()
        await own.finals(1)
        await own.session.close()
        later = Wire()
        session = own.enter(later)
        await session.start_voice(start)
        session.audio(spoken, "a")
        session.audio(SILENCE)
        await own.finals(1, later)
        await session.stop_voice()
        assert later.all(SttResponse) == [SttResponse(text="what time is it", is_final=True)]
        assert own.order(SttResponse, BotVoice)[-2:] == ["stt_response", "bot_voice"]
        assert finals_of(later) == finals_of(own.wire)
        assert len(own.replier.prompts) == 1
        assert len(own.recognizer.utterances) == 1


@pytest.mark.asyncio
async def test_after_a_repetition_the_next_utterance_is_heard(spoken: bytes) -> None:
    async with room(recognizer=ScriptedRecognizer("one", "two", "three")) as own:
        await own.session.start_voice(CONTINUOUS)
        own.session.audio(spoken + SILENCE, "a")
        await own.finals(1)
        await own.session.close()
        later = Wire()
        session = own.enter(later)
        await session.start_voice(CONTINUOUS)
        session.audio(spoken + SILENCE, "a")
        session.audio(spoken + SILENCE, "b")
        await own.finals(1, later)
        assert [prompt.text for prompt in own.replier.prompts] == ["one", "two"]
        assert [each.text for each in later.all(SttResponse) if each.is_final] == ["one", "two"]


@pytest.mark.asyncio
async def test_what_follows_in_an_utterance_that_was_taken_in_part_is_heard(spoken: bytes) -> None:
    async with room(recognizer=ScriptedRecognizer("one", "two", "three")) as own:
        await own.session.start_voice(CONTINUOUS)
        own.session.audio(spoken + SILENCE, "a")
        await own.finals(1)
        own.session.audio(spoken[: len(spoken) // 2])  # the connection is lost in the second half
        await own.session.close()
        later = Wire()
        session = own.enter(later)
        await session.start_voice(CONTINUOUS)
        session.audio(spoken + SILENCE + spoken + SILENCE, "a")
        await own.wire.until(SttResponse)
        await own.finals(1, later)
        texts = [each.text for each in later.all(SttResponse) if each.is_final]
        assert texts[0] == "one"
        assert len(texts) == 2
        assert len(own.replier.prompts) == 2
        third = Wire()
        again = own.enter(third)
        await again.start_voice(CONTINUOUS)
        again.audio(spoken + SILENCE + spoken + SILENCE, "a")
        await own.finals(1, third)
        assert [each.text for each in third.all(SttResponse)] == texts
        assert len(own.replier.prompts) == 2


@pytest.mark.asyncio
async def test_an_utterance_that_another_connection_was_done_with_sooner_is_taken_once(spoken: bytes) -> None:
    async with room() as own:
        await own.session.start_voice(PRESS)
        own.session.audio(spoken, "a")
        later = Wire()
        session = own.enter(later)
        await session.start_voice(PRESS)
        session.audio(spoken, "a")
        await own.session.stop_voice()  # the server did not know yet that this connection is lost
        await session.stop_voice()
        await own.finals(1, later)
        assert [prompt.text for prompt in own.replier.prompts] == ["what time is it"]
        assert [each.text for each in later.all(SttResponse) if each.is_final] == ["what time is it"]
        assert finals_of(later) == finals_of(own.wire)


@pytest.mark.asyncio
async def test_an_utterance_without_words_is_not_taken(spoken: bytes) -> None:
    async with room(recognizer=ScriptedRecognizer("", "what time is it")) as own:
        for _ in range(2):
            await own.session.start_voice(PRESS)
            own.session.audio(spoken, "a")
            await own.session.stop_voice()
        await own.finals(1)
        assert [prompt.text for prompt in own.replier.prompts] == ["what time is it"]


@pytest.mark.asyncio
async def test_a_picture_is_answered_in_words_and_voice() -> None:
    async with room() as own:
        await own.session.picture(CameraImage(mime_type="image/png"))
        assert own.wire.sent == []
        await own.session.picture(CameraImage(image="iVBORw0KGgo=", mime_type="image/png"))
        await own.finals(1)
        (said,) = finals_of(own.wire)
        assert said[1] == "I can't see pictures, I only know words. Tell me what it shows."
        assert own.replier.prompts == []


@pytest.mark.asyncio
async def test_a_picture_whose_size_can_be_read_is_told_by_it() -> None:
    async with room() as own:
        header = b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", 1280, 720)
        await own.session.picture(CameraImage(image=base64.b64encode(header).decode(), mime_type="image/png"))
        await own.finals(1)
        (said,) = finals_of(own.wire)
        assert said[1] == "I got a picture of 1280 by 720 pixels, but I can't see what it shows. Tell me."


@pytest.mark.asyncio
async def test_a_client_is_asked_for_what_it_can_do_once_it_is_answered() -> None:
    async with room() as own:
        own.session.identity = replace(
            own.session.identity, capabilities=SessionCapabilities(client_action=True)
        )
        await own.session.text("look at my screen", has_voice=True, turn_id="t1")
        await own.session.text("open example.org", has_voice=True, turn_id="t2")
        await own.finals(1)
        assert len(own.wire.all(CameraCapture)) == 1
        (action,) = own.wire.all(ClientAction)
        assert (action.arguments, action.message_id) == ({"url": "https://example.org"}, "t2")
        await own.session.text("open example.org", has_voice=True, turn_id="t2")
        assert len(own.wire.all(ClientAction)) == 1
        own.session.identity = replace(own.session.identity, capabilities=SessionCapabilities(camera=False))
        await own.session.text("look at my screen", has_voice=True)
        await own.session.text("open example.org", has_voice=True)
        assert len(own.wire.all(CameraCapture)) == len(own.wire.all(ClientAction)) == 1


@pytest.mark.asyncio
async def test_voice_that_cannot_be_opened_is_said_instead_of_voice_started() -> None:
    async with room() as own:

        def fail() -> ScriptedRecognizer:
            raise OSError("no model")

        own.engines.recognizers = RecognizerPool(fail)
        await own.session.start_voice(PRESS)
        assert own.order() == ["voice_error"]
        own.session.audio(SILENCE)
        await own.session.stop_voice()
        assert own.order() == ["voice_error", "voice_stopped"]


@pytest.mark.asyncio
async def test_a_character_that_is_changed_speaks_differently_from_the_next_answer_on() -> None:
    async with room() as own:
        voice = ToneVoice(0.2)
        own.engines.voice._voice = voice
        await own.session.text("hello", has_voice=True)
        await own.finals(1)
        own.engines.the_character = Character(name="Ada", tts_voice="en-gb+f2", tts_speed=1.5)
        await own.session.text("hello", has_voice=True)
        await own.finals(2)
        assert voice.manners == [Manner(), Manner("en-gb+f2", 1.5)]
        assert [prompt.character.name for prompt in own.replier.prompts] == ["Heron", "Ada"]


@pytest.mark.asyncio
async def test_a_character_without_a_voice_answers_in_words_alone() -> None:
    async with room() as own:
        own.engines.the_character = Character(text_only=True)
        await own.session.text("hello", has_voice=True)
        while not any(said.is_final for said in own.wire.all(BotResponse)):
            await own.wire.until(BotResponse, len(own.wire.all(BotResponse)) + 1)
        own.session.interject(RING)
        while sum(said.is_final for said in own.wire.all(BotResponse)) < 2:
            await own.wire.until(BotResponse, len(own.wire.all(BotResponse)) + 1)
        assert own.wire.all(BotVoice) == []
