"""Which device is used: the remembered order of preference, else what the system prefers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from app.audio.devices.device import Device
from app.audio.devices.direction import Direction


@dataclass(frozen=True, slots=True)
class DeviceChoice:
    """Which device a person wants.

    Attributes:
        preferred: Names or descriptions of devices, the most wanted first; none follows the system's default.
        avoids_bluetooth: Whether a Bluetooth microphone is taken only if it is preferred by name or there is
            no other: to record with a headset makes it play in the quality of a telephone.
    """

    preferred: tuple[str, ...] = ()
    avoids_bluetooth: bool = False


SYSTEM_DEFAULT: Final = DeviceChoice()
"""Follows the system's default."""


def choose(devices: Iterable[Device], choice: DeviceChoice, direction: Direction) -> Device | None:
    """Return the device to use, None if there is none; see `ranked`."""
    return next(iter(ranked(devices, choice, direction)), None)


def ranked(devices: Iterable[Device], choice: DeviceChoice, direction: Direction) -> tuple[Device, ...]:
    """Return the devices of a direction, the one to use first and then those to fall back on.

    First come the preferred ones that are there, in their order; then the system's default; then those into
    which something is plugged; then the rest. Bluetooth microphones that are to be avoided come last, unless
    nothing is plugged into any other one.
    """
    there = [device for device in devices if device.direction is direction]
    wanted = [device for name in choice.preferred if (device := named(there, name)) is not None]
    others = any(device.is_connected and not device.is_bluetooth for device in there)
    avoids = choice.avoids_bluetooth and direction is Direction.INPUT and others

    def order(device: Device) -> tuple[bool, ...]:
        return avoids and device.is_bluetooth, not device.is_default, not device.is_connected

    return tuple(dict.fromkeys([*wanted, *sorted(there, key=order)]))


def named(devices: Iterable[Device], wanted: str) -> Device | None:
    """Return the device with this name, else this description, else the first whose description has it.

    The last is for a name typed by hand: a part of what the system calls the device, in any case.
    """
    there = tuple(devices)
    sought = wanted.casefold()
    for device in there:
        if wanted == device.name:
            return device
    for device in there:
        if sought == device.description.casefold():
            return device
    return next((device for device in there if sought and sought in device.description.casefold()), None)
