"""What a stream tells of its device while it is open."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeviceMoved:
    """The stream goes on, on another device.

    Attributes:
        device: Its name.
        sentence: What to tell the person.
    """

    device: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DeviceLost:
    """No device is left. The stream waits for one, and goes on by itself where it can."""

    sentence: str


@dataclass(frozen=True, slots=True)
class DeviceFound:
    """There is a device again, and the stream goes on; follows a `DeviceLost`."""

    device: str
    sentence: str


@dataclass(frozen=True, slots=True)
class DeviceHint:
    """The device works, but not as the person might expect."""

    sentence: str


DeviceNews = DeviceMoved | DeviceLost | DeviceFound | DeviceHint
