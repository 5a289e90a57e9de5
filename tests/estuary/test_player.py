from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator

import numpy as np
import pytest
import pytest_asyncio

from app.audio.devices.device_news import DeviceFound, DeviceLost, DeviceMoved, DeviceNews
from app.core.errors import AudioError
from app.estuary import AudioPlayer, BotVoice, ErrorCode, EstuaryError, audio_extra, player
from app.estuary.jitter_buffer import HOLD_S, JITTER_CAP_S, JITTER_S
from tests.estuary.devices import MemorySink

pytestmark = pytest.mark.asyncio

SAMPLES = 320


def pcm_of(value: int, samples: int = SAMPLES) -> bytes:
    return np.full(samples, value, "<i2").tobytes()


def voice(value: int, message_id: str = "m", *, final: bool = False, samples: int = SAMPLES) -> BotVoice:
    return BotVoice(pcm=pcm_of(value, samples), sample_rate=16_000, message_id=message_id, is_final=final)


def final(message_id: str = "m") -> BotVoice:
    return BotVoice(pcm=b"", sample_rate=16_000, message_id=message_id, is_final=True)


class Played:
    """A player on a sink in memory, and what it told."""

    def __init__(self, rate: int = 16_000, jitter_s: float = 0.0) -> None:
        self.events: list[tuple[str, str]] = []
        self.frames: list[bytes] = []
        self.news: list[DeviceNews] = []
        self.sink = MemorySink(rate)
        self.player = AudioPlayer(
            on_playback_event=lambda event, message_id: self.events.append((event.value, message_id)),
            sink=self.sink,
            on_frame=self.frames.append,
            on_news=self.news.append,
            jitter_s=jitter_s,
        )


@pytest_asyncio.fixture
async def played() -> AsyncIterator[Played]:
    playing = Played()
    await playing.player.start()
    yield playing
    await playing.player.dispose()


async def test_a_message_starts_with_its_first_sample_and_ends_with_its_last(played: Played) -> None:
    played.player.enqueue(voice(1))
    played.player.enqueue(voice(2, final=True))
    assert (played.events, played.player.is_playing) == ([], True)
    played.sink.hand_over(SAMPLES)
    assert played.events == []
    played.sink.hear()
    assert played.events == [("started", "m")]
    played.sink.play(SAMPLES - 1)
    assert played.events == [("started", "m")]
    played.sink.play(1)
    assert played.events == [("started", "m"), ("complete", "m")]
    assert played.sink.heard == pcm_of(1) + pcm_of(2)
    assert played.frames
    assert not played.player.is_busy


async def test_an_empty_final_piece_completes_what_was_heard_before(played: Played) -> None:
    played.player.enqueue(voice(1))
    played.sink.play()
    assert played.events == [("started", "m")]
    assert played.player.is_busy
    played.player.enqueue(final())
    assert played.events == [("started", "m"), ("complete", "m")]


async def test_an_empty_final_piece_waits_for_what_is_still_to_be_heard(played: Played) -> None:
    played.player.enqueue(voice(1))
    played.player.enqueue(final())
    assert played.events == []
    played.sink.play()
    assert played.events == [("started", "m"), ("complete", "m")]


async def test_a_message_without_sound_is_complete_at_once(played: Played) -> None:
    played.player.enqueue(final())
    assert played.events == [("complete", "m")]


async def test_messages_play_in_the_order_in_which_they_came(played: Played) -> None:
    played.player.enqueue(voice(1, "a"))
    played.player.enqueue(voice(2, "b", final=True))
    played.player.enqueue(voice(3, "a", final=True))
    played.sink.play()
    assert played.events == [("started", "a"), ("started", "b"), ("complete", "b"), ("complete", "a")]
    assert played.sink.heard == pcm_of(1) + pcm_of(2) + pcm_of(3)


async def test_an_interrupted_message_falls_silent_and_stays_silent(played: Played) -> None:
    played.player.enqueue(voice(1, samples=3_200))
    played.sink.play(SAMPLES)
    played.player.interrupt("m")
    played.player.enqueue(voice(2))
    played.player.enqueue(final())
    played.sink.play()
    assert played.events == [("started", "m"), ("interrupted", "m")]
    assert played.sink.played_samples == SAMPLES + 80  # the fade of 5 ms
    assert not played.player.is_busy


