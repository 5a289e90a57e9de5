"""Whether a headset has dropped from the quality of music to that of a telephone."""

from __future__ import annotations

from app.audio.devices import device_sentences
from app.audio.devices.device import Device
from app.audio.devices.device_news import DeviceHint


class TelephoneWatch:
    """Looks at the device a stream is on, again and again, and gives the hint when its profile has dropped.

    PulseAudio takes such a device away and brings another with the same `Device.name`; PipeWire changes it
    in place.
    """

    def __init__(self) -> None:
        self._was_good: set[str] = set()

    def look(self, device: Device) -> DeviceHint | None:
        """Return a hint when the device was better when it was last looked at."""
        if not device.is_bluetooth:
            return None
        if not device.is_telephone:
            self._was_good.add(device.name)
            return None
        if device.name in self._was_good:
            self._was_good.remove(device.name)
            return device_sentences.telephone(device)
        return None
