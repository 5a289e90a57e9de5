"""A voice session between a microphone and a speaker in memory and a real server."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import numpy as np
import pytest
import pytest_asyncio

from app.audio.devices.device_news import DeviceFound, DeviceLost, DeviceNews
from app.core.errors import AudioError
from app.estuary import (
    AudioPlayer,
    AudioRecorder,
    ErrorCode,
    EstuaryClient,
    EstuaryError,
    VoiceMode,
    VoiceSession,
    VoiceState,
    audio_extra,
    turn_taking,
    voice_watch,
)
from app.estuary.voice_options import VoiceOptions
from tests.estuary.conftest import ClientMaker
from tests.estuary.devices import MemorySink, MemorySource
from tests.estuary.peer_server import PeerServer, Received
from tests.estuary.told import Told
from tests.estuary.waiting import until

pytestmark = pytest.mark.asyncio

PRESS = Received("start_voice", {"turn_mode": "push_to_talk"})


def audio(pcm: bytes) -> str:
    return base64.b64encode(pcm).decode()


def sent(pcm: bytes) -> Received:
    return Received("stream_audio", {"audio": audio(pcm)})


class Desk:
    """A connected client with a microphone and a speaker, and the sessions made with them."""

    def __init__(self, peer: PeerServer, client: EstuaryClient) -> None:
        self.peer = peer
        self.client = client
        self.told = Told(client)
        self.microphone = MemorySource()
        self.speaker = MemorySink()
        self.states: list[str] = []
        self.sessions: list[VoiceSession] = []

    def session(self, mode: VoiceMode = VoiceMode.CONTINUOUS, **fields: Any) -> VoiceSession:
        parts: dict[str, Any] = {
            "recorder": AudioRecorder(source=self.microphone),
            "player": AudioPlayer(sink=self.speaker),
            "options": VoiceOptions(warm_s=0.0),
            "on_state": lambda state: self.states.append(state.value),
        }
        made = VoiceSession(self.client, mode, **(parts | fields))
        self.sessions.append(made)
        return made

    async def reply(self, message_id: str = "m", *, final: bool = True, samples: int = 320) -> None:
        await self.peer.emit(
            "bot_voice", {"audio": audio(b"\1\0" * samples), "message_id": message_id, "is_final": final}
        )
        await self.told.until("bot_voice", len(self.told.of("bot_voice")) + 1)


@pytest_asyncio.fixture
async def desk(peer: PeerServer, client_for: ClientMaker) -> AsyncIterator[Desk]:
    client = client_for(peer.url, max_reconnect_attempts=2)
    await client.connect()
    made = Desk(peer, client)
    yield made
    for session in made.sessions:
        await session.stop()


async def test_a_continuous_session_from_start_to_stop(desk: Desk, frame: bytes) -> None:
    async with desk.session() as session:
        assert [session.client, session.is_started] == [desk.client, True]
        assert (desk.microphone.is_open, desk.speaker.is_open) == (True, True)
        desk.microphone.speak(frame)
        await desk.peer.until("stream_audio")
        await desk.peer.emit("stt_response", {"text": "hello"})
        await desk.peer.emit("stt_response", {"text": "hello there", "is_final": True})
        await desk.reply(final=False)
        await desk.reply()
        desk.speaker.play()
        await desk.peer.until("audio_playback_complete")
    assert (desk.microphone.is_open, desk.speaker.is_open, session.is_started) == (False, False, False)
    assert desk.peer.received == [
        Received("start_voice"),
        sent(frame),
        Received("audio_playback_complete", {"message_id": "m"}),
        Received("stop_voice"),
    ]
    assert desk.states == ["listening", "hearing", "thinking", "speaking", "listening", "idle"]
    assert desk.client.is_connected


async def test_what_the_speaker_does_is_told(desk: Desk) -> None:
    told = list[tuple[str, str]]()
    async with desk.session(on_playback_event=lambda event, message_id: told.append((event, message_id))):
        await desk.reply()
        desk.speaker.play()
        await desk.reply("n", final=False, samples=3_200)
        desk.speaker.play(100)
        await desk.peer.emit("interrupt", {"message_id": "n"})
        await desk.told.until("interrupt")
    assert told == [("started", "m"), ("complete", "m"), ("started", "n"), ("interrupted", "n")]


async def test_an_interrupt_without_an_id_stops_the_voice_that_is_still_to_come(desk: Desk) -> None:
    async with desk.session():
        await desk.peer.emit("bot_response", {"text": "Well", "message_id": "m"})
        await desk.peer.emit("interrupt", {})
        await desk.told.until("interrupt")
        await desk.reply()
        desk.speaker.play()
        assert desk.speaker.heard.strip(b"\0") == b""
    assert "audio_playback_complete" not in desk.peer.events()


async def test_starting_twice_at_once_is_starting_once(desk: Desk) -> None:
    session = desk.session()
    await asyncio.gather(session.start(), session.start())
    assert (desk.microphone.is_open, desk.speaker.is_open, session.is_started) == (True, True, True)
    assert desk.peer.events().count("start_voice") == 1


async def test_what_a_callback_raises_harms_nothing(desk: Desk) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("oops")

    async with desk.session(on_playback_event=fail, on_microphone=fail):
        desk.microphone.speak(bytes(640))
        await desk.peer.until("stream_audio")
        await desk.reply()
        desk.speaker.play()
        await desk.peer.until("audio_playback_complete")


async def test_voice_of_no_reply_is_played_too(desk: Desk) -> None:
    async with desk.session():
        await desk.peer.emit("agent_turn_voice", {"audio": audio(b"\1\0" * 320), "agent_id": "a"})
        assert await desk.told.until("audio_received") == b"\1\0" * 320
        desk.speaker.play()
        assert desk.speaker.heard.startswith(b"\1\0" * 320)


async def test_a_push_to_talk_turn(desk: Desk, frame: bytes) -> None:
    async with desk.session(VoiceMode.PUSH_TO_TALK) as session:
        assert (desk.microphone.is_open, desk.peer.received) == (False, [])
        await session.start_recording()
        await session.start_recording()
        assert desk.microphone.openings == 1
        desk.microphone.speak(frame)
        releasing = asyncio.create_task(session.stop_recording())
        await asyncio.sleep(0.05)
        assert "stop_voice" not in desk.peer.events()
        desk.microphone.speak(bytes(640))
        await releasing
        assert not desk.microphone.is_open
        desk.microphone.speak(frame)
        await session.stop_recording()
        await desk.peer.until("stop_voice")
    assert desk.peer.received == [PRESS, sent(frame), sent(bytes(640)), Received("stop_voice")]
    assert desk.states == ["listening", "thinking", "idle"]


async def test_words_before_the_server_listens_are_sent_after_it_does(desk: Desk, frame: bytes) -> None:
    async with desk.session(VoiceMode.PUSH_TO_TALK) as session:
        desk.peer.answers_voice = False
        pressing = asyncio.create_task(session.start_recording())
        await desk.peer.until("start_voice")
        for _ in range(10):
            desk.microphone.speak(frame)
        desk.peer.answers_voice = True
        releasing = asyncio.create_task(session.stop_recording())
        await until(lambda: not desk.microphone.is_open)
        assert desk.peer.events() == ["start_voice"]
        await desk.peer.emit("voice_started", {})
        await asyncio.gather(pressing, releasing)
        await desk.peer.until("stop_voice")
    assert desk.peer.events() == ["start_voice", *["stream_audio"] * 10, "stop_voice"]


@pytest.mark.parametrize("mode", list(VoiceMode))
async def test_the_very_first_frames_are_sent_too(desk: Desk, mode: VoiceMode) -> None:
    desk.microphone.first_frames = [b"\1\0", b"\2\0", b"\3\0"]
    async with desk.session(mode) as session:
        await session.start_recording()
        await desk.peer.until("stream_audio", 3)
    assert desk.peer.received[1:4] == [sent(each) for each in desk.microphone.first_frames]


async def test_a_release_past_the_session_sends_nothing_more(desk: Desk, frame: bytes) -> None:
    async with desk.session(VoiceMode.PUSH_TO_TALK) as session:
        await session.start_recording()
        await desk.client.stop_recording()
        desk.microphone.speak(frame)
        await asyncio.sleep(0.02)
        await session.stop_recording()
        await desk.peer.until("stop_voice")
    assert desk.peer.events() == ["start_voice", "stop_voice"]


async def test_a_press_that_fails_closes_the_microphone(desk: Desk, frame: bytes) -> None:
    async with desk.session(VoiceMode.PUSH_TO_TALK) as session:
        desk.peer.answers_voice = False
        pressing = asyncio.create_task(session.start_recording())
        await desk.peer.until("start_voice")
        desk.microphone.speak(frame)
        await desk.peer.emit("voice_error", {"error": "busy"})
        with pytest.raises(EstuaryError, match="busy"):
            await pressing
        assert not desk.microphone.is_open
        assert desk.states == ["listening", "idle"]
        await session.stop_recording()
        assert desk.peer.events() == ["start_voice"]
        desk.peer.answers_voice = True
        await session.start_recording()
        assert desk.client.is_recording


async def test_pressing_over_the_character_silences_it_once(desk: Desk) -> None:
    async with desk.session(VoiceMode.PUSH_TO_TALK) as session:
        await desk.reply("m", final=False, samples=3_200)
        desk.speaker.play(320)
        assert session.state == "speaking"
        await session.start_recording()
        assert session.state == "listening"
        await desk.reply("m")
        desk.speaker.play()
        assert desk.speaker.played_samples == 320 + 80
        await session.stop_recording()
        await desk.peer.until("stop_voice")
    assert desk.peer.events() == ["client_interrupt", "start_voice", "stop_voice"]


async def test_pressing_in_silence_interrupts_nobody(desk: Desk) -> None:
    async with desk.session(VoiceMode.PUSH_TO_TALK) as session:
        await desk.reply()
        desk.speaker.play()
        await session.start_recording()
        await session.stop_recording()
        await desk.peer.until("stop_voice")
    assert "client_interrupt" not in desk.peer.events()


async def test_pressing_while_words_come_drops_the_voice_that_would_follow(desk: Desk) -> None:
    async with desk.session(VoiceMode.PUSH_TO_TALK) as session:
        await desk.peer.emit("bot_response", {"text": "Once upon", "message_id": "tale"})
        await desk.told.until("bot_response")
        await session.start_recording()
        await desk.reply("tale")
        assert desk.speaker.queued_samples == 0
    assert desk.peer.events()[:2] == ["client_interrupt", "start_voice"]


async def test_an_interruption_by_the_server_silences_and_completes_nothing(desk: Desk) -> None:
    async with desk.session() as session:
        await desk.peer.emit("bot_response", {"text": "Once", "message_id": "m"})
        await desk.reply("m", final=False, samples=3_200)
        desk.speaker.play(320)
        await desk.peer.emit("interrupt", {"message_id": "m"})
        await desk.told.until("interrupt")
        assert session.state == "listening"
        await desk.reply("m")
        desk.speaker.play()
        assert desk.speaker.played_samples == 400
        await desk.reply("next")
        desk.speaker.play()
        await desk.peer.until("audio_playback_complete")
    complete = [each.payload for each in desk.peer.received if each.event == "audio_playback_complete"]
    assert complete == [{"message_id": "next"}]


async def test_the_program_may_interrupt(desk: Desk) -> None:
    async with desk.session() as session:
        await desk.peer.emit("stt_response", {"text": "tell me", "is_final": True})
        await desk.told.until("stt_response")
        assert session.state == "thinking"
        await session.interrupt()
        assert session.state == "listening"
        await desk.peer.until("client_interrupt")


async def test_a_half_duplex_session_sends_nothing_while_the_character_is_heard(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(turn_taking, "ECHO_S", 0.1)
    recorded: list[bytes] = []
    async with desk.session(half_duplex=True, on_microphone=recorded.append):
        desk.microphone.speak(b"\1\0")
        await desk.reply()
        desk.microphone.speak(b"\2\0")
        desk.speaker.play()
        desk.microphone.speak(b"\3\0")
        await asyncio.sleep(0.11)
        desk.microphone.speak(b"\4\0")
        await desk.peer.until("stream_audio", 2)
    assert [each for each in desk.peer.received if each.event == "stream_audio"] == [
        sent(b"\1\0"),
        sent(b"\4\0"),
    ]
    assert recorded == [b"\1\0", b"\2\0", b"\3\0", b"\4\0"]


async def test_a_full_duplex_session_always_listens(desk: Desk) -> None:
    async with desk.session():
        await desk.reply()
        desk.microphone.speak(b"\2\0")
        await desk.peer.until("stream_audio")


async def test_a_pressed_key_outweighs_half_duplex(desk: Desk) -> None:
    async with desk.session(VoiceMode.PUSH_TO_TALK, half_duplex=True) as session:
        await session.start_recording()
        await desk.reply()
        desk.microphone.speak(b"\2\0")
        await desk.peer.until("stream_audio")


async def test_mute_holds_the_microphone_back(desk: Desk, frame: bytes) -> None:
    async with desk.session() as session:
        desk.client.toggle_mute()
        assert session.state == "muted"
        desk.microphone.speak(frame)
        await asyncio.sleep(0.02)
        desk.client.toggle_mute()
        desk.microphone.speak(bytes(640))
        await desk.peer.until("stream_audio")
    assert [each for each in desk.peer.received if each.event == "stream_audio"] == [sent(bytes(640))]
    assert desk.states == ["listening", "muted", "listening", "idle"]


async def test_the_wire_carries_the_clients_rate(peer: PeerServer, client_for: ClientMaker) -> None:
    client = client_for(peer.url, audio_sample_rate=16_000)
    await client.connect()
    microphone, speaker = MemorySource(48_000), MemorySink(48_000)
    session = VoiceSession(
        client, recorder=AudioRecorder(source=microphone), player=AudioPlayer(sink=speaker)
    )
    async with session:
        tone = (8_000 * np.sin(2 * np.pi * 440 * np.arange(48_000) / 48_000)).astype("<i2")
        for start in range(0, 48_000, 960):
            microphone.speak(tone[start : start + 960].tobytes())
        await peer.emit("bot_voice", {"audio": audio(bytes(3_200)), "message_id": "m", "is_final": True})
        await until(lambda: session._playback.is_playing)
        speaker.play()
        assert speaker.played_samples == 4_800
    await client.disconnect()
    await peer.until_empty()
    spoken = b"".join(
        base64.b64decode(each.payload["audio"]) for each in peer.received if each.event == "stream_audio"
    )
    heard = np.frombuffer(spoken, "<i2").astype(float)
    assert abs(heard.size - 16_000) <= 2
    assert abs(np.argmax(np.abs(np.fft.rfft(heard))) * 16_000 / heard.size - 440) < 2


async def test_both_sounds_can_be_watched(desk: Desk, frame: bytes) -> None:
    spoken: list[bytes] = []
    heard: list[bytes] = []
    async with desk.session(on_microphone=spoken.append, on_speaker=heard.append):
        desk.microphone.speak(frame)
        await desk.reply()
        desk.speaker.play()
    assert (spoken, heard) == ([frame], [b"\1\0" * 320])


async def test_states_may_be_awaited(desk: Desk) -> None:
    states: list[str] = []

    async def listen(state: VoiceState) -> None:
        await asyncio.sleep(0.01)
        states.append(state.value)

    async with desk.session(on_state=listen):
        desk.client.toggle_mute()
        desk.client.toggle_mute()
    assert states == ["listening", "muted", "listening", "idle"]


async def test_an_answer_that_never_comes_is_not_waited_for_forever(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(voice_watch, "ANSWER_S", 0.1)
    monkeypatch.setattr(voice_watch, "VOICELESS_S", 0.02)
    async with desk.session() as session:
        await desk.peer.emit("stt_response", {"text": "hello", "is_final": True})
        await until(lambda: session.state == "thinking")
        await until(lambda: session.state == "listening")
        await desk.peer.emit("stt_response", {"text": "hello", "is_final": True})
        await desk.peer.emit("bot_response", {"text": "Hi.", "is_final": True})
        await until(lambda: session.state == "thinking")
        await until(lambda: session.state == "listening")


async def test_without_a_connection_it_does_not_start(client_for: ClientMaker) -> None:
    microphone, speaker = MemorySource(), MemorySink()
    session = VoiceSession(
        client_for("http://127.0.0.1:9"),
        recorder=AudioRecorder(source=microphone),
        player=AudioPlayer(sink=speaker),
    )
    with pytest.raises(EstuaryError) as caught:
        await session.start()
    assert caught.value.code is ErrorCode.NOT_CONNECTED
    assert not speaker.is_open


@pytest.mark.parametrize("device", ["microphone", "speaker"])
async def test_a_missing_device_undoes_the_start(desk: Desk, device: str) -> None:
    getattr(desk, device).problem = f"No {device} was found."
    session = desk.session()
    with pytest.raises(AudioError, match=f"No {device}"):
        await session.start()
    assert (session.is_started, desk.microphone.is_open, desk.speaker.is_open) == (False, False, False)
    assert desk.peer.received == []
    getattr(desk, device).problem = None
    await session.start()
    assert session.is_started


async def test_a_start_that_the_server_refuses_is_undone(desk: Desk) -> None:
    desk.peer.answers_voice = False
    starting = asyncio.create_task(desk.session().start())
    await desk.peer.until("start_voice")
    assert (desk.microphone.is_open, desk.speaker.is_open) == (True, True)
    await desk.peer.emit("voice_error", {"error": "full"})
    with pytest.raises(EstuaryError, match="full"):
        await starting
    assert (desk.microphone.is_open, desk.speaker.is_open) == (False, False)
    await desk.reply()
    assert desk.states == []


async def test_a_missing_microphone_is_met_at_the_press(desk: Desk) -> None:
    async with desk.session(VoiceMode.PUSH_TO_TALK) as session:
        desk.microphone.problem = "No microphone was found."
        with pytest.raises(AudioError, match="No microphone"):
            await session.start_recording()
        assert (desk.peer.received, session.state) == ([], VoiceState.IDLE)
        desk.microphone.problem = None
        await session.start_recording()
        assert desk.client.is_recording


@pytest.mark.parametrize("device", ["microphone", "speaker"])
async def test_a_device_that_breaks_is_told(desk: Desk, device: str) -> None:
    news: list[DeviceNews] = []
    async with desk.session(on_news=news.append) as session:
        getattr(desk, device).break_down(f"The {device} was unplugged.")
        assert (session.state, news) == (VoiceState.ERROR, [DeviceLost(f"The {device} was unplugged.")])
        getattr(desk, device).come_back("It is back.")
        assert (session.state, news[1:]) == (VoiceState.LISTENING, [DeviceFound("memory", "It is back.")])


async def test_recording_needs_a_started_session(desk: Desk) -> None:
    session = desk.session(VoiceMode.PUSH_TO_TALK)
    calls: list[Callable[[], Awaitable[None]]] = [
        session.start_recording,
        session.stop_recording,
        session.interrupt,
    ]
    for call in calls:
        with pytest.raises(EstuaryError) as caught:
            await call()
        assert caught.value.code is ErrorCode.VOICE_NOT_ACTIVE
    await session.stop()


async def test_in_continuous_mode_a_key_means_nothing(desk: Desk) -> None:
    async with desk.session() as session:
        await session.start_recording()
        await session.stop_recording()
        assert desk.microphone.is_open
    assert desk.peer.events() == ["start_voice", "stop_voice"]


async def test_starting_and_stopping_twice_is_once(desk: Desk) -> None:
    session = desk.session()
    await session.start()
    await session.start()
    await session.stop()
    await session.stop()
    assert desk.peer.events() == ["start_voice", "stop_voice"]


async def test_stopping_while_a_turn_opens_does_not_wait_for_it(desk: Desk) -> None:
    session = desk.session(VoiceMode.PUSH_TO_TALK)
    await session.start()
    desk.peer.answers_voice = False
    pressing = asyncio.create_task(session.start_recording())
    await desk.peer.until("start_voice")
    desk.peer.answers_voice = True
    async with asyncio.timeout(1):
        await session.stop()
    with pytest.raises(EstuaryError):
        await pressing
    assert (desk.microphone.is_open, desk.speaker.is_open) == (False, False)
    assert desk.peer.events() == ["start_voice", "stop_voice"]


async def test_stopping_while_a_release_waits_does_not_wait_with_it(desk: Desk) -> None:
    session = desk.session(VoiceMode.PUSH_TO_TALK)
    await session.start()
    desk.peer.answers_voice = False
    pressing = asyncio.create_task(session.start_recording())
    await desk.peer.until("start_voice")
    releasing = asyncio.create_task(session.stop_recording())
    await until(lambda: not desk.microphone.is_open)
    desk.peer.answers_voice = True
    async with asyncio.timeout(1):
        await session.stop()
    await asyncio.gather(pressing, releasing, return_exceptions=True)
    assert desk.peer.events() == ["start_voice", "stop_voice"]


async def test_voice_that_the_server_ends_closes_the_microphone(desk: Desk) -> None:
    async with desk.session() as session:
        await desk.peer.emit("voice_timeout", {"idle_seconds": 60})
        await until(lambda: not desk.microphone.is_open)
        assert (session.state, session.is_started) == ("idle", True)
        await desk.client.start_voice()
        await until(lambda: desk.microphone.is_open)
        desk.microphone.speak(b"\5\0")
        await desk.peer.until("stream_audio")


async def test_a_press_after_the_server_ended_voice_starts_it_again(desk: Desk) -> None:
    async with desk.session(VoiceMode.PUSH_TO_TALK) as session:
        await desk.peer.emit("voice_timeout", {})
        await desk.told.until("voice_stopped")
        await session.start_recording()
        assert desk.client.is_recording


async def test_a_session_survives_a_lost_connection(desk: Desk, frame: bytes) -> None:
    async with desk.session() as session:
        await desk.reply("m", final=False)
        await desk.peer.drop()
        await desk.told.until("reconnecting")
        assert session.state == "reconnecting"
        desk.speaker.play()
        await desk.told.until("voice_started", 2)
        assert session.state == "listening"
        desk.microphone.speak(frame)
        await desk.peer.until("stream_audio")
    assert desk.states == ["listening", "reconnecting", "listening", "idle"]
    assert "audio_playback_complete" not in desk.peer.events()


async def test_a_press_without_a_connection_is_an_error_and_opens_nothing(
    peer: PeerServer, client_for: ClientMaker
) -> None:
    client = client_for(peer.url, reconnect_delay=30)
    await client.connect()
    desk = Desk(peer, client)
    async with desk.session(VoiceMode.PUSH_TO_TALK) as session:
        await peer.drop()
        await desk.told.until("reconnecting")
        with pytest.raises(EstuaryError) as caught:
            await session.start_recording()
        assert caught.value.code is ErrorCode.NOT_CONNECTED
        assert desk.microphone.openings == 0


async def test_a_connection_lost_for_good_is_an_error(desk: Desk) -> None:
    async with desk.session() as session:
        await desk.peer.stop()
        await desk.told.until("error")
        assert session.state == "error"
        await until(lambda: not desk.microphone.is_open)
    assert desk.states == ["listening", "reconnecting", "error", "idle"]


async def test_voice_that_does_not_come_back_closes_the_microphone(desk: Desk) -> None:
    async with desk.session() as session:
        desk.peer.answers_voice = False
        await desk.peer.drop()
        await desk.peer.until("start_voice", 2)
        assert session.state == "reconnecting"
        await desk.peer.emit("voice_error", {"error": "full"})
        await until(lambda: not desk.microphone.is_open)
        assert session.state == "idle"
    assert desk.states == ["listening", "reconnecting", "idle"]


async def test_a_session_leaves_no_listener_behind(desk: Desk) -> None:
    before = {name: len(group) for name, group in desk.client._emitter._registered.items()}
    async with desk.session():
        pass
    async with desk.session(VoiceMode.PUSH_TO_TALK):
        pass
    assert {name: len(group) for name, group in desk.client._emitter._registered.items()} == before


async def test_volume_is_the_players(desk: Desk) -> None:
    async with desk.session() as session:
        session.volume = 0.25
        assert (session.volume, desk.speaker.volume) == (0.25, 0.25)


async def test_without_the_audio_packages_it_says_what_to_install(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audio_extra, "_PACKAGES", ("no_such_package",))
    with pytest.raises(EstuaryError, match=r'pip install "heron-voice\[audio\]"') as caught:
        await VoiceSession(desk.client).start()
    assert caught.value.code is ErrorCode.VOICE_NOT_SUPPORTED
    assert desk.peer.received == []
