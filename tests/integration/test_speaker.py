from __future__ import annotations

import asyncio
import logging
import statistics
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from itertools import pairwise

import pytest
import pytest_asyncio

from app.audio.devices import portaudio
from app.audio.devices.device_choice import DeviceChoice
from app.audio.devices.device_news import DeviceFound, DeviceLost, DeviceMoved, DeviceNews
from app.audio.far_end import FarEnd
from app.audio.level import end_of_speech_s
from app.audio.playback import latency_ladder, speaker_flow
from app.audio.playback import speaker as speaker_module
from app.audio.playback.gain import DUCK_DB
from app.audio.playback.latency_ladder import STEPS_S, UNDERRUNS
from app.audio.playback.speaker import Speaker
from app.audio.resample import resample
from app.audio.sink import SampleSink
from app.audio.wav import read_wav
from app.core.errors import AudioError
from tests.audio.signals import align, level_db, samples_of, tone
from tests.integration.conftest import Speech
from tests.integration.monitor import Monitor
from tests.integration.sound_card import SoundCard, Virtual

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

_RATE = 24_000
_PATIENCE_S = 10


class Console:
    """Keeps what a speaker reports, and waits for it."""

    def __init__(self) -> None:
        self.counts: list[tuple[float, int]] = []
        self.frames: list[bytes] = []
        self.news: asyncio.Queue[DeviceNews] = asyncio.Queue()
        self._wanted = 0
        self._enough = asyncio.Event()
        self._silent = asyncio.Event()

    @property
    def is_silent(self) -> bool:
        """Whether the frame of silence that ends a message was the last."""
        return not any(self.frames[-1])

    def on_played(self, count: int) -> None:
        self.counts.append((time.monotonic(), count))
        if count >= self._wanted:
            self._enough.set()

    def on_frame(self, frame: bytes) -> None:
        self.frames.append(frame)
        if not any(frame):
            self._silent.set()

    async def next(self) -> DeviceNews:
        return await asyncio.wait_for(self.news.get(), _PATIENCE_S)

    async def played(self, samples: int) -> None:
        self._wanted = samples
        self._enough.clear()
        if not self.counts or self.counts[-1][1] < samples:
            await asyncio.wait_for(self._enough.wait(), _PATIENCE_S)

    async def silence(self) -> None:
        """Wait for the frame of silence that ends a message."""
        self._silent.clear()
        await asyncio.wait_for(self._silent.wait(), _PATIENCE_S)


class BusyLoop:
    """Keeps the event loop busy with Python for 100 ms twice a second, as a window does at its worst."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._timer = self._loop.call_soon(self._work)

    def end(self) -> None:
        self._timer.cancel()

    def _work(self) -> None:
        until = time.monotonic() + 0.1
        while time.monotonic() < until:
            pass
        self._timer = self._loop.call_later(0.4, self._work)


@contextmanager
def two_speakers() -> Iterator[SoundCard]:
    with SoundCard(speakers=("speaker", "other")) as card, card.applied():
        portaudio.refresh()
        yield card


@asynccontextmanager
async def playing(speaker: Speaker, console: Console) -> AsyncIterator[Speaker]:
    """Keep a speaker open for the length of the block."""
    await speaker.start(console.on_played, on_frame=console.on_frame, on_news=console.news.put_nowait)
    try:
        yield speaker
    finally:
        await speaker.stop()


@pytest.fixture
def console() -> Console:
    return Console()


@pytest.fixture
def unhurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give the device more sound ahead: other work of this machine is not what the test is about."""
    monkeypatch.setattr(latency_ladder, "STEPS_S", (0.1,))


@pytest_asyncio.fixture
async def speaker(sound_card: SoundCard, console: Console) -> AsyncIterator[Speaker]:
    async with playing(Speaker(_RATE), console) as speaker:
        yield speaker


@pytest.fixture
def voice(speech: Speech) -> bytes:
    """Return speech at the speaker's rate."""
    pcm, rate = read_wav(speech("The weather will be fine tomorrow."))
    return resample(pcm, rate, _RATE)


