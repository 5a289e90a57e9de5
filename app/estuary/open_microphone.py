"""The microphone of continuous mode: open as long as voice is on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Final

from app.audio.devices.device_news import DeviceLost
from app.core.errors import AudioError
from app.estuary.capture import Capture
from app.estuary.client import EstuaryClient
from app.estuary.events import EventName
from app.estuary.voice_progress import Device, DeviceFound, Happening

_VOICE_MAY_HAVE_CHANGED: Final = (
    EventName.VOICE_STARTED,
    EventName.VOICE_STOPPED,
    EventName.CONNECTION_STATE_CHANGED,
    EventName.ERROR,
)


class OpenMicrophone:
    """Closes the microphone when voice has ended without us, and opens it when voice is back.

    Args:
        client: Says whether voice is on.
        capture: The microphone.
        note: Takes note of what happens.
        on_lost: Told why it does not open again.
        turn: Held while it is opened or closed.
    """

    def __init__(
        self,
        client: EstuaryClient,
        capture: Capture,
        note: Callable[[Happening], None],
        on_lost: Callable[[DeviceLost], None],
        turn: asyncio.Lock,
    ) -> None:
        self._client = client
        self._capture = capture
        self._note = note
        self._on_lost = on_lost
        self._turn = turn
        self._is_wanted = False

    def start(self) -> None:
        """Follow voice from now on."""
        self._is_wanted = True
        for event in _VOICE_MAY_HAVE_CHANGED:
            self._client.on(event, self._follow)

    def stop(self) -> None:
        """Follow it no more; the microphone is left as it is."""
        self._is_wanted = False
        for event in _VOICE_MAY_HAVE_CHANGED:
            self._client.off(event, self._follow)

    async def _follow(self, *_: object) -> None:
        async with self._turn:
            if not self._is_wanted:
                return
            if self._client.voice_mode is None:
                await self._capture.close()
                return
            try:
                await self._capture.open()
            except AudioError as error:
                self._on_lost(DeviceLost(str(error)))
                return
            self._note(DeviceFound(Device.MICROPHONE))
            self._capture.flow()
