from __future__ import annotations

import asyncio

import pytest

from app.audio.devices.device_news import DeviceLost, DeviceNews
from app.core.errors import AudioError
from app.estuary import AudioRecorder, ErrorCode, EstuaryError, audio_extra
from tests.estuary.devices import MemorySource

pytestmark = pytest.mark.asyncio


async def test_frames_come_in_order_from_start_to_stop(frame: bytes) -> None:
    source, frames = MemorySource(rate=24_000), list[bytes]()
    recorder = AudioRecorder(on_audio=frames.append, source=source)
    source.speak(frame)
    await recorder.start()
    await recorder.start()
    assert (recorder.is_recording, recorder.sample_rate, source.openings) == (True, 24_000, 1)
    source.speak(frame)
    source.speak(bytes(640))
    await recorder.stop()
    source.speak(frame)
    assert frames == [frame, bytes(640)]
    assert not source.is_open
    await recorder.stop()


async def test_without_a_listener_frames_are_dropped(frame: bytes) -> None:
    source = MemorySource()
    recorder = AudioRecorder(source=source)
    await recorder.start()
    source.speak(frame)
    source.break_down("gone")
    assert not recorder.is_recording


async def test_a_lost_microphone_is_told() -> None:
    source, news = MemorySource(), list[DeviceNews]()
    recorder = AudioRecorder(source=source, on_news=news.append)
    await recorder.start()
    source.break_down("The microphone was unplugged.")
    assert (news, recorder.is_recording) == ([DeviceLost("The microphone was unplugged.")], False)
    await recorder.stop()


async def test_a_missing_microphone_is_passed_on() -> None:
    recorder = AudioRecorder(source=MemorySource(problem="No microphone was found."))
    with pytest.raises(AudioError, match="No microphone"):
        await recorder.start()
    assert not recorder.is_recording


async def test_before_it_is_opened_it_has_the_rate_it_was_made_with() -> None:
    recorder = AudioRecorder(8_000)
    assert (recorder.sample_rate, recorder.is_recording) == (8_000, False)
    await recorder.stop()


async def test_without_the_audio_packages_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audio_extra, "_PACKAGES", ("no_such_package",))
    with pytest.raises(EstuaryError, match=r'pip install "heron-voice\[audio\]"') as caught:
        await AudioRecorder().start()
    assert caught.value.code is ErrorCode.VOICE_NOT_SUPPORTED


async def test_a_coroutine_takes_one_frame_after_the_other() -> None:
    source, frames = MemorySource(), list[bytes]()

    async def take(frame: bytes) -> None:
        await asyncio.sleep(0.01 if not frames else 0)
        frames.append(frame)

    recorder = AudioRecorder(on_audio=take, source=source)
    await recorder.start()
    for number in range(5):
        source.speak(bytes([number, 0]))
    await recorder.stop()
    assert frames == [bytes([number, 0]) for number in range(5)]
