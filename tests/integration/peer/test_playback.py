"""What a client promises about what is heard, kept by Heron and broken by estuary-sdk 0.8.0.

========================================================  ====================================================
an interrupt of the server silences the speaker           test_an_interrupt_silences_the_speaker
what comes late of an interrupted reply is not played     test_late_pieces_of_a_stopped_reply_are_not_heard
the server is told which replies were heard to the end    test_the_server_is_told_that_a_reply_was_heard,
                                                          test_a_reply_with_an_empty_end_was_heard_too,
                                                          test_an_interrupted_reply_is_not_called_heard
a reply whose last piece is empty is complete too         test_an_empty_last_piece_completes_a_reply
a reply has started when its first sample is heard        test_a_reply_starts_with_its_first_sample
pieces may be cut in the middle of a sample               test_the_halves_of_a_sample_find_each_other,
                                                          test_half_a_sample_does_not_harm_the_next_reply
a reply is played at the rate it names                    test_a_reply_is_played_at_the_rate_it_names
the speaker stays open when a reply is stopped            test_the_speaker_stays_open_when_a_reply_is_stopped
a reply that is stopped fades out                         test_a_reply_that_is_stopped_fades_out
the volume costs next to nothing                          test_the_volume_costs_next_to_nothing
========================================================  ====================================================
"""

from __future__ import annotations

import asyncio

import numpy as np
import pytest

from tests.audio.signals import level_db, pcm_of, tone
from tests.estuary.peer_server import PeerServer
from tests.integration.peer.hearing import (
    PATIENCE_S,
    RATE,
    in_session,
    reply,
    samples,
    seconds_of,
    streams,
    until_heard,
    until_silent,
)
from tests.integration.peer.sdk import Sdk, both, fastest, promised, until
from tests.integration.sound_card import SoundCard

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]


@both("what was received plays on")
async def test_an_interrupt_silences_the_speaker(sound_card: SoundCard, sdk: Sdk, peer: PeerServer) -> None:
    _, told = await in_session(sdk, peer)
    with sound_card.listen(RATE) as heard:
        await reply(peer, "a", tone(400, RATE, 1.5))
        await until_heard(heard, 400, 0.1)
        await peer.emit("interrupt", {"message_id": "a"})
        await told.until("interrupt")
        await reply(peer, "b", tone(1200, RATE, 0.2))
        await until_heard(heard, 1200, 0.1)
    async with promised():
        assert seconds_of(heard, 400) < 0.8


@both("it is played")
async def test_late_pieces_of_a_stopped_reply_are_not_heard(
    sound_card: SoundCard, sdk: Sdk, peer: PeerServer
) -> None:
    _, told = await in_session(sdk, peer)
    with sound_card.listen(RATE) as heard:
        await reply(peer, "a", tone(400, RATE, 0.2), is_final=False)
        await until_heard(heard, 400, 0.1)
        await peer.emit("interrupt", {"message_id": "a"})
        await told.until("interrupt")
        await reply(peer, "a", tone(800, RATE, 0.2))
        await reply(peer, "b", tone(1200, RATE, 0.2))
        await until_heard(heard, 1200, 0.1)
    async with promised():
        assert seconds_of(heard, 800) == 0


@both(None)
async def test_the_server_is_told_that_a_reply_was_heard(
    sound_card: SoundCard, sdk: Sdk, peer: PeerServer
) -> None:
    await in_session(sdk, peer)
    await reply(peer, "a", tone(400, RATE, 0.2))
    completed = await peer.until("audio_playback_complete")
    assert completed.payload == {"message_id": "a"}


@both("it is never told: the empty piece is thrown away, and the word final with it")
async def test_a_reply_with_an_empty_end_was_heard_too(
    sound_card: SoundCard, sdk: Sdk, peer: PeerServer
) -> None:
    await in_session(sdk, peer)
    await reply(peer, "a", tone(400, RATE, 0.2), is_final=False)
    await reply(peer, "a", b"")
    async with promised():
        completed = await peer.until("audio_playback_complete")
        assert completed.payload == {"message_id": "a"}


@both("it is, when its last sample was played")
async def test_an_interrupted_reply_is_not_called_heard(
    sound_card: SoundCard, sdk: Sdk, peer: PeerServer
) -> None:
    _, told = await in_session(sdk, peer)
    with sound_card.listen(RATE) as heard:
        await reply(peer, "a", tone(400, RATE, 0.5))
        await until_heard(heard, 400, 0.1)
        await peer.emit("interrupt", {"message_id": "a"})
        await told.until("interrupt")
        await reply(peer, "b", tone(1200, RATE, 0.2))
        async with asyncio.timeout(PATIENCE_S):
            await until(lambda: "b" in _completed(peer))
    async with promised():
        assert _completed(peer) == ["b"]


@both("it never completes")
async def test_an_empty_last_piece_completes_a_reply(sound_card: SoundCard, sdk: Sdk) -> None:
    told: list[tuple[str, str]] = []
    player = await sdk.player(RATE, told)
    player.enqueue(sdk.voice(tone(400, RATE, 0.1), RATE, is_final=False))
    player.enqueue(sdk.voice(b"", RATE))
    async with promised():
        await until(lambda: ("complete", "m") in told)


