from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from app.audio.devices import portaudio, pulse_devices
from app.audio.devices.device import Device
from app.audio.devices.direction import Direction
from app.audio.devices.open_stream import OpenStream
from app.core.errors import AudioError
from tests.audio.some_devices import USB
from tests.integration.sound_card import SoundCard, Virtual

pytestmark = pytest.mark.integration

_PATIENCE_S = 5


class Recorder:
    """A stream, and what it calls back with."""

    def __init__(self, direction: Direction = Direction.INPUT) -> None:
        self.blocks = 0
        self.devices: list[tuple[int, int]] = []
        self.ends = 0
        self.came = threading.Event()
        self.ended = threading.Event()
        self.stream = OpenStream(direction, 24_000, 20, 0.06, self._on_block, self._on_device, self._on_end)

    def hear(self) -> None:
        self.came.clear()
        assert self.came.wait(_PATIENCE_S)

    def _on_block(self, buffer: Any, _times: Any, _status: Any) -> None:
        self.blocks += 1
        self.came.set()

    def _on_device(self, rate: int, latency_s: float) -> None:
        assert latency_s > 0
        self.devices.append((rate, self.blocks))

    def _on_end(self) -> None:
        self.ends += 1
        self.ended.set()


@pytest.fixture
def card() -> Iterator[SoundCard]:
    with SoundCard(microphones=("mic", Virtual("mic_b", rate=16_000))) as made, made.applied():
        portaudio.refresh()
        yield made
        assert portaudio.is_idle()


def _devices() -> dict[str, Device]:
    return {device.name: device for device in pulse_devices.listed()}


def test_stream_runs_until_it_is_closed(card: SoundCard) -> None:
    recorder = Recorder()
    assert (recorder.stream.has_ended, recorder.stream.device) == (True, None)
    recorder.stream.open(_devices()["mic_b"])
    recorder.hear()
    assert (recorder.stream.has_ended, recorder.stream.rate, portaudio.is_idle()) == (False, 16_000, False)
    assert recorder.stream.last_block_at is not None
    recorder.stream.close()
    recorder.stream.close()
    assert (recorder.stream.has_ended, recorder.ends, portaudio.is_idle()) == (True, 0, True)


def test_each_device_is_told_before_its_first_block(card: SoundCard) -> None:
    recorder, there = Recorder(), _devices()
    recorder.stream.open(there["mic"])
    recorder.hear()
    recorder.stream.open(there["mic_b"])
    told = list(recorder.devices)
    recorder.hear()
    recorder.stream.close()
    assert [rate for rate, _ in told] == [48_000, 16_000]
    assert told[0][1] == 0
    assert recorder.ends == 0


def test_device_that_dies_ends_once(card: SoundCard) -> None:
    recorder = Recorder()
    recorder.stream.open(_devices()["mic"])
    recorder.hear()
    card.kill()
    assert recorder.ended.wait(_PATIENCE_S)
    assert recorder.stream.has_ended
    recorder.stream.close()
    assert recorder.ends == 1


def test_silenced_stream_calls_nobody_and_opens_nothing(card: SoundCard) -> None:
    recorder, there = Recorder(), _devices()
    recorder.stream.open(there["mic"])
    recorder.hear()
    recorder.stream.silence()
    blocks = recorder.blocks
    other = Recorder()
    other.stream.open(there["mic"])
    for _ in range(5):
        other.hear()
    other.stream.close()
    assert recorder.blocks == blocks
    recorder.stream.open(there["mic_b"])
    assert (recorder.stream.has_ended, portaudio.is_idle(), len(recorder.devices)) == (True, True, 1)


def test_silenced_speaker_plays_silence(card: SoundCard) -> None:
    played = Recorder(Direction.OUTPUT)

    def loud(buffer: Any, _times: Any, _status: Any) -> None:
        buffer[:] = b"\0\x20" * (len(buffer) // 2)
        played.came.set()

    stream = OpenStream(Direction.OUTPUT, 24_000, 20, 0.06, loud, lambda *_: None, lambda: None)
    with card.listen(16_000) as heard:
        stream.open(_devices()["speaker"])
        for _ in range(10):
            played.hear()
        stream.silence()
        played.came.clear()
        silenced = len(heard.pcm)
        while len(heard.pcm) < silenced + 2 * 16_000:
            played.came.wait(0.02)  # it does not come any more
        stream.close()
    assert any(heard.pcm)
    assert not any(heard.pcm[-8_000:])


def test_refusal_names_the_device_and_leaves_nothing_open(card: SoundCard) -> None:
    recorder = Recorder()
    gone = replace(_devices()["mic"], handle="nowhere", description="Attic")
    with pytest.raises(
        AudioError, match=r"^The microphone “Attic” did not open \(.+\)\. Close other programs"
    ):
        recorder.stream.open(gone)
    assert (recorder.stream.device, recorder.stream.has_ended, portaudio.is_idle()) == (None, True, True)


def test_device_that_portaudio_does_not_know_is_refused(card: SoundCard) -> None:
    with pytest.raises(AudioError, match=r"^The microphone “USB Mic” did not open \(Device unavailable\)\."):
        Recorder().stream.open(replace(USB, system="ALSA"))


def test_suspended_stream_goes_on_where_it_was(card: SoundCard) -> None:
    recorder = Recorder()
    recorder.stream.open(_devices()["mic_b"])
    recorder.hear()
    with portaudio.renewed():
        assert recorder.stream.has_ended
    recorder.hear()
    assert (recorder.stream.has_ended, [rate for rate, _ in recorder.devices]) == (False, [16_000] * 2)
    recorder.stream.close()


def test_stream_that_cannot_be_resumed_has_ended(card: SoundCard) -> None:
    recorder = Recorder()
    recorder.stream.open(_devices()["mic_b"])
    with portaudio.renewed():
        card.unplug("mic_b")
    assert (recorder.stream.has_ended, recorder.ends, portaudio.is_idle()) == (True, 1, True)


def test_environment_is_as_it_was(card: SoundCard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SOURCE", "mic")
    before = dict(os.environ)
    recorder = Recorder()
    recorder.stream.open(_devices()["mic_b"])
    assert dict(os.environ) == before
    recorder.stream.close()