async def test_an_interruption_without_a_message_stops_all_that_is_known(played: Played) -> None:
    played.player.enqueue(voice(1, "a", final=True))
    played.player.enqueue(voice(2, "b"))
    played.player.interrupt()
    played.player.enqueue(voice(3, "b", final=True))
    played.sink.play()
    assert played.events == [("interrupted", "a"), ("interrupted", "b")]
    assert played.sink.played_samples == 80


async def test_a_late_interruption_of_an_old_message_leaves_the_new_one_alone(played: Played) -> None:
    played.player.enqueue(voice(1, "old", final=True))
    played.sink.play()
    played.player.enqueue(voice(2, "new", final=True))
    played.player.interrupt("old")
    played.sink.play()
    assert played.sink.heard == pcm_of(1) + pcm_of(2)
    assert played.events[-2:] == [("started", "new"), ("complete", "new")]


async def test_interrupting_one_message_keeps_those_behind_it(played: Played) -> None:
    played.player.enqueue(voice(1, "a", samples=1_600))
    played.player.enqueue(voice(2, "b", samples=640))
    played.player.enqueue(voice(3, "c", final=True))
    played.sink.hand_over(100)
    played.player.interrupt("a")
    played.sink.play()
    assert played.sink.heard == pcm_of(1, 180) + pcm_of(2, 640) + pcm_of(3)
    assert played.events == [
        ("interrupted", "a"),
        ("started", "b"),
        ("complete", "b"),  # its last piece never came
        ("started", "c"),
        ("complete", "c"),
    ]


async def test_interrupting_what_waits_keeps_the_rest_of_what_plays(played: Played) -> None:
    played.player.enqueue(voice(1, "a", samples=1_000, final=True))
    played.player.enqueue(voice(2, "b", samples=1_000, final=True))
    played.sink.hand_over(400)
    played.player.interrupt("b")
    played.sink.play()
    assert played.sink.heard == pcm_of(1, 1_000)
    assert played.events == [("interrupted", "b"), ("started", "a"), ("complete", "a")]


async def test_completion_stays_exact_after_many_interruptions(played: Played) -> None:
    for number in range(200):
        played.player.enqueue(voice(1, f"stopped {number}", samples=700))
        played.sink.hand_over(number * 7 % 700)
        played.player.interrupt()
        played.sink.hear()
    played.sink.play()
    played.player.enqueue(voice(2, "last", final=True))
    played.sink.play(SAMPLES - 1)
    assert ("complete", "last") not in played.events
    played.sink.play(1)
    assert played.events[-1] == ("complete", "last")


async def test_a_device_that_takes_a_block_in_the_very_moment_does_no_lasting_harm() -> None:
    class HastySink(MemorySink):
        def clear(self, after: int | None = None) -> None:
            self.hand_over(100)
            super().clear(after)

    sink, events = HastySink(), list[str]()
    player = AudioPlayer(on_playback_event=lambda event, _: events.append(event.value), sink=sink, jitter_s=0)
    await player.start()
    for number in range(100):
        player.enqueue(voice(1, f"stopped {number}", samples=700))
        player.interrupt()
        sink.play()
    player.enqueue(voice(2, "last", final=True))
    sink.play(SAMPLES - 1)
    assert events[-1] == "started"
    sink.play(1)
    assert events[-1] == "complete"


async def test_an_odd_byte_is_carried_to_the_next_piece(played: Played) -> None:
    whole = pcm_of(1_000) + pcm_of(-1_000)
    for part, is_final in ((whole[:101], False), (whole[101:333], False), (whole[333:], True)):
        played.player.enqueue(BotVoice(pcm=part, sample_rate=16_000, message_id="m", is_final=is_final))
    played.sink.play()
    assert played.sink.heard == whole
    assert played.events[-1] == ("complete", "m")


async def test_an_odd_byte_at_the_end_does_not_shift_the_next_message(played: Played) -> None:
    played.player.enqueue(BotVoice(pcm=b"\1\0\7", sample_rate=16_000, message_id="a", is_final=True))
    played.player.enqueue(voice(2, "b", final=True))
    played.sink.play()
    assert played.sink.heard == b"\1\0" + pcm_of(2)


