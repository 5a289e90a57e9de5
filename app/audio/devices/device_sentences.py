"""What a person is told of their microphone or speaker."""

from __future__ import annotations

from app.audio.devices.device import Device
from app.audio.devices.device_news import DeviceHint
from app.audio.devices.direction import Direction
from app.core.translation import translate


def nothing_found(direction: Direction) -> str:
    """Return that there is no such device."""
    if direction is Direction.INPUT:
        text = translate("Devices", "No microphone was found. Plug one in, or {choose}")
    else:
        text = translate("Devices", "No speaker was found. Plug one in, or {choose}")
    return text.format(choose=_choose_another(direction))


def closed_meanwhile(direction: Direction) -> str:
    """Return that a device was closed before it was open."""
    if direction is Direction.INPUT:
        return translate(
            "Devices",
            "The microphone was switched off while it was being opened. Switch it on again to use it.",
        )
    return translate(
        "Devices", "The speaker was switched off while it was being opened. Switch it on again to use it."
    )


def does_not_answer(direction: Direction) -> str:
    """Return that the sound system hangs."""
    if direction is Direction.INPUT:
        return translate(
            "Devices",
            "The sound system does not answer, so the microphone did not open. "
            "Wait a moment and try again, or restart the sound system.",
        )
    return translate(
        "Devices",
        "The sound system does not answer, so the speaker did not open. "
        "Wait a moment and try again, or restart the sound system.",
    )


def lost(device: Device, *, has_server: bool) -> str:
    """Return that a device is gone and none is left.

    Args:
        device: The one that is gone.
        has_server: Whether the sound server still answers.
    """
    if has_server:
        text = translate("Devices", "{device} is gone. Plug it in again, or {choose}")
        return text.format(device=_called(device), choose=_choose_another(device.direction))
    if device.direction is Direction.INPUT:
        text = translate(
            "Devices",
            "The sound system has stopped, and with it the microphone “{name}”. "
            "Heron goes on as soon as it is back; restart it if it does not come back by itself.",
        )
    else:
        text = translate(
            "Devices",
            "The sound system has stopped, and with it the speaker “{name}”. "
            "Heron goes on as soon as it is back; restart it if it does not come back by itself.",
        )
    return text.format(name=device.description)


def found(before: Device | None, now: Device) -> str:
    """Return that there is a device again after none was left."""
    if before is not None and before.name == now.name:
        return translate("Devices", "{device} is back.").format(device=_called(now))
    return _uses_now(now)


def moved(before: Device, now: Device, *, is_gone: bool, is_preferred: bool) -> str:
    """Return that the stream goes on elsewhere.

    Args:
        before: Where it was.
        now: Where it is.
        is_gone: Whether the former device is no longer there.
        is_preferred: Whether the new device is one that was waited for.
    """
    if is_gone:
        gone = translate("Devices", "{device} is gone.").format(device=_called(before))
        return f"{gone} {_uses_now(now)}"
    if is_preferred:
        here = translate("Devices", "{device} is there now.").format(device=_called(now))
        return f"{here} {_uses(now)}"
    return _uses_now(now)


def did_not_open(device: Device, reason: str) -> str:
    """Return that a device refuses."""
    text = translate(
        "Devices", "{device} did not open ({reason}). Close other programs that use it, or {choose}"
    )
    choose = _choose_another(device.direction)
    return text.format(device=_called(device), reason=reason, choose=choose)


def refused(error: Exception, now: Device) -> str:
    """Return what a better device's refusal says, and where the stream goes on meanwhile."""
    if now.direction is Direction.INPUT:
        text = translate("Devices", "Heron listens with “{name}” meanwhile.")
    else:
        text = translate("Devices", "Heron speaks through “{name}” meanwhile.")
    return f"{error} {text.format(name=now.description)}"


def telephone(device: Device) -> DeviceHint:
    """Return that a headset has dropped to the quality of a telephone."""
    text = translate(
        "Devices",
        "The headset “{name}” now plays in the quality of a telephone, because its microphone "
        "is in use. Choose another microphone to hear it well again.",
    )
    return DeviceHint(text.format(name=device.description))


def silent(device: Device) -> DeviceHint:
    """Return that a headset's microphone delivers nothing but digital silence."""
    text = translate(
        "Devices",
        "The microphone “{name}” delivers only silence. Check that it is not muted, "
        "switch it off and on again, or {choose}",
    )
    return DeviceHint(text.format(name=device.description, choose=_choose_another(device.direction)))


def _called(device: Device) -> str:
    """Return a device as a sentence begins with it."""
    if device.direction is Direction.INPUT:
        return translate("Devices", "The microphone “{name}”").format(name=device.description)
    return translate("Devices", "The speaker “{name}”").format(name=device.description)


def _uses(device: Device) -> str:
    if device.direction is Direction.INPUT:
        return translate("Devices", "Heron listens with “{name}”.").format(name=device.description)
    return translate("Devices", "Heron speaks through “{name}”.").format(name=device.description)


def _uses_now(device: Device) -> str:
    if device.direction is Direction.INPUT:
        return translate("Devices", "Heron listens with “{name}” now.").format(name=device.description)
    return translate("Devices", "Heron speaks through “{name}” now.").format(name=device.description)


def _choose_another(direction: Direction) -> str:
    """Return what else can be done, as the end of a sentence."""
    if direction is Direction.INPUT:
        return translate("Devices", "choose another input in the system's sound settings.")
    return translate("Devices", "choose another output in the system's sound settings.")