@both("it starts when its first piece, however long, has been played")
async def test_a_reply_starts_with_its_first_sample(sound_card: SoundCard, sdk: Sdk) -> None:
    told: list[tuple[str, str]] = []
    player = await sdk.player(RATE, told)
    player.enqueue(sdk.voice(tone(400, RATE, 2.0), RATE))
    async with promised(1.0):
        await until(lambda: ("started", "m") in told)


@both("the rest is noise at full scale: half a sample is played as a whole one")
async def test_the_halves_of_a_sample_find_each_other(sound_card: SoundCard, sdk: Sdk) -> None:
    told: list[tuple[str, str]] = []
    player = await sdk.player(RATE, told)
    pcm = tone(400, RATE, 0.4, 3_000)
    with sound_card.listen(RATE) as heard:
        player.enqueue(sdk.voice(pcm[:9_601], RATE, is_final=False))
        await until_heard(heard, 400, 0.1)
        await until_silent(heard)
        player.enqueue(sdk.voice(pcm[9_601:], RATE))
        async with asyncio.timeout(PATIENCE_S):
            await until(lambda: ("complete", "m") in told)
        await until_silent(heard)
    async with promised():
        assert np.abs(samples(heard)).max() < 4_000
        assert seconds_of(heard, 400) > 0.35


@both("it is noise at full scale: its bytes are joined to the odd one")
async def test_half_a_sample_does_not_harm_the_next_reply(sound_card: SoundCard, sdk: Sdk) -> None:
    told: list[tuple[str, str]] = []
    player = await sdk.player(RATE, told)
    with sound_card.listen(RATE) as heard:
        player.enqueue(sdk.voice(tone(400, RATE, 0.2, 3_000) + b"\1", RATE, "a"))
        player.enqueue(sdk.voice(tone(1200, RATE, 0.3, 3_000), RATE, "b"))
        async with asyncio.timeout(PATIENCE_S):
            await until(lambda: ("complete", "b") in told)
        await until_silent(heard)
    async with promised():
        assert np.abs(samples(heard)).max() < 4_000
        assert seconds_of(heard, 1200) > 0.25


@both("it is played at the rate of the session, here three times too fast")
async def test_a_reply_is_played_at_the_rate_it_names(
    sound_card: SoundCard, sdk: Sdk, peer: PeerServer
) -> None:
    await in_session(sdk, peer)
    with sound_card.listen(RATE) as heard:
        await reply(peer, "a", tone(500, 8_000, 0.3), sample_rate=8_000)
        await peer.until("audio_playback_complete")
        async with asyncio.timeout(PATIENCE_S):
            await until(lambda: seconds_of(heard, 500) + seconds_of(heard, 1_500) > 0.05)
        await until_silent(heard)
    async with promised():
        assert seconds_of(heard, 500) > 0.2
        assert seconds_of(heard, 1_500) == 0


@both("it is closed, and opened anew for the next reply")
async def test_the_speaker_stays_open_when_a_reply_is_stopped(sound_card: SoundCard, sdk: Sdk) -> None:
    player = await sdk.player(RATE, [])
    with sound_card.listen(RATE) as heard:
        player.enqueue(sdk.voice(tone(400, RATE, 1.0), RATE, "a"))
        await until_heard(heard, 400, 0.1)
        before = await streams(sound_card)
        player.clear()
        player.enqueue(sdk.voice(tone(1200, RATE, 1.0), RATE, "b"))
        await until_heard(heard, 1200, 0.1)
        after = await streams(sound_card)
    assert len(before) == len(after) == 1
    async with promised():
        assert before == after


@both("it is cut from one sample to the next, which clicks")
async def test_a_reply_that_is_stopped_fades_out(sound_card: SoundCard, sdk: Sdk) -> None:
    # Not a tone but one value all along: it is never near zero where it is cut.
    player = await sdk.player(RATE, [])
    with sound_card.listen(48_000) as heard:
        player.enqueue(sdk.voice(pcm_of(np.full(2 * RATE, 8_000.0)), RATE))
        async with asyncio.timeout(PATIENCE_S):
            await until(lambda: (samples(heard) > 7_200).sum() > 4_800)
        player.clear()
        await until_silent(heard)
    levels = samples(heard)
    last_loud = np.flatnonzero(levels > 7_200)[-1]
    fall = np.flatnonzero(levels[last_loud:] < 800)[0]
    async with promised():
        assert fall / 48 > 2.0, "milliseconds from nine tenths to one"


@both("each sample is taken into Python by itself")
async def test_the_volume_costs_next_to_nothing(sdk: Sdk) -> None:
    frame = tone(400, RATE, 0.02)
    scaled = sdk.at_half_volume(RATE)
    scaled(frame)  # the first one may fade
    assert level_db(scaled(frame) * 9, RATE, 400) == pytest.approx(
        level_db(frame * 9, RATE, 400) - 6, abs=0.1
    )
    bare = fastest(lambda: (np.frombuffer(frame, "<i2") * 0.5).astype("<i2").tobytes())
    async with promised():
        assert fastest(lambda: scaled(frame)) < 12 * bare


def _completed(peer: PeerServer) -> list[str]:
    """Return the replies that the server was told were heard."""
    return [each.payload["message_id"] for each in peer.received if each.event == "audio_playback_complete"]
