"""What a voice session promises, kept by Heron and broken by estuary-sdk 0.8.0.

========================================================  ====================================================
a session speaks at the rate of its client                test_a_session_speaks_at_the_rate_of_its_client
a session that does not start leaves nothing behind       test_a_session_that_does_not_start_leaves_nothing
a voice that ended is not complained of frame by frame    test_a_voice_that_ended_is_not_complained_of
a press interrupts only what plays                        test_a_press_interrupts_only_what_plays
``on_state`` tells what a session does                    test_on_state_tells_what_a_session_does
========================================================  ====================================================
"""

from __future__ import annotations

import asyncio
import base64
import logging
from pathlib import Path

import numpy as np
import pytest

from app.audio.wav import write_wav
from tests.audio.signals import level_db, samples_of, tone
from tests.estuary.peer_server import PeerServer
from tests.integration.peer.hearing import RATE, in_session, reply, streams, until_heard
from tests.integration.peer.sdk import Sdk, both, promised
from tests.integration.sound_card import SoundCard

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]


@both("it records at 24 kHz, whatever the client has promised the server")
async def test_a_session_speaks_at_the_rate_of_its_client(
    sound_card: SoundCard, tmp_path: Path, sdk: Sdk, peer: PeerServer
) -> None:
    said = tmp_path / "tone.wav"
    write_wav(said, tone(1_000, 48_000, 0.5), 48_000)
    client, _ = await sdk.connected(peer.url, audio_sample_rate=48_000)
    session = sdk.session(client, sdk.continuous)
    await session.start()
    await peer.until("stream_audio")
    await asyncio.to_thread(sound_card.say, said)
    await session.stop()
    sent = [base64.b64decode(each.payload["audio"]) for each in peer.received if each.event == "stream_audio"]
    pcm = b"".join(sent)
    loud = np.flatnonzero(np.abs(samples_of(pcm)) > 500)
    pcm = pcm[2 * loud[0] : 2 * loud[-1]]
    assert {auth["audio_sample_rate"] for auth in peer.auth} == {48_000}
    async with promised():
        assert level_db(pcm, 48_000, 1_000) > level_db(pcm, 48_000, 2_000) + 20


@both("its speaker stays open, and its listeners on the client")
async def test_a_session_that_does_not_start_leaves_nothing(
    sound_card: SoundCard, sdk: Sdk, peer: PeerServer
) -> None:
    client, _ = await sdk.connected(peer.url)
    before = sdk.listeners(client)
    peer.answers_voice = False
    starting = asyncio.create_task(sdk.session(client, sdk.continuous).start())
    await peer.until("start_voice")
    await peer.emit("voice_error", {"error": "no recognition today"})
    with pytest.raises(sdk.EstuaryError):
        await starting
    async with promised():
        assert (await streams(sound_card), sdk.listeners(client)) == ([], before)


@both("each frame of the microphone fails, with a traceback in the log")
async def test_a_voice_that_ended_is_not_complained_of(
    sound_card: SoundCard, caplog: pytest.LogCaptureFixture, sdk: Sdk, peer: PeerServer
) -> None:
    _, told = await in_session(sdk, peer, sdk.continuous)
    await peer.until("stream_audio")
    await peer.emit("voice_timeout", {"reason": "voice_inactivity"})
    await told.until("voice_timeout")
    await asyncio.sleep(0.3)  # the length of 15 frames, of which nothing shall be seen
    async with promised():
        assert [each for each in caplog.records if each.levelno >= logging.WARNING] == []


@both("each press sends an interrupt")
async def test_a_press_interrupts_only_what_plays(sound_card: SoundCard, sdk: Sdk, peer: PeerServer) -> None:
    client, _ = await sdk.connected(peer.url, audio_sample_rate=RATE)
    session = sdk.session(client, sample_rate=RATE)
    await session.start()
    await session.start_recording()
    await peer.until("stream_audio")
    await session.stop_recording()
    await peer.until("stop_voice")
    silent = peer.events().count("client_interrupt")
    with sound_card.listen(RATE) as heard:
        await reply(peer, "a", tone(400, RATE, 1.0))
        await until_heard(heard, 400, 0.1)
        await session.start_recording()
    await peer.until("client_interrupt", silent + 1)
    async with promised():
        assert silent == 0


@both("there is no such argument", raises=TypeError)
async def test_on_state_tells_what_a_session_does(sound_card: SoundCard, sdk: Sdk, peer: PeerServer) -> None:
    client, _ = await sdk.connected(peer.url)
    states: list[str] = []
    session = sdk.session(client, sdk.continuous, on_state=states.append)
    await session.start()
    await session.stop()
    assert states == ["listening", "idle"]
