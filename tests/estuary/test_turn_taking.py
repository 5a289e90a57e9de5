"""Turn-taking in a whole session: barge-in, the warm microphone, the tail, cues and watchdogs.

Between a microphone and a speaker in memory and a real server.
"""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from app.audio.frame import Speech
from app.audio.playback.earcon import Earcon, load
from app.audio.resample import resample
from app.audio.speech.processing import ProcessingSettings
from app.estuary import (
    AudioPlayer,
    AudioRecorder,
    EstuaryClient,
    VoiceMode,
    VoiceSession,
    VoiceState,
    push_to_talk,
    watchdog,
)
from app.estuary.turn_times import TurnTimes
from app.estuary.voice_options import VoiceOptions
from tests.estuary.conftest import ClientMaker
from tests.estuary.devices import MemorySink, MemorySource
from tests.estuary.peer_server import PeerServer
from tests.estuary.told import Told
from tests.estuary.waiting import until

pytestmark = pytest.mark.asyncio

NONE, SIGN, SPEECH = Speech.NONE, Speech.SIGN, Speech.SPEECH
QUIET_MS = 520
WORD_MS = 1_220


def pcm(number: int) -> bytes:
    return number.to_bytes(2, "little") * 320


class Table:
    """A person and a character at one table, with a server behind the character."""

    def __init__(self, peer: PeerServer, client: EstuaryClient) -> None:
        self.peer = peer
        self.client = client
        self.told = Told(client)
        self.microphone = MemorySource(detects_speech=True)
        self.speaker = MemorySink()
        self.turns: list[TurnTimes] = []
        self.opened: list[bool] = []
        self.sessions: list[VoiceSession] = []
        self.options = VoiceOptions(warm_s=60.0, tail_s=0.05)

    def session(self, mode: VoiceMode = VoiceMode.CONTINUOUS, **fields: Any) -> VoiceSession:
        parts: dict[str, Any] = {
            "recorder": AudioRecorder(source=self.microphone),
            "player": AudioPlayer(sink=self.speaker),
            "options": self.options,
            "on_turn": self.turns.append,
            "on_microphone_open": self.opened.append,
        }
        made = VoiceSession(self.client, mode, **(parts | fields))
        self.sessions.append(made)
        return made

    async def reply(self, message_id: str = "m", *, final: bool = True, samples: int = 16_000) -> None:
        """Have the character begin to speak; half of what it says is being heard."""
        audio = base64.b64encode(b"\1\0" * samples).decode()
        await self.peer.emit("bot_voice", {"audio": audio, "message_id": message_id, "is_final": final})
        await self.told.until("bot_voice", len(self.told.of("bot_voice")) + 1)
        self.speaker.play(samples // 2)

    async def speak(self, milliseconds: int, speech: Speech, number: int = 9) -> None:
        for _ in range(milliseconds // 20):
            self.microphone.speak(pcm(number), speech)
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    async def recognise(self, text: str, *, is_final: bool = False) -> None:
        await self.peer.emit("stt_response", {"text": text, "is_final": is_final})
        await self.told.until("stt_response", len(self.told.of("stt_response")) + 1)

    def sent(self) -> list[int]:
        """Return the first sample of each frame that the server has got."""
        audio = [one.payload["audio"] for one in self.peer.received if one.event == "stream_audio"]
        return [int.from_bytes(base64.b64decode(text)[:2], "little") for text in audio]


@pytest_asyncio.fixture
async def table(peer: PeerServer, client_for: ClientMaker) -> AsyncIterator[Table]:
    client = client_for(peer.url)
    await client.connect()
    made = Table(peer, client)
    yield made
    for session in made.sessions:
        await session.stop()
    assert not made.microphone.is_open


async def test_the_first_sign_of_speech_ducks_the_character_and_its_end_restores_it(table: Table) -> None:
    async with table.session():
        await table.reply()
        table.microphone.speak(pcm(1), SIGN)
        ducked = table.speaker.is_ducked
        assert ducked  # at once, before the event loop has turned
        await table.speak(QUIET_MS, NONE)
        ducked = table.speaker.is_ducked
        assert not ducked
    assert "client_interrupt" not in table.peer.events()


async def test_a_word_stops_the_character_and_the_server_is_told_once(table: Table) -> None:
    async with table.session() as session:
        await table.reply(final=False)
        await table.speak(200, SPEECH)
        await table.recognise("stop")
        await table.recognise("stop that", is_final=True)
        assert not table.speaker.is_ducked
        heard = table.speaker.played_samples
        await table.reply()  # what was on its way
        table.speaker.play()
        assert table.speaker.played_samples <= heard + 80
        assert session.state == VoiceState.THINKING
        await table.peer.until("client_interrupt")
    assert table.peer.events("stream_audio").count("client_interrupt") == 1
    assert "audio_playback_complete" not in table.peer.events()


@pytest.mark.parametrize("words", ["mhm", "yeah okay"])
async def test_a_backchannel_stops_nothing(table: Table, words: str) -> None:
    async with table.session():
        await table.reply()
        await table.speak(400, SPEECH)
        await table.recognise(words)
        await table.speak(QUIET_MS, NONE)
        table.speaker.play()
        await table.peer.until("audio_playback_complete")
    assert "client_interrupt" not in table.peer.events()


async def test_long_speech_stops_the_character_without_a_word(table: Table) -> None:
    async with table.session():
        await table.reply()
        await table.speak(WORD_MS, SPEECH)
        await table.peer.until("client_interrupt")
        assert not table.speaker.is_ducked


async def test_every_sample_of_a_barge_in_is_sent_and_none_of_the_echo(table: Table) -> None:
    async with table.session():
        await table.reply()
        for number in range(100, 110):
            await table.speak(20, NONE, number)
        for number in range(110, 115):
            await table.speak(20, SIGN, number)
        for number in range(115, 120):
            await table.speak(20, SPEECH, number)
        await table.peer.until("stream_audio", 35)
    assert table.sent() == [0] * 15 + list(range(100, 120))


async def test_a_muted_person_does_not_duck(table: Table) -> None:
    async with table.session():
        await table.reply()
        table.client.toggle_mute()
        await table.speak(WORD_MS, SPEECH)
        assert not table.speaker.is_ducked
    assert "client_interrupt" not in table.peer.events()


@pytest.mark.parametrize(
    "fields", [{"has_barge_in": False}, {"processing": ProcessingSettings(echo_cancellation=False)}]
)
async def test_without_barge_in_nobody_is_heard_over_the_character(table: Table, fields: Any) -> None:
    async with table.session(options=replace(table.options, **fields)):
        await table.reply()
        await table.speak(WORD_MS, SPEECH)
        assert not table.speaker.is_ducked
        table.speaker.play()
        await table.peer.until("audio_playback_complete")
    assert table.peer.events("audio_playback_complete") == ["start_voice", "stop_voice"]


async def test_options_count_at_once(table: Table) -> None:
    async with table.session() as session:
        await table.reply()
        session.apply(replace(table.options, has_barge_in=False))
        assert not session.options.has_barge_in
        table.microphone.speak(pcm(1), SIGN)
        assert not table.speaker.is_ducked


async def test_only_speech_is_sent_where_that_is_wanted(table: Table) -> None:
    async with table.session(options=replace(table.options, sends_only_speech=True)):
        await table.speak(200, NONE, 1)
        await table.speak(20, SPEECH, 2)
        await table.peer.until("stream_audio", 11)
    assert table.sent() == [1] * 10 + [2]


async def test_the_person_is_shown_to_speak_before_a_word_is_known(table: Table) -> None:
    async with table.session() as session:
        await table.speak(20, SPEECH)
        assert session.state.value == "hearing"
        await table.speak(20, NONE)
        assert session.state.value == "listening"


async def test_the_times_of_a_turn_are_kept(table: Table) -> None:
    async with table.session() as session:
        await table.reply("first")
        await table.speak(200, SPEECH)
        await table.recognise("what time is it")
        await table.speak(20, NONE)
        await table.recognise("what time is it", is_final=True)
        await table.peer.emit("bot_response", {"text": "Noon.", "message_id": "m", "is_final": True})
        await table.reply()
        (turn,) = session.turns
    assert table.turns == [turn]
    times = (turn.barge_in_onset, turn.ducked, turn.silent)
    assert None not in times
    order = [turn.speech_began, turn.speech_ended, turn.final_caption, turn.first_text, turn.first_audio]
    assert order == sorted(order)  # type: ignore[type-var]


async def test_a_press_begins_with_what_was_said_just_before_it(table: Table) -> None:
    async with table.session(VoiceMode.PUSH_TO_TALK) as session:
        await session.start_recording()
        await session.stop_recording()
        assert (table.microphone.is_open, session.is_microphone_open) == (True, True)
        for number in range(1, 31):
            await table.speak(20, NONE, number)
        await session.start_recording()
        await table.speak(20, SPEECH, 31)
        await session.stop_recording()
        await table.peer.until("stop_voice", 2)
    assert table.sent() == list(range(16, 32))
    assert table.opened == [True, False]


async def test_a_press_in_the_tail_goes_on_with_the_turn(table: Table) -> None:
    table.options = replace(table.options, tail_s=30.0)
    async with table.session(VoiceMode.PUSH_TO_TALK) as session:
        await session.start_recording()
        await table.speak(20, SPEECH, 1)
        releasing = asyncio.create_task(session.stop_recording())
        await asyncio.sleep(0)
        await table.speak(20, SPEECH, 2)
        await session.start_recording()
        await releasing
        await table.speak(20, SPEECH, 3)
        session.apply(replace(table.options, tail_s=0.0))
        await session.stop_recording()
        await table.peer.until("stop_voice")
    assert table.sent() == [1, 2, 3]
    assert table.peer.events("stream_audio") == ["start_voice", "stop_voice"]


async def test_an_abandoned_turn_leaves_no_microphone_open(table: Table) -> None:
    table.options = replace(table.options, tail_s=1.0)
    async with table.session(VoiceMode.PUSH_TO_TALK) as session:
        await session.start_recording()
        async with asyncio.timeout(0.5):
            await session.stop_recording(is_abandoned=True)
        assert not table.microphone.is_open


async def test_no_cue_falls_on_the_first_word(table: Table) -> None:
    table.options = replace(table.options, cues=frozenset(Earcon))
    async with table.session(VoiceMode.PUSH_TO_TALK) as session:
        await session.start_recording()
        await table.speak(40, SPEECH)
        assert table.speaker.cues == []


async def test_cues_say_what_the_microphone_does(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    table.options = replace(table.options, cues=frozenset(Earcon))
    played = table.speaker.cues

    def cue(earcon: Earcon) -> bytes:
        return resample(*load(earcon), 16_000)

    monkeypatch.setattr(push_to_talk, "PATIENCE_S", 0.0)
    async with table.session(VoiceMode.PUSH_TO_TALK) as session:
        await session.start_recording()
        assert played == []  # nothing is heard yet
        table.microphone.is_ready = False
        await table.speak(40, NONE)
        assert played == []  # the headset is still waking up
        table.microphone.is_ready = True
        await table.speak(40, NONE)
        assert played == [cue(Earcon.LISTENING_ON)]
        await session.stop_recording()
        table.client.toggle_mute()
        table.microphone.break_down("gone")
        session.apply(replace(table.options, cues=frozenset()))
        table.client.toggle_mute()
        table.client.toggle_mute()
    names = [Earcon.LISTENING_ON, Earcon.LISTENING_OFF, Earcon.MUTED, Earcon.ERROR]
    assert played == [cue(name) for name in names]


async def test_a_reply_that_is_said_to_speak_and_is_silent_is_given_up(
    table: Table, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watchdog, "PATIENCE_S", 0.05)
    monkeypatch.setattr(watchdog, "_TICK_S", 0.01)
    async with table.session() as session:
        await table.reply(final=False)
        table.speaker.play()
        assert session.state == VoiceState.SPEAKING
        await until(lambda: session.state == VoiceState.LISTENING)
        assert any("speaking but silent" in message for message in caplog.messages)
        await table.reply()  # it was only slow
        assert session.state == VoiceState.SPEAKING
        table.speaker.play()
        await table.peer.until("audio_playback_complete")


async def test_a_microphone_without_samples_is_opened_again(
    table: Table, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watchdog, "PATIENCE_S", 0.05)
    monkeypatch.setattr(watchdog, "_TICK_S", 0.01)
    async with table.session():
        await table.speak(20, NONE)
        await until(lambda: table.microphone.openings >= 2)
        assert any("listening but no samples" in message for message in caplog.messages)
        await table.speak(20, NONE, 5)
        await table.peer.until("stream_audio", 2)
    assert table.sent()[:2] == [9, 5]
