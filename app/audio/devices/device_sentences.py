"""What a person is told of their microphone or speaker."""

from __future__ import annotations

from app.audio.devices.device import Device
from app.audio.devices.device_news import DeviceHint
from app.audio.devices.direction import Direction


def nothing_found(direction: Direction) -> str:
    """Return that there is no such device."""
    return f"No {direction.value} was found. Plug one in, or {_choose_another(direction)}"


def closed_meanwhile(direction: Direction) -> str:
    """Return that a device was closed before it was open."""
    return f"The {direction.value} was switched off while it was being opened. Switch it on again to use it."


def does_not_answer(direction: Direction) -> str:
    """Return that the sound system hangs."""
    return (
        f"The sound system does not answer, so the {direction.value} did not open. "
        "Wait a moment and try again, or restart the sound system."
    )


def lost(device: Device, *, has_server: bool) -> str:
    """Return that a device is gone and none is left.

    Args:
        device: The one that is gone.
        has_server: Whether the sound server still answers.
    """
    if not has_server:
        return (
            f"The sound system has stopped, and with it the {_called(device)}. "
            "Heron goes on as soon as it is back; restart it if it does not come back by itself."
        )
    return f"The {_called(device)} is gone. Plug it in again, or {_choose_another(device.direction)}"


def found(before: Device | None, now: Device) -> str:
    """Return that there is a device again after none was left."""
    if before is not None and before.name == now.name:
        return f"The {_called(now)} is back."
    return f"{_uses(now)} now."


def moved(before: Device, now: Device, *, is_gone: bool, is_preferred: bool) -> str:
    """Return that the stream goes on elsewhere.

    Args:
        before: Where it was.
        now: Where it is.
        is_gone: Whether the former device is no longer there.
        is_preferred: Whether the new device is one that was waited for.
    """
    if is_gone:
        return f"The {_called(before)} is gone. {_uses(now)} now."
    if is_preferred:
        return f"The {_called(now)} is there now. {_uses(now)}."
    return f"{_uses(now)} now."


def did_not_open(device: Device, reason: str) -> str:
    """Return that a device refuses."""
    return (
        f"The {_called(device)} did not open ({reason}). Close other programs that use it, "
        f"or {_choose_another(device.direction)}"
    )


def refused(error: Exception, now: Device) -> str:
    """Return what a better device's refusal says, and where the stream goes on meanwhile."""
    return f"{error} {_uses(now)} meanwhile."


def telephone(device: Device) -> DeviceHint:
    """Return that a headset has dropped to the quality of a telephone."""
    return DeviceHint(
        f"The headset “{device.description}” now plays in the quality of a telephone, because its microphone "
        "is in use. Choose another microphone to hear it well again."
    )


def silent(device: Device) -> DeviceHint:
    """Return that a headset's microphone delivers nothing but digital silence."""
    return DeviceHint(
        f"The microphone “{device.description}” delivers only silence. Check that it is not muted, "
        f"switch it off and on again, or {_choose_another(device.direction)}"
    )


def _called(device: Device) -> str:
    return f"{device.direction.value} “{device.description}”"


def _uses(device: Device) -> str:
    if device.direction is Direction.INPUT:
        return f"Heron listens with “{device.description}”"
    return f"Heron speaks through “{device.description}”"


def _choose_another(direction: Direction) -> str:
    return f"choose another {direction.side} in the system's sound settings."
