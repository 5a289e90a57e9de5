"""One microphone or speaker of this machine."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Self

from app.audio.devices.direction import Direction


@dataclass(frozen=True, slots=True)
class Device:
    """A device as the sound system lists it.

    Attributes:
        name: What it is remembered by; it stays the same when the device is pulled out and comes back.
        description: What a person calls it.
        direction: Whether it records or plays.
        system: The sound system that lists it: ``PulseAudio``, ``ALSA``, ``Core Audio``...
        handle: What that system opens it by.
        is_default: Whether it is the system's default microphone or speaker.
        rate: Sample rate in Hz at which it runs or prefers to run.
        is_bluetooth: Whether it is known to be a Bluetooth device.
        is_telephone: Whether it is a Bluetooth device in the profile that records, which plays in the quality
            of a telephone.
        is_connected: False if the system knows that nothing is plugged into it.
        instance: Another number each time that the device is plugged in, where the system tells.
    """

    name: str
    description: str
    direction: Direction
    system: str
    handle: str
    is_default: bool = False
    rate: int = 48_000
    is_bluetooth: bool = False
    is_telephone: bool = False
    is_connected: bool = True
    instance: int = 0

    def is_same_as(self, other: Device | None) -> bool:
        """Return whether a stream on the other device is one on this device, plugged in as it is now."""
        return other is not None and self.identity == other.identity

    @property
    def identity(self) -> tuple[object, ...]:
        """What tells it from every other device, and from itself before it was pulled out."""
        return self.system, self.direction, self.handle, self.instance

    def as_json(self) -> dict[str, Any]:
        """Return what `from_json` reads."""
        return {**asdict(self), "direction": self.direction.value}

    @classmethod
    def from_json(cls, fields: dict[str, Any]) -> Self:
        """Return the device that `as_json` described.

        Raises:
            KeyError, TypeError, ValueError: It described none.
        """
        return cls(**{**fields, "direction": Direction(fields["direction"])})
