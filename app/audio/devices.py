"""The microphones and speakers of this machine."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from app.audio import portaudio
from app.core.errors import AudioError


@dataclass(frozen=True, slots=True)
class Device:
    """One device as PortAudio sees it.

    Attributes:
        name: What the system calls it.
        index: PortAudio's number for it, valid until the list is read anew.
        is_default: Whether it is the system's default input or output.
        inputs: Channels it records.
        outputs: Channels it plays.
        default_rate: Sample rate in Hz it prefers.
        host: The sound system it belongs to: ALSA, Core Audio, MME...
    """

    name: str
    index: int
    is_default: bool
    inputs: int
    outputs: int
    default_rate: int
    host: str


def inputs() -> tuple[Device, ...]:
    """Return the devices that record; none when there is none or PortAudio is missing."""
    return tuple(device for device in _devices() if device.inputs)


def outputs() -> tuple[Device, ...]:
    """Return the devices that play; none when there is none or PortAudio is missing."""
    return tuple(device for device in _devices() if device.outputs)


def default_input() -> Device | None:
    """Return the system's default microphone, None when there is none."""
    return _default("input")


def default_output() -> Device | None:
    """Return the system's default speaker, None when there is none."""
    return _default("output")


def portaudio_version() -> str:
    """Return PortAudio's version: ``19.6.0``.

    Raises:
        AudioError: PortAudio is missing; the text says how to install it.
    """
    with portaudio.exclusive() as sounddevice:
        number, _ = sounddevice.get_portaudio_version()
    return f"{number >> 16 & 0xFF}.{number >> 8 & 0xFF}.{number & 0xFF}"


def named(candidates: tuple[Device, ...], wanted: str | int) -> Device | None:
    """Return the candidate with this name or index, else the first whose name contains it, else None."""
    for device in candidates:
        if wanted in {device.name, device.index}:
            return device
    if isinstance(wanted, int):
        return None
    return next((device for device in candidates if wanted.casefold() in device.name.casefold()), None)


def _default(kind: str) -> Device | None:
    try:
        with portaudio.exclusive() as sounddevice:
            index = _default_index(sounddevice, kind)
    except AudioError:
        return None
    return next((device for device in _devices() if device.index == index), None)


def _devices() -> list[Device]:
    try:
        with portaudio.exclusive() as sounddevice:
            hosts = [str(host["name"]) for host in sounddevice.query_hostapis()]
            defaults = {_default_index(sounddevice, "input"), _default_index(sounddevice, "output")}
            return [_device(info, hosts, defaults) for info in sounddevice.query_devices()]
    except AudioError:
        return []


def _default_index(sounddevice: Any, kind: str) -> int:
    """Return the index of a default device, -1 for none."""
    try:
        return int(sounddevice.query_devices(kind=kind)["index"])
    except (sounddevice.PortAudioError, ValueError):
        return -1


def _device(info: dict[str, Any], hosts: list[str], defaults: set[int]) -> Device:
    return Device(
        name=str(info["name"]),
        index=int(info["index"]),
        is_default=info["index"] in defaults,
        inputs=int(info["max_input_channels"]),
        outputs=int(info["max_output_channels"]),
        default_rate=int(info["default_samplerate"]),
        host=hosts[info["hostapi"]],
    )
