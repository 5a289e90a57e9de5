"""The devices as PortAudio lists them: where there is no PulseAudio."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from app.audio.devices import portaudio, pulse_devices
from app.audio.devices.device import Device
from app.audio.devices.direction import Direction
from app.core.own_command import own_command

CHILD_S: Final = 10.0
"""Seconds that the process which lists devices may take: it takes a third of one on an idle desktop."""

_POLL_S: Final = 0.1

_PULSE_PCMS: Final = ("pulse", "pipewire", "default")
"""ALSA's ways to the sound server, the surest first."""

_BEST_HOST: Final = "Windows WASAPI"
"""Windows lists each device once per interface; this one has their whole names. Untried on real Windows."""

_BLUETOOTH: Final = re.compile(r"bluetooth|hands-free|airpods", re.IGNORECASE)
"""What is in a Bluetooth device's name on Windows and macOS; PortAudio knows no more. Untried there."""

_CHANNELS: Final = {Direction.INPUT: "max_input_channels", Direction.OUTPUT: "max_output_channels"}
_DEFAULTS: Final = {Direction.INPUT: "default_input_device", Direction.OUTPUT: "default_output_device"}


def listed() -> tuple[Device, ...]:
    """Return the microphones and speakers that PortAudio found when it last looked.

    Raises:
        AudioError: PortAudio is missing or did not start.
    """
    with portaudio.exclusive() as sounddevice:
        hosts = sounddevice.query_hostapis()
        names = [str(host["name"]) for host in hosts]
        best = names.index(_BEST_HOST) if _BEST_HOST in names else int(sounddevice.default.hostapi)
        return tuple(
            _device(info, direction, hosts[best])
            for info in sounddevice.query_devices()
            for direction in Direction
            if info["hostapi"] == best and info[_CHANNELS[direction]] > 0
        )


def index_of(device: Device) -> int:
    """Return PortAudio's number for a device, valid until it looks anew; -1 if it does not know it.

    A device of PulseAudio is reached through ALSA's way to that server.
    """
    with portaudio.exclusive() as sounddevice:
        hosts = [str(host["name"]) for host in sounddevice.query_hostapis()]
        found = {
            str(info["name"]): int(info["index"])
            for info in reversed(sounddevice.query_devices())
            if info[_CHANNELS[device.direction]] > 0
            and device.system in {hosts[info["hostapi"]], pulse_devices.SYSTEM}
        }
    wanted = _PULSE_PCMS if device.system == pulse_devices.SYSTEM else (device.handle,)
    return next((found[name] for name in wanted if name in found), -1)


def listed_by_child(is_given_up: Callable[[], bool]) -> tuple[Device, ...] | None:
    """Return what a process of its own finds; None if it failed or was given up.

    PortAudio can look for new devices only while nothing is open, so another one looks.

    Args:
        is_given_up: Whether the answer is no longer wanted; the process is ended then.
    """
    process = subprocess.Popen(
        own_command("devices", "--json"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    with process:
        for _ in range(round(CHILD_S / _POLL_S)):
            with suppress(subprocess.TimeoutExpired):
                said, _ = process.communicate(timeout=_POLL_S)
                return _read(said)
            if is_given_up():
                break
        process.kill()
    return None


def _read(said: bytes) -> tuple[Device, ...] | None:
    try:
        return tuple(Device.from_json(each) for each in json.loads(said)["devices"])
    except (ValueError, KeyError, TypeError):
        return None


def _device(info: dict[str, Any], direction: Direction, host: dict[str, Any]) -> Device:
    name = str(info["name"])
    return Device(
        name=name,
        description=name,
        direction=direction,
        system=str(host["name"]),
        handle=name,
        is_default=info["index"] == host[_DEFAULTS[direction]],
        rate=int(info["default_samplerate"]),
        is_bluetooth=_BLUETOOTH.search(name) is not None,
    )
