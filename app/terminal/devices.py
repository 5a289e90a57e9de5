"""``heron devices``: the microphones and speakers, and which of them are used unless others are chosen."""

from __future__ import annotations

import json

from app.audio.devices import catalogue as devices
from app.audio.devices.device import Device
from app.audio.devices.direction import Direction

_HEADINGS = {Direction.INPUT: "Microphones", Direction.OUTPUT: "Speakers"}


def run(*, as_json: bool) -> int:
    """Print every device; return 0.

    Raises:
        AudioError: PortAudio is missing or does not start.
    """
    there = devices.listed()
    if as_json:
        print(json.dumps({"devices": [device.as_json() for device in there]}, ensure_ascii=False, indent=2))
        return 0
    for direction, heading in _HEADINGS.items():
        print(f"{heading}:")
        mine = [device for device in there if device.direction is direction]
        for device in mine:
            print(line(device))
        if not mine:
            print(f"    none; plug one in or switch it on in the system's sound settings ({direction.side})")
    return 0


def line(device: Device) -> str:
    """Return what is printed of a device: a star for the default, what it is called, what is special."""
    star = "*" if device.is_default else " "
    name = "" if device.name == device.description else f"  [{device.name}]"
    remarks = [f"{device.rate} Hz"]
    remarks += ["Bluetooth"] if device.is_bluetooth else []
    remarks += ["telephone quality"] if device.is_telephone else []
    remarks += [] if device.is_connected else ["nothing plugged in"]
    return f"  {star} {device.description}{name}  ({', '.join(remarks)})"
