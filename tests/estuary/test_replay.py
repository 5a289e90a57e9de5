"""A reply that is heard again, in whole sessions between devices in memory and a real server."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator
from typing import Any

import numpy as np
import pytest
import pytest_asyncio

from app.audio.frame import Speech
from app.estuary import AudioPlayer, AudioRecorder, BotVoice, EstuaryClient, VoiceMode, VoiceSession, replay
from app.estuary.turn_times import TurnTimes
from app.estuary.voice_options import VoiceOptions
from tests.estuary.conftest import ClientMaker
from tests.estuary.devices import MemorySink, MemorySource
from tests.estuary.peer_server import PeerServer
from tests.estuary.told import Told
from tests.estuary.waiting import until

pytestmark = pytest.mark.asyncio

RATE = 16_000


def pcm(first: int, samples: int = 320) -> bytes:
    return (np.arange(first, first + samples) % 30_000).astype("<i2").tobytes()


def pieces(count: int = 3, samples: int = 320, *, message_id: str = "old") -> list[BotVoice]:
    """Return a kept voice whose last piece does not say so, as that of a reply that was cut."""
    return [
        BotVoice(pcm=pcm(1 + at * samples, samples), sample_rate=RATE, message_id=message_id, chunk_index=at)
        for at in range(count)
    ]


class Table:
    """A person and a character, and what was heard again."""

    def __init__(self, peer: PeerServer, client: EstuaryClient) -> None:
        self.peer = peer
        self.client = client
        self.told = Told(client)
        self.microphone = MemorySource(detects_speech=True)
        self.speaker = MemorySink()
        self.states: list[str] = []
        self.replies: list[tuple[str, str]] = []
        self.replays: list[str | None] = []
        self.turns: list[TurnTimes] = []
        self.sessions: list[VoiceSession] = []

    def session(self, mode: VoiceMode = VoiceMode.CONTINUOUS) -> VoiceSession:
        made = VoiceSession(
            self.client,
            mode,
            recorder=AudioRecorder(source=self.microphone),
            player=AudioPlayer(sink=self.speaker),
            options=VoiceOptions(warm_s=0.0, tail_s=0.0),
            on_state=lambda state: self.states.append(state.value),
            on_playback_event=lambda event, message_id: self.replies.append((event.value, message_id)),
            on_turn=self.turns.append,
        )
        made.replay.on_change = self.replays.append
        self.sessions.append(made)
        return made

    async def emit(self, event: str, payload: dict[str, Any]) -> None:
        """Have the server say something, and wait until the client has taken it."""
        count = len(self.told.of(event))
        await self.peer.emit(event, payload)
        await self.told.until(event, count + 1)

    async def say(self, message_id: str, samples: int = 320, *, is_final: bool = True) -> None:
        """Have the character speak."""
        audio = base64.b64encode(b"\7\0" * samples).decode()
        await self.emit("bot_voice", {"audio": audio, "message_id": message_id, "is_final": is_final})

    async def speak(self, milliseconds: int) -> None:
        for _ in range(milliseconds // 20):
            self.microphone.speak(pcm(1), Speech.SPEECH)
        await asyncio.sleep(0)
        await asyncio.sleep(0)

    def server_was_told(self) -> list[str]:
        return self.peer.events("stream_audio", "start_voice", "stop_voice")


@pytest_asyncio.fixture
async def table(peer: PeerServer, client_for: ClientMaker) -> AsyncIterator[Table]:
    client = client_for(peer.url)
    await client.connect()
    made = Table(peer, client)
    yield made
    for session in made.sessions:
        await session.stop()


@pytest.mark.parametrize("mode", list(VoiceMode))
async def test_a_reply_is_heard_again_and_the_server_knows_nothing_of_it(
    table: Table, mode: VoiceMode
) -> None:
    async with table.session(mode) as session:
        resting = session.state
        assert session.replay.start("old", pieces())
        assert (session.replay.message_id, session.state) == ("old", resting)
        table.speaker.play(320)
        assert session.state == "speaking"
        table.speaker.play()
        assert (session.replay.message_id, session.state) == (None, resting)
        assert table.speaker.heard == pcm(1, 960)
    assert (table.replays, table.replies) == (["old", None], [])
    assert table.server_was_told() == []


async def test_it_can_be_heard_as_often_as_wanted(table: Table) -> None:
    async with table.session() as session:
        for _ in range(3):
            assert session.replay.start("old", pieces())
            table.speaker.play()
        assert table.speaker.heard == 3 * pcm(1, 960)
    assert table.replays == 3 * ["old", None]


async def test_it_is_stopped_at_once_and_once(table: Table) -> None:
    async with table.session() as session:
        session.replay.start("old", pieces(100))
        table.speaker.play(320)
        assert session.replay.stop()
        assert not session.replay.stop()
        assert session.state == "listening"
        table.speaker.play()
        assert table.speaker.played_samples == 320 + 80
    assert table.replays == ["old", None]
    assert table.server_was_told() == []


async def test_another_one_takes_its_place(table: Table) -> None:
    async with table.session() as session:
        session.replay.start("old", pieces(100))
        session.replay.start("older", pieces(message_id="older"))
        table.speaker.play()
        assert table.speaker.heard[-1920:] == pcm(1, 960)
        assert table.speaker.played_samples < 100 * 320
    assert table.replays == ["old", None, "older", None]


async def test_interrupting_stops_it_without_a_word_to_the_server(table: Table) -> None:
    async with table.session() as session:
        session.replay.start("old", pieces(100))
        table.speaker.play(320)
        await session.interrupt()
        assert session.replay.message_id is None
        assert table.server_was_told() == []
        await session.interrupt()
        await table.peer.until("client_interrupt")


async def test_a_press_stops_it_without_a_word_to_the_server(table: Table) -> None:
    async with table.session(VoiceMode.PUSH_TO_TALK) as session:
        session.replay.start("old", pieces(100))
        table.speaker.play(320)
        await session.start_recording()
        assert (session.replay.message_id, session.state) == (None, "listening")
        await session.stop_recording()
        await table.peer.until("stop_voice")
    assert table.server_was_told() == []


async def test_a_person_who_speaks_over_it_ducks_it_and_stops_it(table: Table) -> None:
    async with table.session() as session:
        session.replay.start("old", pieces(200))
        table.speaker.play(320)
        table.microphone.speak(pcm(1), Speech.SIGN)
        is_ducked = table.speaker.is_ducked
        assert is_ducked
        await table.speak(200)
        await table.emit("stt_response", {"text": "what time is it"})
        assert session.replay.message_id is None
        is_ducked = table.speaker.is_ducked
        assert not is_ducked
        await table.peer.until("stream_audio")
    assert table.server_was_told() == []


@pytest.mark.parametrize(
    ("event", "payload"),
    [
        ("bot_response", {"text": "It is", "message_id": "new"}),
        ("bot_voice", {"audio": "BwAHAA==", "message_id": "new"}),
        ("agent_turn_voice", {"audio": "BwAHAA=="}),
    ],
)
async def test_the_next_reply_stops_it(table: Table, event: str, payload: dict[str, Any]) -> None:
    async with table.session() as session:
        session.replay.start("old", pieces(100))
        table.speaker.play(320)
        await table.emit(event, payload)
        assert session.replay.message_id is None
    assert table.replays == ["old", None]


async def test_the_next_reply_is_heard_whole_and_counts(table: Table) -> None:
    async with table.session() as session:
        session.replay.start("old", pieces(100))
        table.speaker.play(320)
        await table.say("new")
        table.speaker.play()
        await table.peer.until("audio_playback_complete")
        assert table.speaker.heard.endswith(b"\7\0" * 320)
        assert session.state == "listening"
    assert table.replies == [("started", "new"), ("complete", "new")]
    assert [one.payload for one in table.peer.received if one.event == "audio_playback_complete"] == [
        {"message_id": "new"}
    ]


async def test_a_reply_that_is_heard_gives_way_to_it(table: Table) -> None:
    async with table.session() as session:
        await table.emit("bot_response", {"text": "Once", "message_id": "new"})
        await table.say("new", 3_200, is_final=False)
        table.speaker.play(320)
        assert session.replay.start("old", pieces())
        await table.peer.until("client_interrupt")
        assert table.replies == [("started", "new"), ("interrupted", "new")]
        await table.say("new", 3_200)
        await table.emit("bot_response", {"text": "Once upon", "message_id": "new", "is_final": True})
        await table.emit("interrupt", {})
        await table.emit("interrupt", {"message_id": "new"})
        assert session.replay.message_id == "old"
        table.speaker.play()
        assert table.speaker.heard.endswith(pcm(1, 960))
        assert session.state == "listening"
    assert table.server_was_told() == ["client_interrupt"]


async def test_an_answer_is_waited_for_behind_it(table: Table) -> None:
    async with table.session() as session:
        await table.emit("stt_response", {"text": "what time is it", "is_final": True})
        session.replay.start("old", pieces())
        table.speaker.play(320)
        assert session.state == "speaking"
        table.speaker.play()
        assert session.state == "thinking"
        await table.emit("bot_response", {"text": "Noon.", "message_id": "new", "is_final": True})
        await table.say("new")
        table.speaker.play()
        assert table.turns[0].first_audio == session._player.started_at("new")
    assert table.states == ["listening", "thinking", "speaking", "thinking", "speaking", "listening", "idle"]


async def test_it_goes_on_over_a_lost_connection(table: Table) -> None:
    async with table.session() as session:
        session.replay.start("old", pieces())
        table.speaker.play(320)
        await table.peer.drop()
        await table.told.until("voice_started", 2)
        assert session.replay.message_id == "old"
        table.speaker.play()
        assert table.speaker.heard == pcm(1, 960)
    assert table.replays == ["old", None]
    assert table.server_was_told() == []


async def test_a_long_one_is_given_little_by_little(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(replay, "AHEAD_S", 0.1)
    monkeypatch.setattr(replay, "STEP_S", 0.05)
    async with table.session() as session:
        session.replay.start("old", pieces(20))
        assert 5 * 320 <= table.speaker.queued_samples <= 6 * 320
        table.speaker.play()
        assert session.replay.message_id == "old"
        await until(lambda: table.speaker.queued_samples)
        while table.replays[-1] is not None:
            await asyncio.sleep(0.01)
            table.speaker.play()
        assert table.speaker.heard == pcm(1, 20 * 320)
        session.replay.start("old", pieces(20))
        session.replay.stop()
        table.speaker.play()
        await asyncio.sleep(0.1)
        assert table.speaker.queued_samples == 0


async def test_without_a_speaker_nothing_happens(table: Table) -> None:
    session = table.session()
    assert not session.replay.start("old", pieces())
    async with session:
        await table.say("new", 3_200)
        table.speaker.play(320)
        assert not session.replay.start("old", [])
        assert session.state == "speaking"
        table.speaker.break_down("It was unplugged.")
        assert not session.replay.start("old", pieces())
    assert table.replays == []


async def test_it_ends_with_its_speaker_and_with_its_session(table: Table) -> None:
    async with table.session() as session:
        session.replay.start("old", pieces(200))
        table.speaker.break_down("It was unplugged.")
        assert table.replays == ["old", None]
        table.speaker.come_back()
        assert session.replay.start("old", pieces(200))
        table.speaker.play(320)
    assert table.replays == ["old", None, "old", None]
    assert session.state == "idle"


async def test_what_its_listener_raises_harms_nothing(table: Table, caplog: pytest.LogCaptureFixture) -> None:
    def fail(_message_id: str | None) -> None:
        raise RuntimeError("listener")

    async with table.session() as session:
        session.replay.on_change = fail
        session.replay.start("old", pieces())
        table.speaker.play()
        session.replay.on_change = None
        session.replay.start("old", pieces())
        table.speaker.play()
        assert table.speaker.heard == 2 * pcm(1, 960)
    assert "failed" in caplog.text