@pytest.mark.usefixtures("unhurried")
async def test_what_is_written_is_heard_and_counted(
    sound_card: SoundCard, speaker: Speaker, console: Console, voice: bytes
) -> None:
    sink: SampleSink = speaker
    with sound_card.listen(_RATE) as heard:
        for start in range(0, len(voice), 999):  # odd pieces, as the wire cuts them
            sink.write(voice[start : start + 999])
        assert sink.queued_samples > 0
        await console.silence()
    assert align(heard.pcm, voice)[1] > 0.99
    assert sink.played_samples == console.counts[-1][1] == len(voice) // 2
    assert (sink.queued_samples, console.news.empty()) == (0, True)


async def test_frames_are_what_was_heard(speaker: Speaker, console: Console, voice: bytes) -> None:
    speaker.write(voice)
    await console.silence()
    assert {len(frame) for frame in console.frames} == {960}
    assert b"".join(console.frames)[: len(voice)] == voice
    assert not any(b"".join(console.frames)[len(voice) :])


@pytest.mark.usefixtures("unhurried")
async def test_count_tells_what_has_left_the_speaker(
    sound_card: SoundCard, speaker: Speaker, console: Console, voice: bytes
) -> None:
    with sound_card.listen(_RATE) as heard:
        speaker.write(voice)
        await console.silence()
    began = heard.started_at + align(heard.pcm, voice)[0] / _RATE
    errors = [count / _RATE - (at - began) for at, count in console.counts if count < len(voice) // 2]
    assert len(errors) > 50
    assert max(map(abs, errors)) < 0.06, "the recorder itself knows its time to 20-40 ms only"
    assert statistics.median(map(abs, errors)) < 0.04
    counts = [count for _, count in console.counts]
    assert all(after > before for before, after in pairwise(counts))


async def test_count_does_not_know_the_silence_between_messages(
    speaker: Speaker, console: Console, voice: bytes
) -> None:
    speaker.write(voice)
    await console.silence()
    speaker.write(voice)
    await console.silence()
    assert speaker.played_samples == len(voice)


@pytest.mark.usefixtures("unhurried")
async def test_clear_fades_out_and_the_next_message_is_whole(
    sound_card: SoundCard, speaker: Speaker, console: Console, voice: bytes
) -> None:
    # Six periods to a block, and never silent where one ends: a bare cut would be a step of 16 000.
    hum = tone(300, _RATE, 5.0)[2 * 20 :]
    with sound_card.listen(_RATE) as heard:
        speaker.write(hum)
        await console.played(_RATE // 2)
        speaker.clear()
        cleared_at = speaker.played_samples
        assert speaker.queued_samples <= 0.005 * _RATE
        await console.silence()
        stopped_at = speaker.played_samples
        speaker.write(voice)
        await console.silence()
    assert stopped_at - cleared_at < 0.3 * _RATE, "only what the device holds may follow"
    start, _ = align(heard.pcm, voice)
    first = samples_of(heard.pcm[: 2 * start])
    begin = (abs(first) > 300).argmax()
    steps = abs(first[1:] - first[:-1])[begin + 100 :]  # after the hum has set in
    assert steps.max() < 2500, "a larger step is a click (the hum itself rises by 1257 a sample)"
    end = end_of_speech_s(heard.pcm[: 2 * start], _RATE) * _RATE
    assert end - begin == pytest.approx(stopped_at, abs=0.01 * _RATE)
    assert align(heard.pcm, voice)[1] > 0.99
    assert speaker.played_samples == stopped_at + len(voice) // 2


@pytest.mark.usefixtures("unhurried")
async def test_volume_scales_and_is_held_to_its_range(
    sound_card: SoundCard, speaker: Speaker, console: Console
) -> None:
    speaker.volume = 0.25
    with sound_card.listen(_RATE) as heard:
        speaker.write(tone(440, _RATE, 1.0))
        await console.silence()
    start, _ = align(heard.pcm, tone(440, _RATE, 1.0))
    full = level_db(tone(440, _RATE, 1.0), _RATE, 440)
    assert level_db(heard.pcm[2 * start : 2 * start + 2 * _RATE], _RATE, 440) == pytest.approx(
        full - 12.04, abs=0.3
    )
    for asked, given in ((-1.0, 0.0), (7.0, 1.0)):
        speaker.volume = asked
        assert speaker.volume == given


@pytest.mark.usefixtures("unhurried")
async def test_device_that_refuses_the_rate_is_resampled(sound_card: SoundCard, console: Console) -> None:
    rate = 400_000  # beyond what PulseAudio takes
    speaker = Speaker(rate)
    await speaker.start(console.on_played, on_frame=console.on_frame)
    said = tone(1000, rate, 1.0)
    with sound_card.listen(_RATE) as heard:
        speaker.write(said)
        await console.silence()
    await speaker.stop()
    expected = tone(1000, _RATE, 1.0)
    start, _ = align(heard.pcm, expected)
    part = heard.pcm[2 * start : 2 * start + len(expected)]
    assert level_db(part, _RATE, 1000) == pytest.approx(level_db(expected, _RATE, 1000), abs=0.5)
    assert (speaker.played_samples, b"".join(console.frames)[: len(said)]) == (rate, said)


async def test_idle_speaker_stays_open_silent_and_without_underruns(
    sound_card: SoundCard, speaker: Speaker, console: Console
) -> None:
    with sound_card.listen(_RATE) as heard:
        await asyncio.sleep(0.3)
    assert speaker.is_open
    assert not samples_of(heard.pcm).any()
    assert (speaker.played_samples, console.counts, console.frames) == (0, [], [])


async def test_stopped_speaker_drops_calls_back_no_more_and_starts_again(
    speaker: Speaker, console: Console, voice: bytes
) -> None:
    speaker.write(voice)
    await console.played(1000)
    await speaker.stop()
    reports, count = len(console.counts), speaker.played_samples
    assert not speaker.is_open
    speaker.write(voice)
    assert speaker.queued_samples == 0
    again = Console()
    await speaker.start(again.on_played, on_frame=again.on_frame)
    assert speaker.played_samples == 0
    speaker.write(voice[:9600])
    await again.silence()
    assert speaker.played_samples == 4800
    assert len(console.counts) == reports
    assert 1000 <= count < len(voice) // 2


async def test_machine_without_a_speaker_gets_a_sentence(sound_card_without_speaker: SoundCard) -> None:
    with pytest.raises(AudioError) as caught:
        await Speaker().start()
    assert str(caught.value) == (
        "No speaker was found. Plug one in, or choose another output in the system's sound settings."
    )


async def test_speaker_that_is_not_there_is_replaced_by_the_usual_one(sound_card: SoundCard) -> None:
    speaker = Speaker(choice=DeviceChoice(("Studio",)))
    await speaker.start()
    assert speaker.device is not None
    assert speaker.device.name == "speaker"
    await speaker.stop()


async def test_speaker_that_goes_in_mid_message_is_told_and_comes_back(
    sound_card: SoundCard, speaker: Speaker, console: Console, voice: bytes
) -> None:
    speaker.write(voice * 5)
    await console.played(_RATE // 4)
    sound_card.kill()
    news = await console.next()
    assert isinstance(news, DeviceLost)
    open_then = [speaker.is_open]
    assert speaker.queued_samples == 0
    speaker.write(voice)
    assert speaker.queued_samples == 0
    if not console.is_silent:
        await console.silence()
    sound_card.restart()
    assert isinstance(await console.next(), DeviceFound)
    assert [*open_then, speaker.is_open] == [False, True]
    assert console.is_silent
    before = speaker.written_samples
    speaker.write(voice)
    await console.silence()
    assert speaker.played_samples == before + len(voice) // 2


@pytest.mark.usefixtures("unhurried")
async def test_what_waits_goes_on_at_another_speaker(console: Console) -> None:
    said = tone(440, _RATE, 4.0)
    with two_speakers() as card:
        async with playing(Speaker(_RATE, DeviceChoice(("speaker",))), console) as speaker:
            with card.listen(_RATE, "other") as heard:
                speaker.write(said)
                await console.played(_RATE)
                await asyncio.to_thread(card.unplug, "speaker")
                pulled_at = time.monotonic()
                news = await console.next()
                moved_at = time.monotonic()
                await console.silence()
            assert isinstance(news, DeviceMoved)
            assert moved_at - pulled_at < 1.0
            assert speaker.device is not None
            assert speaker.device.name == "other"
            assert speaker.played_samples == len(said) // 2
            counts = [count for _, count in console.counts]
            assert counts == sorted(counts)
            heard_s = (abs(samples_of(heard.pcm)) > 0).sum() / _RATE
            assert 2.0 < heard_s < 3.05, "only what the first speaker held is lost"
            await asyncio.to_thread(card.plug, "speaker")
            assert isinstance(await console.next(), DeviceMoved)


async def test_another_choice_moves_it(console: Console) -> None:
    with two_speakers():
        async with playing(Speaker(_RATE), console) as speaker:
            speaker.choice = DeviceChoice(("other",))
            assert isinstance(await console.next(), DeviceMoved)
            assert speaker.device is not None
            assert (speaker.device.name, speaker.choice) == ("other", DeviceChoice(("other",)))


@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100, 48_000])
@pytest.mark.usefixtures("unhurried")
async def test_speaker_of_any_rate_plays_the_voice_whole(console: Console, voice: bytes, rate: int) -> None:
    with SoundCard(speakers=(Virtual("speaker", rate=rate),)) as card, card.applied():
        portaudio.refresh()
        speaker = Speaker(_RATE)
        await speaker.start(console.on_played, on_frame=console.on_frame)
        with card.listen(_RATE) as heard:
            speaker.write(voice)
            await console.silence()
        await speaker.stop()
    said = voice if rate >= _RATE else resample(resample(voice, _RATE, rate), rate, _RATE)
    assert align(heard.pcm, said)[1] > 0.98
    assert speaker.played_samples == len(voice) // 2


@pytest.mark.parametrize("is_busy", [False, True])
async def test_silence_comes_within_50_ms_of_clear(
    sound_card: SoundCard, speaker: Speaker, console: Console, is_busy: bool
) -> None:
    busy = BusyLoop() if is_busy else None
    cleared, stops = list[float](), list[float]()
    with Monitor(sound_card, _RATE) as monitor:
        for turn in range(12):
            speaker.write(tone(300, _RATE, 3.0))
            await console.played(speaker.played_samples + _RATE // 4 + 97 * turn)
            cleared.append(time.monotonic())
            speaker.clear()
            await console.silence()
            await asyncio.sleep(0.1)
    if busy is not None:
        busy.end()
    for moment in cleared:
        stops.append(monitor.last_loud(moment, moment + 0.15) - moment)
    assert statistics.median(stops) < 0.05, (
        "45 ms is the 95th percentile of a machine with nothing else to do"
    )


async def test_duck_is_heard_within_a_block_and_the_latency(sound_card: SoundCard, speaker: Speaker) -> None:
    with Monitor(sound_card, _RATE) as monitor:
        speaker.write(tone(440, _RATE, 3.0))
        await asyncio.sleep(0.5)
        ducked_at = time.monotonic()
        await asyncio.to_thread(setattr, speaker, "is_ducked", True)
        await asyncio.sleep(0.5)
        restored_at = time.monotonic()
        speaker.is_ducked = False
        await asyncio.sleep(0.5)
    soft = 16_000 * 10 ** (DUCK_DB / 20) * 1.1
    assert monitor.last_loud(ducked_at, restored_at, soft) - ducked_at < 0.08
    back = monitor.index(restored_at + 0.3)
    assert abs(monitor.samples[back : back + _RATE // 10]).max() == pytest.approx(16_000, rel=0.02)


async def test_cue_is_heard_at_once_over_a_message(sound_card: SoundCard, speaker: Speaker) -> None:
    with Monitor(sound_card, _RATE) as monitor:
        speaker.write(tone(440, _RATE, 2.0, amplitude=4_000))
        await asyncio.sleep(0.5)
        cued_at = time.monotonic()
        speaker.play_over(tone(2_000, _RATE, 0.2, amplitude=16_000))
        await asyncio.sleep(0.5)
        counted = speaker.played_samples
    assert 0 < monitor.first_loud(cued_at, 6_000) - cued_at < 0.12
    assert counted == pytest.approx(_RATE, rel=0.2)


@pytest.mark.usefixtures("unhurried")
async def test_far_end_is_what_the_device_got_all_the_time(sound_card: SoundCard, console: Console) -> None:
    far_end, blocks = FarEnd(), list[tuple[bytes, int]]()
    far_end.listen(lambda pcm, rate: blocks.append((pcm, rate)))
    speaker = Speaker(_RATE, far_end=far_end)
    await speaker.start(console.on_played, on_frame=console.on_frame)
    speaker.volume = 0.5
    with sound_card.listen(48_000) as heard:
        await asyncio.sleep(0.1)
        speaker.write(tone(440, _RATE, 0.5))
        await console.silence()
    await speaker.stop()
    assert {(len(pcm), rate) for pcm, rate in blocks} == {(960, 48_000)}
    played = b"".join(pcm for pcm, _ in blocks)
    assert not any(played[:2_000])
    begin = int((samples_of(played) != 0).argmax())
    assert align(heard.pcm, played[2 * begin : 2 * begin + 40_000])[1] > 0.999


async def test_sample_is_heard_when_it_is_said_to_be(
    sound_card: SoundCard, speaker: Speaker, console: Console
) -> None:
    errors = []
    with Monitor(sound_card, _RATE) as monitor:
        for _ in range(5):
            first = speaker.written_samples
            speaker.write(tone(440, _RATE, 0.3))
            await console.silence()
            errors.append((first, speaker.left_at(first)))
            await asyncio.sleep(0.05)
    for _, left_at in errors:
        assert left_at is not None
        assert -0.02 < monitor.first_loud(left_at - 0.05) - left_at < 0.03


async def _run_dry(speaker: Speaker, far_end: FarEnd) -> None:
    """Keep the sound system's thread from its work until the device has run dry too often."""
    speaker.write(tone(440, _RATE, 3.0))
    far_end.listen(lambda _pcm, _rate: time.sleep(0.2))
    async with asyncio.timeout(_PATIENCE_S):
        while speaker.underruns < UNDERRUNS:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    far_end.listen(None)


async def _until_opened_anew() -> None:
    """Wait until the speaker is just being opened anew."""
    async with asyncio.timeout(_PATIENCE_S):
        while not any(task.get_name() == "speaker, opened anew" for task in asyncio.all_tasks()):  # noqa: ASYNC110
            await asyncio.sleep(0)


async def test_slow_machine_gets_a_longer_latency_between_two_messages(
    sound_card: SoundCard, console: Console, voice: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    far_end = FarEnd()
    async with playing(Speaker(_RATE, far_end=far_end), console) as speaker:
        before_s = speaker.latency_s
        await _run_dry(speaker, far_end)
        with caplog.at_level(logging.WARNING):
            await _until_opened_anew()
            assert speaker.is_open
            speaker.write(voice)
            await console.played(3 * _RATE + len(voice) // 2)
        assert f"with {round(1000 * STEPS_S[1])} ms instead of {round(1000 * STEPS_S[0])} ms" in caplog.text
        assert speaker.latency_s > before_s
        assert speaker.played_samples == 3 * _RATE + len(voice) // 2
        assert console.news.empty()


async def test_speaker_that_is_stopped_while_it_is_opened_anew_is_closed(
    sound_card: SoundCard, console: Console
) -> None:
    far_end = FarEnd()
    async with playing(Speaker(_RATE, far_end=far_end), console) as speaker:
        await _run_dry(speaker, far_end)
        await _until_opened_anew()
        await speaker.stop()
        assert not speaker.is_open


async def test_speaker_that_goes_while_it_is_opened_anew_comes_back(
    sound_card: SoundCard, console: Console, voice: bytes
) -> None:
    far_end = FarEnd()
    async with playing(Speaker(_RATE, far_end=far_end), console) as speaker:
        await _run_dry(speaker, far_end)
        await _until_opened_anew()
        sound_card.kill()
        assert isinstance(await console.next(), DeviceLost)
        open_then = [speaker.is_open]
        sound_card.restart()
        assert isinstance(await console.next(), DeviceFound)
        assert [*open_then, speaker.is_open] == [False, True]
        before = speaker.written_samples
        speaker.write(voice)
        await console.played(before + len(voice) // 2)
        assert speaker.played_samples == before + len(voice) // 2


async def test_speaker_that_is_away_when_it_should_be_opened_anew_is_so_once_it_is_back(
    sound_card: SoundCard, console: Console, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(speaker_flow, "PAUSE_S", 1.0)
    far_end = FarEnd()
    async with playing(Speaker(_RATE, far_end=far_end), console) as speaker:
        await _run_dry(speaker, far_end)
        await console.silence()
        sound_card.kill()
        assert isinstance(await console.next(), DeviceLost)
        await asyncio.sleep(1.5 * speaker_flow.PAUSE_S)  # its pause comes and goes without a speaker
        sound_card.restart()
        assert isinstance(await console.next(), DeviceFound)
        await _until_opened_anew()


@pytest.mark.usefixtures("quickly_at_rest")
async def test_speaker_at_rest_lets_go_of_the_device_until_there_is_something_to_play(
    sound_card: SoundCard, console: Console, voice: bytes
) -> None:
    async with playing(Speaker(_RATE), console) as speaker:
        for number in (1, 2):
            await _until_streams(sound_card, 0)
            assert speaker.is_open
            with sound_card.listen(_RATE) as heard:
                speaker.write(voice)
                await console.played(number * len(voice) // 2)
                await console.silence()
            assert align(heard.pcm, voice)[1] > 0.97
        assert console.news.empty()


@pytest.mark.usefixtures("quickly_at_rest")
async def test_speaker_at_rest_plays_a_cue(sound_card: SoundCard, console: Console) -> None:
    async with playing(Speaker(_RATE), console) as speaker:
        await _until_streams(sound_card, 0)
        with sound_card.listen(_RATE) as heard:
            speaker.play_over(tone(440, _RATE, 0.2))
            await _until_streams(sound_card, 1)
            await _until_streams(sound_card, 0)
        assert samples_of(heard.pcm).any()


@pytest.mark.usefixtures("quickly_at_rest")
async def test_speaker_that_is_listened_to_does_not_rest(sound_card: SoundCard, console: Console) -> None:
    far_end = FarEnd()
    async with playing(Speaker(_RATE, far_end=far_end), console):
        await _until_streams(sound_card, 0)
        far_end.listen(lambda _pcm, _rate: None)
        await _until_streams(sound_card, 1)
        await asyncio.sleep(5 * speaker_flow.PAUSE_S)
        await _until_streams(sound_card, 1)
        far_end.listen(None)
        await _until_streams(sound_card, 0)


@pytest.mark.usefixtures("quickly_at_rest")
async def test_speaker_that_has_gone_while_it_was_at_rest_is_told_when_it_is_needed(
    sound_card: SoundCard, console: Console, voice: bytes
) -> None:
    async with playing(Speaker(_RATE), console) as speaker:
        await _until_streams(sound_card, 0)
        sound_card.unplug("speaker")
        speaker.write(voice)
        assert isinstance(await console.next(), DeviceLost)
        sound_card.plug("speaker")
        assert isinstance(await console.next(), DeviceFound)
        speaker.write(voice)
        await console.silence()


@pytest.mark.usefixtures("quickly_at_rest")
async def test_speaker_at_rest_can_be_stopped_and_started(sound_card: SoundCard, console: Console) -> None:
    async with playing(Speaker(_RATE), console) as speaker:
        await _until_streams(sound_card, 0)
        await speaker.stop()
        assert not speaker.is_open
        await speaker.start(console.on_played)
        await _until_streams(sound_card, 1)


@pytest.fixture
def quickly_at_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speaker_module, "REST_S", 0.1)
    monkeypatch.setattr(speaker_flow, "PAUSE_S", 0.1)


async def _until_streams(card: SoundCard, count: int) -> None:
    """Wait until so many streams play on a card."""
    async with asyncio.timeout(_PATIENCE_S):
        while len(card.streams()) != count:  # noqa: ASYNC110 - PulseAudio is asked
            await asyncio.sleep(0.02)


async def test_closed_speaker_takes_everything_calmly(voice: bytes) -> None:
    speaker = Speaker()
    speaker.write(voice)
    speaker.clear()
    speaker.volume = 0.5
    await speaker.stop()
    assert (speaker.is_open, speaker.queued_samples, speaker.played_samples, speaker.underruns) == (
        False,
        0,
        0,
        0,
    )