@pytest.mark.parametrize("rate", [8_000, 22_050, 24_000, 48_000])
async def test_each_piece_is_played_at_its_own_rate(played: Played, rate: int) -> None:
    moments = np.arange(rate) / rate
    tone = (10_000 * np.sin(2 * np.pi * 440 * moments)).astype("<i2").tobytes()
    for start in range(0, len(tone), 4_000):
        is_final = start + 4_000 >= len(tone)
        piece = BotVoice(pcm=tone[start : start + 4_000], sample_rate=rate, message_id="m", is_final=is_final)
        played.player.enqueue(piece)
    played.sink.play()
    assert played.events == [("started", "m"), ("complete", "m")]
    heard = np.frombuffer(played.sink.heard, "<i2").astype(float)
    assert abs(heard.size - 16_000) <= 2
    spectrum = np.abs(np.fft.rfft(heard * np.hanning(heard.size)))
    assert abs(np.argmax(spectrum) * 16_000 / heard.size - 440) < 2
    assert np.sort(spectrum)[-8:].sum() > 0.9 * spectrum.sum()


async def test_a_rate_that_changes_within_a_message_loses_nothing(played: Played) -> None:
    for rate in (48_000, 8_000, 16_000):
        pcm = pcm_of(500, rate // 10)
        played.player.enqueue(BotVoice(pcm=pcm, sample_rate=rate, message_id="m", is_final=rate == 16_000))
    played.sink.play()
    assert abs(played.sink.played_samples - 4_800) <= 4


async def test_raw_audio_plays_without_events(played: Played) -> None:
    played.player.play_raw(pcm_of(7) + b"\1")
    assert played.player.is_playing
    played.sink.play()
    assert (played.sink.heard, played.events, played.player.is_playing) == (pcm_of(7), [], False)


async def test_raw_audio_of_another_rate_is_resampled_as_one_stream(played: Played) -> None:
    for _ in range(10):
        played.player.play_raw(pcm_of(5, 2_400), 48_000)
    played.sink.play()
    assert 8_000 - 200 <= played.sink.played_samples <= 8_000


async def test_clearing_stops_everything(played: Played) -> None:
    played.player.enqueue(voice(1))
    played.player.play_raw(pcm_of(2))
    played.player.clear()
    assert not played.player.is_busy
    assert played.events == [("interrupted", "m")]


async def test_a_lost_connection_lets_what_came_play_to_its_end(played: Played) -> None:
    half = BotVoice(pcm=pcm_of(5, 4_800), sample_rate=48_000, message_id="m")
    played.player.enqueue(half)
    played.player.expect_no_more()
    played.sink.play()
    assert played.events == [("started", "m"), ("complete", "m")]
    assert abs(played.sink.played_samples - 1_600) <= 2


async def test_volume_is_the_speakers_and_is_kept(played: Played) -> None:
    player = AudioPlayer(volume=0.3, sink=played.sink)
    assert player.volume == 0.3
    await player.start()
    assert played.sink.volume == 0.3
    player.volume = 7
    assert (player.volume, played.sink.volume) == (1.0, 1.0)


async def test_a_lost_speaker_is_told_and_takes_nothing(played: Played) -> None:
    played.player.enqueue(voice(1, final=True))
    played.sink.break_down("The speaker was unplugged.")
    assert played.news == [DeviceLost("The speaker was unplugged.")]
    assert played.events == [("interrupted", "m")]
    played.player.enqueue(voice(2))
    played.player.play_raw(pcm_of(3))
    assert not played.player.is_busy


async def test_a_closed_player_takes_nothing() -> None:
    playing = Played()
    playing.player.enqueue(voice(1))
    await playing.player.start()
    playing.player.enqueue(voice(1))
    await playing.player.dispose()
    await playing.player.dispose()
    assert not playing.player.is_busy
    playing.player.enqueue(voice(2))
    assert not playing.player.is_busy


async def test_a_missing_speaker_is_passed_on() -> None:
    player = AudioPlayer(sink=MemorySink(problem="No speaker was found."))
    with pytest.raises(AudioError, match="No speaker"):
        await player.start()
    assert not player.is_open


async def test_without_the_audio_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audio_extra, "_PACKAGES", ("numpy", "no_such_package"))
    with pytest.raises(EstuaryError, match=r'pip install "heron-voice\[audio\]"') as caught:
        await AudioPlayer().start()
    assert caught.value.code is ErrorCode.VOICE_NOT_SUPPORTED
    assert caught.value.details["missing"] == ("no_such_package",)


