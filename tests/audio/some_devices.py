"""Devices to choose from."""

from __future__ import annotations

from dataclasses import replace

from app.audio.devices.device import Device
from app.audio.devices.direction import Direction

BUILT_IN = Device(
    "pci.mic", "Built-in", Direction.INPUT, "PulseAudio", "pci.mic", is_default=True, instance=1
)
USB = Device("usb.mic", "USB Mic", Direction.INPUT, "PulseAudio", "usb.mic", instance=2)
HEADSET = Device(
    "bluez.mic", "Headset", Direction.INPUT, "PulseAudio", "bluez.mic.0", is_bluetooth=True, instance=3
)
LOUDSPEAKER = Device("pci.out", "Loudspeaker", Direction.OUTPUT, "PulseAudio", "pci.out", is_default=True)
HEADPHONES = Device("bluez.out", "Headset", Direction.OUTPUT, "PulseAudio", "bluez.out.0", is_bluetooth=True)


def default(device: Device) -> Device:
    return replace(device, is_default=True)


def ordinary(device: Device) -> Device:
    return replace(device, is_default=False)


def unconnected(device: Device) -> Device:
    return replace(device, is_connected=False)
