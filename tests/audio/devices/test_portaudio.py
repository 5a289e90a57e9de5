from __future__ import annotations

import ctypes.util
import subprocess
import sys

import pytest

from app.audio.devices import catalogue as devices
from app.audio.devices import portaudio
from app.core.errors import AudioError


@pytest.fixture
def without_binding(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)


@pytest.fixture
def without_library(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hide the system's PortAudio from the real binding."""
    monkeypatch.delitem(sys.modules, "sounddevice", raising=False)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _name: None)


@pytest.mark.usefixtures("without_library")
def test_missing_library_is_told_with_what_to_install() -> None:
    with pytest.raises(AudioError, match=r"PortAudio library\. Install it .*libportaudio2"):
        devices.portaudio_version()


@pytest.mark.usefixtures("without_binding")
def test_missing_binding_is_told_with_what_to_install() -> None:
    with pytest.raises(AudioError, match=r"sounddevice\. Install it: pip install 'heron-voice\[audio\]'\."):
        devices.portaudio_version()


@pytest.mark.usefixtures("without_library")
def test_machine_without_portaudio_has_no_devices() -> None:
    assert devices.inputs() == devices.outputs() == ()
    assert devices.default_input() is devices.default_output() is None


def test_version_has_three_numbers() -> None:
    assert [number.isdigit() for number in devices.portaudio_version().split(".")] == [True] * 3


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (Exception("Error opening RawInputStream: Device unavailable", -9985), "Device unavailable"),
        (Exception("Error: Unanticipated host error", -9999, (0, -2, "No such file")), "No such file"),
        (Exception("Invalid sample rate"), "Invalid sample rate"),
    ],
)
def test_reason_is_what_a_person_can_read(error: Exception, said: str) -> None:
    assert portaudio.reason(error) == said


def test_sound_is_not_loaded_before_it_is_needed() -> None:
    modules = (
        "app.audio.capture.microphone, app.audio.playback.speaker, app.audio.devices.catalogue, "
        "app.audio.devices.device_watch, "
        "app.audio.speech.voice_activity, app.audio.wav"
    )
    heavy = "{'numpy', 'pulsectl', 'sounddevice', 'soxr', 'webrtcvad'} & set(sys.modules)"
    code = f"import sys, {modules}; assert not {heavy}, {heavy}"
    subprocess.run([sys.executable, "-c", code], check=True)


class Standing:
    """A stream that only notes what it is told."""

    def __init__(self, told: list[str], name: str) -> None:
        self._told = told
        self._name = name

    def suspend(self) -> None:
        self._told.append(f"{self._name} stands")
        portaudio.stream_closed(self)

    def resume(self) -> None:
        self._told.append(f"{self._name} goes on")
        portaudio.stream_opened(self)


@pytest.mark.parametrize("fails", [False, True])
def test_other_streams_stand_still_while_one_moves(fails: bool) -> None:
    told: list[str] = []
    mover, other = Standing(told, "mover"), Standing(told, "other")
    for stream in (mover, other):
        portaudio.stream_opened(stream)
    try:
        with portaudio.renewed(mover):
            told.append("looked")
            assert portaudio.is_idle()
            if fails:
                raise AudioError("not there")
    except AudioError:
        assert fails
    assert told == ["mover stands", "other stands", "looked", "other goes on"]
    portaudio.stream_closed(other)
    assert portaudio.is_idle()