async def test_the_first_piece_opens_a_speaker_that_was_not_started() -> None:
    playing = Played()
    playing.player.enqueue(voice(1))
    playing.player.enqueue(voice(2, final=True))
    async with asyncio.timeout(5):
        while not playing.player.is_playing:  # noqa: ASYNC110
            await asyncio.sleep(0)
    playing.sink.play()
    assert playing.events == [("started", "m"), ("complete", "m")]
    await playing.player.dispose()


async def test_a_speaker_that_does_not_open_late_is_told() -> None:
    news = list[DeviceNews]()
    player = AudioPlayer(sink=MemorySink(problem="No speaker was found."), on_news=news.append)
    player.enqueue(voice(1))
    async with asyncio.timeout(5):
        while not news:  # noqa: ASYNC110
            await asyncio.sleep(0)
    assert news == [DeviceLost("No speaker was found.")]
    await player.dispose()


@pytest_asyncio.fixture
async def buffered() -> AsyncIterator[Played]:
    """Return a player with the jitter buffer it has by default."""
    playing = Played(jitter_s=JITTER_S)
    await playing.player.start()
    yield playing
    await playing.player.dispose()


async def _until_written(playing: Played) -> None:
    async with asyncio.timeout(5):
        while not playing.sink.queued_samples:  # noqa: ASYNC110
            await asyncio.sleep(0.005)


async def test_a_message_starts_once_enough_of_it_is_there(buffered: Played) -> None:
    for _ in range(3):
        buffered.player.enqueue(voice(1))
    assert (buffered.sink.queued_samples, buffered.player.is_playing) == (0, True)
    buffered.player.enqueue(voice(1))
    assert buffered.sink.queued_samples == 4 * SAMPLES
    buffered.player.enqueue(voice(1))
    assert buffered.sink.queued_samples == 5 * SAMPLES


async def test_a_chunk_of_100_ms_starts_at_once(buffered: Played) -> None:
    buffered.player.enqueue(voice(1, samples=1_600))
    assert buffered.sink.queued_samples == 1_600


@pytest.mark.parametrize("last", [voice(2, final=True), final()])
async def test_a_message_that_is_all_there_starts_however_short(buffered: Played, last: BotVoice) -> None:
    buffered.player.enqueue(voice(1))
    buffered.player.enqueue(last)
    buffered.sink.play()
    assert buffered.events == [("started", "m"), ("complete", "m")]


async def test_what_is_kept_back_does_not_wait_for_ever(buffered: Played) -> None:
    began = time.monotonic()
    buffered.player.enqueue(voice(1))
    await _until_written(buffered)
    assert HOLD_S <= time.monotonic() - began < HOLD_S + 0.2
    buffered.sink.play()
    assert buffered.events == [("started", "m")]


async def test_a_message_that_ran_dry_waits_for_more_than_before(buffered: Played) -> None:
    buffered.player.enqueue(voice(1, samples=1_600))
    buffered.sink.play()
    buffered.player.enqueue(voice(1, samples=1_600))
    assert buffered.sink.queued_samples == 0
    buffered.player.enqueue(voice(1, samples=1_600))
    assert buffered.sink.queued_samples == 3_200
    assert JITTER_CAP_S > JITTER_S


async def test_what_is_kept_back_is_interrupted_with_its_message(buffered: Played) -> None:
    buffered.player.enqueue(voice(1, "a"))
    buffered.player.enqueue(voice(2, "b"))
    buffered.player.interrupt("a")
    assert buffered.player.is_playing
    buffered.player.enqueue(voice(3, "b", final=True))
    buffered.sink.play()
    assert buffered.sink.heard == pcm_of(2) + pcm_of(3)
    assert buffered.events == [("interrupted", "a"), ("started", "b"), ("complete", "b")]
    buffered.player.enqueue(voice(4, "c"))
    buffered.player.interrupt()
    assert not buffered.player.is_busy


async def test_a_lost_connection_plays_what_is_kept_back(buffered: Played) -> None:
    buffered.player.enqueue(voice(1))
    assert buffered.player.expect_no_more() == {"m"}
    buffered.sink.play()
    assert buffered.events == [("started", "m"), ("complete", "m")]


async def test_raw_audio_is_not_kept_back(buffered: Played) -> None:
    buffered.player.enqueue(voice(1))
    buffered.player.play_raw(pcm_of(2))
    assert buffered.sink.queued_samples == 2 * SAMPLES


