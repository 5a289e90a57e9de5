"""The devices as PulseAudio lists them, or PipeWire in its place."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, Final

from app.audio.devices.device import Device
from app.audio.devices.direction import Direction

SYSTEM: Final = "PulseAudio"
"""What `Device.system` says of these devices."""

CONNECT_S: Final = 1.0
"""Seconds that the server may take to answer: one that stands still must not hold anybody up."""

_BLUEZ: Final = re.compile(r"(bluez_\w+\.(?:[0-9A-Fa-f]{2}[_:]){5}[0-9A-Fa-f]{2})\..+")
"""A Bluetooth device's name ends with its profile or a number, which changes under the same headset."""

_TELEPHONE: Final = re.compile(r"headset|handsfree|hands-free|hfp|hsp", re.IGNORECASE)
"""Profiles in which a headset records, and plays in the quality of a telephone."""

_PROFILE_KEYS: Final = ("bluetooth.protocol", "api.bluez5.profile")
"""Where PulseAudio and PipeWire say a Bluetooth device's profile."""


class NoPulse(Exception):  # noqa: N818 - reads as what it is
    """PulseAudio is not here, or does not answer."""


@contextmanager
def connected() -> Iterator[Any]:
    """Give a connection to the server, a ``pulsectl.Pulse`` that belongs to this thread.

    Raises:
        NoPulse: There is no server, it has not answered in time, or it went meanwhile.
    """
    if not sys.platform.startswith("linux"):
        raise NoPulse
    try:
        import pulsectl  # type: ignore[import-untyped]
    except (ImportError, OSError) as error:  # OSError: libpulse itself is missing
        raise NoPulse from error
    try:
        with _mended(pulsectl)("heron", connect=False) as pulse:
            pulse.connect(autospawn=False, timeout=CONNECT_S)
            yield pulse
    except (pulsectl.PulseError, pulsectl.PulseDisconnected, _call_error(pulsectl)) as error:
        raise NoPulse from error


def listed() -> tuple[Device, ...]:
    """Return the microphones and speakers.

    Raises:
        NoPulse: As in `connected`.
    """
    with connected() as pulse:
        return read(pulse)


def read(pulse: Any) -> tuple[Device, ...]:
    """Return the microphones and speakers that a connected server has."""
    server = pulse.server_info()
    profiles = {card.index: str(card.profile_active.name) for card in pulse.card_list()}
    found = [
        *((Direction.INPUT, server.default_source_name, source) for source in pulse.source_list()),
        *((Direction.OUTPUT, server.default_sink_name, sink) for sink in pulse.sink_list()),
    ]
    return tuple(
        _device(direction, default, info, profiles.get(info.card, ""))
        for direction, default, info in found
        if info.proplist.get("device.class") != "monitor"
    )


@cache
def _mended(pulsectl: Any) -> Any:
    """Return a ``pulsectl.Pulse`` that is connected as soon as it is, and tells the devices' rates.

    With a timeout, the original waits for all of it even if the server has answered at once; and it keeps a
    reference to the rate that is no longer valid when the list is there.
    """

    class Mended(pulsectl.Pulse):  # type: ignore[misc]
        def _pulse_state_cb(self, context: Any, data: Any) -> None:
            super()._pulse_state_cb(context, data)
            if self.connected:
                self._loop_stop = True

        def _pulse_info_cb(
            self, kind: Any, infos: Any, done: Any, context: Any, info: Any, *rest: Any
        ) -> None:
            before = len(infos)
            super()._pulse_info_cb(kind, infos, done, context, info, *rest)
            for each in infos[before:]:
                if hasattr(each, "sample_spec"):
                    each.rate = info[0].sample_spec.rate

    return Mended


def _call_error(pulsectl: Any) -> type[Exception]:
    """Return what libpulse's calls raise when the connection is gone."""
    error: type[Exception] = pulsectl._pulsectl.LibPulse.CallError  # noqa: SLF001 - it has no public name
    return error


def _device(direction: Direction, default: str, info: Any, card_profile: str) -> Device:
    properties: dict[str, str] = info.proplist
    is_bluetooth = "bluetooth" in properties.get("device.bus", "") or "bluez" in properties.get(
        "device.api", ""
    )
    profile = next(filter(None, map(properties.get, _PROFILE_KEYS)), card_profile)
    bluez = _BLUEZ.fullmatch(info.name)
    return Device(
        name=info.name if bluez is None else bluez[1],
        description=info.description or info.name,
        direction=direction,
        system=SYSTEM,
        handle=info.name,
        is_default=info.name == default,
        rate=int(info.rate),
        is_bluetooth=is_bluetooth,
        is_telephone=is_bluetooth and _TELEPHONE.search(profile) is not None,
        is_connected=info.port_active is None or info.port_active.available != "no",
        instance=int(info.index),
    )
