"""The microphones and speakers of this machine."""

from __future__ import annotations

from app.audio.devices import portaudio, portaudio_devices, pulse_devices
from app.audio.devices.device import Device
from app.audio.devices.direction import Direction
from app.core.errors import AudioError


def listed() -> tuple[Device, ...]:
    """Return every microphone and speaker, as the sound server lists them, else as PortAudio does.

    It may take a second.

    Raises:
        AudioError: There is no sound server, and PortAudio is missing or does not start.
    """
    try:
        return pulse_devices.listed()
    except pulse_devices.NoPulse:
        portaudio.refresh()
        return portaudio_devices.listed()


def inputs() -> tuple[Device, ...]:
    """Return the devices that record; none when there is none or PortAudio is missing."""
    return _listed(Direction.INPUT)


def outputs() -> tuple[Device, ...]:
    """Return the devices that play; none when there is none or PortAudio is missing."""
    return _listed(Direction.OUTPUT)


def default_input() -> Device | None:
    """Return the system's default microphone, None when there is none."""
    return next((device for device in inputs() if device.is_default), None)


def default_output() -> Device | None:
    """Return the system's default speaker, None when there is none."""
    return next((device for device in outputs() if device.is_default), None)


def portaudio_version() -> str:
    """Return PortAudio's version: ``19.6.0``.

    Raises:
        AudioError: PortAudio is missing; the text says how to install it.
    """
    with portaudio.exclusive() as sounddevice:
        number, _ = sounddevice.get_portaudio_version()
    return f"{number >> 16 & 0xFF}.{number >> 8 & 0xFF}.{number & 0xFF}"


def _listed(direction: Direction) -> tuple[Device, ...]:
    try:
        return tuple(device for device in listed() if device.direction is direction)
    except AudioError:
        return ()