async def test_more_than_the_limit_is_dropped_and_logged_once_for_each_message(
    played: Played, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player, "BUFFER_LIMIT_S", 1.0)
    with caplog.at_level(logging.WARNING):
        for _ in range(100):
            played.player.enqueue(voice(1, "a"))
            played.player.play_raw(pcm_of(3))
        played.player.enqueue(voice(2, "b", final=True))
    assert 1.0 <= played.sink.queued_samples / 16_000 < 1.05
    assert [record.getMessage() for record in caplog.records] == [
        "Too much audio waits: the rest of message 'a' is dropped.",
        "Too much audio waits: the rest of message 'b' is dropped.",
    ]
    played.sink.play()
    played.player.enqueue(voice(4, "a", final=True))
    played.sink.play()
    assert played.sink.heard.endswith(pcm_of(4))
    assert played.events[-1] == ("complete", "a")


async def test_no_number_of_short_pieces_is_without_a_limit(
    played: Played, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(player, "PIECES_LIMIT", 10)
    for number in range(100):
        played.player.enqueue(voice(1, samples=1))
        played.player.enqueue(BotVoice(pcm=b"", sample_rate=16_000, message_id=str(number), is_final=False))
    assert played.sink.queued_samples == 10
    played.player.interrupt()
    assert played.events == [("interrupted", "m")]


async def test_a_message_has_the_times_at_which_it_was_heard(played: Played) -> None:
    told = list[float | None]()
    played.player.on_playback_event = lambda _, message_id: told.append(played.player.started_at(message_id))
    began = time.monotonic()
    played.player.enqueue(voice(1))
    assert played.player.started_at("m") is None
    played.sink.play()
    heard = time.monotonic()
    played.player.enqueue(final())
    started_at, completed_at = told[0], played.player.completed_at("m")
    assert started_at is not None
    assert completed_at is not None
    assert began <= started_at <= completed_at <= heard
    assert told == [started_at, started_at]


async def test_ducking_is_the_speakers_and_is_kept(played: Played) -> None:
    player = AudioPlayer(sink=played.sink)
    assert (player.is_ducked, player.latency_s) == (False, 0.03)
    player.is_ducked = True
    assert played.sink.is_ducked
    played.sink.is_ducked = False
    await player.start()
    assert played.sink.is_ducked
    player.is_ducked = False
    assert not played.sink.is_ducked


async def test_a_cue_is_no_message(played: Played) -> None:
    played.player.play_cue(pcm_of(5, 480), 48_000)
    assert not played.player.is_playing
    assert [len(cue) for cue in played.sink.cues] == [2 * 160]
    await played.player.dispose()
    played.player.play_cue(pcm_of(5), 16_000)
    assert (len(played.sink.cues), played.events) == (1, [])


async def test_a_voice_that_is_not_heard_is_noticed(played: Played) -> None:
    assert played.player.stalled_s == 0.0
    played.player.enqueue(voice(1))
    await asyncio.sleep(0.1)
    assert 0.09 < played.player.stalled_s < 1.0
    played.sink.play(10)
    assert played.player.stalled_s < 0.09
    played.sink.play()
    await asyncio.sleep(0.01)
    assert played.player.stalled_s == 0.0
    assert AudioPlayer().stalled_s == 0.0


async def test_another_speaker_goes_on_with_what_waits(played: Played) -> None:
    played.player.enqueue(voice(1))
    moved = DeviceMoved("headset", "Heron speaks through the headset.")
    played.sink.tell(moved)
    played.player.enqueue(voice(2, final=True))
    played.sink.play()
    assert (played.news, played.sink.heard) == ([moved], pcm_of(1) + pcm_of(2))
    assert played.events == [("started", "m"), ("complete", "m")]


async def test_a_speaker_that_is_found_again_plays_the_next_message_exactly(played: Played) -> None:
    played.player.enqueue(voice(1, "a", samples=1_000))
    played.sink.hand_over(300)
    played.sink.break_down("It is gone.")
    played.sink.come_back()
    played.player.enqueue(voice(2, "a", final=True))
    played.player.enqueue(voice(3, "b", final=True))
    played.sink.play(SAMPLES - 1)
    assert played.events == [("interrupted", "a"), ("started", "b")]
    played.sink.play(1)
    assert played.events[-1] == ("complete", "b")
    assert played.sink.heard == pcm_of(1, 300) + pcm_of(3)
    assert [type(news) for news in played.news] == [DeviceLost, DeviceFound]
