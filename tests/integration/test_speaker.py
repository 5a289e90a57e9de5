from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from itertools import pairwise

import pytest
import pytest_asyncio

from app.audio.level import end_of_speech_s
from app.audio.resample import resample
from app.audio.sink import SampleSink
from app.audio.speaker import Speaker
from app.audio.wav import read_wav
from app.core.errors import AudioError
from tests.audio.signals import align, level_db, samples_of, tone
from tests.integration.conftest import Speech
from tests.integration.sound_card import SoundCard

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

_RATE = 24_000
_PATIENCE_S = 10


class Console:
    """Keeps what a speaker reports, and waits for it."""

    def __init__(self) -> None:
        self.counts: list[tuple[float, int]] = []
        self.frames: list[bytes] = []
        self.losses: list[str] = []
        self.lost = asyncio.Event()
        self._wanted = 0
        self._enough = asyncio.Event()
        self._silent = asyncio.Event()

    def on_played(self, count: int) -> None:
        self.counts.append((time.monotonic(), count))
        if count >= self._wanted:
            self._enough.set()

    def on_frame(self, frame: bytes) -> None:
        self.frames.append(frame)
        if not any(frame):
            self._silent.set()

    def on_lost(self, sentence: str) -> None:
        self.losses.append(sentence)
        self.lost.set()

    async def played(self, samples: int) -> None:
        self._wanted = samples
        self._enough.clear()
        if not self.counts or self.counts[-1][1] < samples:
            await asyncio.wait_for(self._enough.wait(), _PATIENCE_S)

    async def silence(self) -> None:
        """Wait for the frame of silence that ends a message."""
        self._silent.clear()
        await asyncio.wait_for(self._silent.wait(), _PATIENCE_S)


@pytest.fixture
def console() -> Console:
    return Console()


@pytest_asyncio.fixture
async def speaker(sound_card: SoundCard, console: Console) -> AsyncIterator[Speaker]:
    speaker = Speaker(_RATE)
    await speaker.start(console.on_played, on_frame=console.on_frame, on_lost=console.on_lost)
    yield speaker
    await speaker.stop()


@pytest.fixture
def voice(speech: Speech) -> bytes:
    """Return speech at the speaker's rate."""
    pcm, rate = read_wav(speech("The weather will be fine tomorrow."))
    return resample(pcm, rate, _RATE)


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
    assert (sink.queued_samples, speaker.underruns, console.losses) == (0, 0, [])


async def test_frames_are_what_was_heard(speaker: Speaker, console: Console, voice: bytes) -> None:
    speaker.write(voice)
    await console.silence()
    assert {len(frame) for frame in console.frames} == {960}
    assert b"".join(console.frames)[: len(voice)] == voice
    assert not any(b"".join(console.frames)[len(voice) :])


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
    assert speaker.underruns == 0


async def test_idle_speaker_stays_open_silent_and_without_underruns(
    sound_card: SoundCard, speaker: Speaker, console: Console
) -> None:
    with sound_card.listen(_RATE) as heard:
        await asyncio.sleep(0.3)
    assert speaker.is_open
    assert not samples_of(heard.pcm).any()
    assert (speaker.underruns, speaker.played_samples, console.counts, console.frames) == (0, 0, [], [])


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


async def test_speaker_that_is_not_there_gets_a_sentence(sound_card: SoundCard) -> None:
    with pytest.raises(
        AudioError, match=r"^The speaker “Studio” was not found\. Plug it in, or choose another"
    ):
        await Speaker(device="Studio").start()


async def test_speaker_that_goes_in_mid_message_is_told_once(
    sound_card: SoundCard, speaker: Speaker, console: Console, voice: bytes
) -> None:
    speaker.write(voice * 5)
    await console.played(_RATE // 4)
    sound_card.kill()
    await asyncio.wait_for(console.lost.wait(), _PATIENCE_S)
    assert not speaker.is_open
    speaker.write(voice)
    assert speaker.queued_samples == 0
    await speaker.stop()
    (sentence,) = console.losses
    assert sentence.startswith("The speaker “default” is gone. Plug it in again, or choose another output in")


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
