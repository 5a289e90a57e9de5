"""Recordings on the wire. The command as a person runs it is in tests/integration."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from app.audio.resample import resample
from app.audio.wav import read_wav, write_wav
from app.conversation.account import Account
from app.conversation.backend import RemoteBackend
from app.core.errors import BadInput, UserError
from app.terminal import exchange, talk
from app.terminal.talk import Plan
from tests.audio.signals import align, tone
from tests.estuary.peer_server import KEY, PeerServer, Received
from tests.terminal.notes import Notes

VOICE = base64.b64encode(tone(440, 16_000, 0.1)).decode()


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    """Return half a second of sound and as much silence after it."""
    path = tmp_path / "a.wav"
    write_wav(path, tone(300, 16_000, 0.5) + bytes(16_000), 16_000)
    return path


class Answering(PeerServer):
    """Hears words as soon as there is audio, and answers them and every text."""

    def __init__(self, answer: Callable[[Answering, str], Awaitable[None]] | None = None) -> None:
        super().__init__()
        self.heard_at: list[tuple[float, Received]] = []
        self._answer = answer or Answering.answer

    async def answer(self, message: str) -> None:
        await self.emit("bot_response", {"text": "Very well.", "is_final": True, "message_id": message})
        for is_final in (False, True):
            payload = {"audio": VOICE, "is_final": is_final, "message_id": message, "sample_rate": 16_000}
            await self.emit("bot_voice", payload)

    async def _event(self, event: str, sid: str, *payload: object) -> None:
        await super()._event(event, sid, *payload)
        self.heard_at.append((asyncio.get_running_loop().time(), self.received[-1]))
        audio = len([each for each in self.received if each.event == "stream_audio"])
        if event == "stop_voice" or (event == "stream_audio" and audio == 60):
            await self.emit("stt_response", {"text": "what time is it", "is_final": True})
        if event in {"text", "stop_voice"} or (event == "stream_audio" and audio == 60):
            await self._answer(self, f"m{len(self.received)}")


async def run(server: PeerServer, plan: Plan, notes: Notes) -> int:
    """Talk on a loop of its own, as the command does."""
    backend = RemoteBackend(Account(server.url, KEY), auto_reconnect=False)
    return await asyncio.to_thread(talk.run, plan, backend, notes)


def plan(*files: Path, texts: tuple[str, ...] = (), out: Path | None = None, ptt: bool = False) -> Plan:
    return Plan.prepare(files, texts, out, push_to_talk=ptt)


def audio_of(server: PeerServer) -> list[bytes]:
    return [
        base64.b64decode(each.payload["audio"]) for each in server.received if each.event == "stream_audio"
    ]


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100, 48_000])
def test_any_rate_is_prepared_for_the_session(tmp_path: Path, rate: int) -> None:
    path = tmp_path / "a.wav"
    write_wav(path, tone(300, rate, 0.5) + bytes(rate), rate)
    (prepared,) = plan(path).recordings
    assert prepared.name == str(path)
    assert prepared.seconds == pytest.approx(1.0, abs=0.01)
    # The last sample above two percent of the peak.
    assert prepared.speech_s == pytest.approx(0.5, abs=0.01)
    _, likeness = align(prepared.pcm, resample(tone(300, rate, 0.5), rate, 16_000))
    assert likeness > 0.99


def test_bad_input_is_found_before_anything_is_said(recording: Path, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="There is no file"):
        plan(recording, tmp_path / "missing.wav")
    with pytest.raises(BadInput, match="--text is empty"):
        plan(texts=("hello", "  "))
    with pytest.raises(BadInput, match="There is no folder"):
        plan(recording, out=tmp_path / "no such folder" / "reply.wav")
    assert not (tmp_path / "no such folder").exists()


@pytest.mark.asyncio
async def test_a_recording_is_sent_in_real_time_and_silence_after_it(recording: Path) -> None:
    notes = Notes()
    async with Answering() as server:
        assert await run(server, plan(recording), notes) == 0
        audio = audio_of(server)
        moments = [moment for moment, each in server.heard_at if each.event == "stream_audio"]
    assert server.events("stream_audio")[0] == "start_voice"
    assert {len(frame) for frame in audio} == {640}
    sent = b"".join(audio)
    assert sent.startswith(read_wav(recording)[0])
    assert not any(sent[32_000:])
    assert len(audio) >= 60
    # A microphone hands a frame over when its last sample has been recorded.
    for number in (20, 40, 59):
        assert moments[number] - moments[0] == pytest.approx(number * 0.02, abs=0.15)
    assert notes.of("stt") == [("what time is it", True)]
    assert {file for name, file, _ in notes.all if name != "session"} == {str(recording)}
    (waited,) = notes.of("timing")
    assert waited[0] == pytest.approx(700, abs=150)  # from 0.5 s to 1.2 s


@pytest.mark.asyncio
async def test_a_held_key_is_pressed_and_released(recording: Path) -> None:
    async with Answering() as server:
        assert await run(server, plan(recording, ptt=True), Notes()) == 0
        pressed = await server.until("start_voice")
        events = server.events()
        assert b"".join(audio_of(server)) == read_wav(recording)[0]
    assert pressed.payload == {"turn_mode": "push_to_talk"}
    turn = ["start_voice", *["stream_audio"] * 50, "stop_voice"]
    assert events[: len(turn)] == turn


@pytest.mark.asyncio
async def test_all_replies_are_kept_in_their_order(recording: Path, tmp_path: Path) -> None:
    out = tmp_path / "reply.wav"
    out.write_bytes(b"an older reply")
    notes = Notes()
    async with Answering() as server:
        assert await run(server, plan(recording, texts=("hello", "good bye"), out=out, ptt=True), notes) == 0
    pcm, rate = read_wav(out)
    assert rate == 16_000
    assert len(pcm) / 2 / rate == pytest.approx(0.6)
    assert [seconds for _, seconds in notes.of("voice")] == [0.2, 0.2, 0.2]
    assert [file for name, file, _ in notes.all if name == "voice"] == [str(recording), None, None]
    assert [each.payload["text"] for each in server.received if each.event == "text"] == ["hello", "good bye"]


@pytest.mark.asyncio
async def test_a_talk_that_fails_leaves_an_older_reply_alone(tmp_path: Path) -> None:
    async def fall_silent(server: Answering, message: str) -> None:
        await server.emit("bot_response", {"text": "Very", "partial": "Very", "message_id": message})
        await server.emit("bot_voice", {"audio": VOICE, "message_id": message, "sample_rate": 16_000})
        await server.expel()

    out = tmp_path / "reply.wav"
    out.write_bytes(b"an older reply")
    notes = Notes()
    async with Answering(fall_silent) as server:
        with pytest.raises(UserError, match="closed the connection before the answer was complete"):
            await run(server, plan(texts=("hello",), out=out), notes)
    assert out.read_bytes() == b"an older reply"


@pytest.mark.asyncio
async def test_no_answer_is_a_sentence(recording: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "ANSWER_S", 1.5)
    async with PeerServer() as server:
        with pytest.raises(UserError) as caught:
            await run(server, plan(recording), Notes())
    assert str(caught.value) == f"No answer to {recording} came within 2 s. Nothing was recognised in it."


@pytest.mark.asyncio
async def test_voice_that_cannot_be_started_is_a_sentence(recording: Path) -> None:
    class Deaf(PeerServer):
        async def _event(self, event: str, sid: str, *payload: object) -> None:
            await super()._event(event, sid, *payload)
            await self.emit("voice_error", {"error": "no ear is free"})

    async with Deaf() as server:
        server.answers_voice = False
        with pytest.raises(UserError, match="no ear is free"):
            await run(server, plan(recording), Notes())
