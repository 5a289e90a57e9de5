"""What keeps an open stream on the right device, and tells of it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from app.audio.devices import device_sentences
from app.audio.devices.device import Device
from app.audio.devices.device_choice import DeviceChoice, choose, named
from app.audio.devices.device_mover import DeviceMover, Outcome
from app.audio.devices.device_news import DeviceFound, DeviceLost, DeviceMoved, DeviceNews
from app.audio.devices.device_watch import WATCH, Subscription
from app.audio.devices.direction import Direction
from app.audio.devices.open_stream import OpenStream
from app.audio.devices.sound_thread import in_sound_thread
from app.audio.devices.telephone import TelephoneWatch
from app.core.errors import AudioError

_LOG: Final = logging.getLogger(__name__)

OPEN_S: Final = 10.0
"""Seconds an opening may take; a Bluetooth headset takes over one."""

CLOSE_S: Final = 1.0
"""Seconds that the end waits for a sound system that does not answer."""

LOOK_S: Final = 0.2
"""Seconds between two looks at whether blocks still flow."""

FIRST_RETRY_S: Final = 0.25
LAST_RETRY_S: Final = 4.0
"""Seconds between two attempts that led nowhere while nothing else has changed: twice as many each time."""


class DeviceFollower:
    """Watches a stream and moves it, from `start` to `end`. Its methods belong to one event loop.

    Args:
        stream: What is moved. Whoever makes it lets its end be told to `wake`.
        direction: Whether it records or plays.
        choice: Which device to use.
        on_news: Gets what becomes of the device.
    """

    def __init__(
        self,
        stream: OpenStream,
        direction: Direction,
        choice: DeviceChoice,
        on_news: Callable[[DeviceNews], None],
    ) -> None:
        self._stream = stream
        self._direction = direction
        self._choice = choice
        self._last_choice = choice
        self._on_news = on_news
        self._mover = DeviceMover(stream, direction)
        self._telephone = TelephoneWatch()
        self._woken = asyncio.Event()
        self._listed: tuple[Device, ...] | None = None
        self._device: Device | None = None
        self._is_lost = False
        self._is_ending = False
        self._subscription: Subscription | None = None
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Open the best device and begin to follow.

        Raises:
            AudioError: There is none, or none opens.
        """
        try:
            outcome = await self._moved()
        except TimeoutError as error:
            raise AudioError(device_sentences.does_not_answer(self._direction)) from error
        if self._is_ending:
            raise AudioError(device_sentences.closed_meanwhile(self._direction))
        if outcome.now is None:
            raise outcome.error or AudioError(device_sentences.nothing_found(self._direction))
        self._device = outcome.now
        self._telephone.look(outcome.now)
        self._subscription = WATCH.subscribe(self._on_change)
        self._task = asyncio.create_task(self._follow(outcome))

    async def end(self) -> None:
        """Close the stream, and follow no more; no callback follows."""
        self._is_ending = True
        self._stream.silence()
        if self._subscription is not None:
            self._subscription.close()
        try:
            if self._task is not None:
                self._task.cancel()
                await asyncio.wait([self._task])
        finally:
            with suppress(TimeoutError):
                await in_sound_thread(self._stream.close, CLOSE_S, CLOSE_S)

    def wake(self) -> None:
        """Look at once whether the stream must move."""
        self._woken.set()

    @property
    def choice(self) -> DeviceChoice:
        """Which device to use; a change is followed at once."""
        return self._choice

    @choice.setter
    def choice(self, choice: DeviceChoice) -> None:
        if choice != self._choice:
            self._choice = choice
            self.wake()

    @property
    def is_following(self) -> bool:
        """Whether it has started and there is a device."""
        return self._task is not None and not self._is_ending and not self._is_lost

    async def _follow(self, opened: Outcome) -> None:
        if opened.error is not None and opened.now is not None:
            sentence = device_sentences.refused(opened.error, opened.now)
            self._say(DeviceMoved(opened.now.description, sentence))
        retry_s = FIRST_RETRY_S
        while True:
            woken = await self._rest(LOOK_S if self._is_content() else retry_s)
            if self._is_content():
                retry_s = FIRST_RETRY_S
                continue
            retry_s = FIRST_RETRY_S if woken else min(2 * retry_s, LAST_RETRY_S)
            try:
                self._tell(await self._moved())
            except TimeoutError:
                _LOG.warning("the sound system does not answer")
            except AudioError as error:
                self._tell(Outcome(None, (), error=error))

    async def _rest(self, seconds: float) -> bool:
        """Wait until woken, at most so long; return whether it was woken."""
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        woken = self._woken.is_set()
        self._woken.clear()
        return woken

    def _is_content(self) -> bool:
        """Return whether the stream works and is where it should be, as far as is known."""
        if self._is_lost or not self._mover.is_working():
            return False
        best = choose(self._listed or (), self._choice, self._direction)
        return self._listed is None or (best is not None and best.is_same_as(self._stream.device))

    async def _moved(self) -> Outcome:
        choice, listed = self._choice, self._listed
        outcome = await in_sound_thread(lambda: self._mover.move(choice), OPEN_S, CLOSE_S)
        if self._listed is listed and outcome.has_server:
            self._listed = outcome.there  # nobody has told of anything newer meanwhile
        return outcome

    def _on_change(self, devices: tuple[Device, ...]) -> None:
        self._listed = devices
        for device in devices:
            if device.is_same_as(self._stream.device):
                self._hint(device)
        self.wake()

    def _say(self, news: DeviceNews) -> None:
        try:
            self._on_news(news)
        except Exception:  # whoever listens must not end the following
            _LOG.exception("news of a device were not taken")

    def _hint(self, device: Device) -> None:
        hint = self._telephone.look(device)
        if hint is not None:
            self._say(hint)

    def _tell(self, outcome: Outcome) -> None:
        """Tell what a move has led to."""
        before, now = self._device, outcome.now
        if now is None:
            if not self._is_lost and before is not None:
                self._is_lost = True
                self._say(DeviceLost(device_sentences.lost(before, has_server=outcome.has_server)))
            return
        choice_has_changed, self._last_choice = self._choice != self._last_choice, self._choice
        was_lost, self._is_lost, self._device = self._is_lost, False, now
        if was_lost:
            self._say(DeviceFound(now.description, device_sentences.found(before, now)))
        elif before is not None and before.name != now.name:
            is_gone = all(device.name != before.name for device in outcome.there)
            if outcome.error is not None and not is_gone:
                sentence = device_sentences.refused(outcome.error, now)
            else:
                is_preferred = any(named([now], name) for name in self._choice.preferred)
                sentence = device_sentences.moved(
                    before, now, is_gone=is_gone, is_preferred=is_preferred and not choice_has_changed
                )
            self._say(DeviceMoved(now.description, sentence))
        self._hint(now)
