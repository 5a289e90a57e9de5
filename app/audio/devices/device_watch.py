"""Tells of microphones and speakers that come and go while somebody wants to know."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Final

from app.audio.devices import portaudio, portaudio_devices, pulse_devices
from app.audio.devices.device import Device
from app.core.errors import AudioError

_LOG: Final = logging.getLogger(__name__)

POLL_S: Final = 3.0
"""Seconds between two looks where no sound server tells of changes and nothing is open."""

CHILD_POLL_S: Final = 5.0
"""Seconds between two looks by a process of its own, while something is open; each costs 0.1 s."""

LISTEN_S: Final = 0.25
"""Seconds after which the thread looks whether it is still wanted."""

FIRST_RETRY_S: Final = 0.05
LAST_RETRY_S: Final = 0.5
"""Seconds between two attempts to reach a sound server that has gone: twice as many each time."""

_FACILITIES: Final = ("sink", "source", "server", "card")
"""What the server is asked to tell of: devices, the default ones, and a headset's profile."""

OnChange = Callable[[tuple[Device, ...]], None]


class Subscription:
    """Somebody's wish to know, until `close`."""

    def __init__(self, on_change: OnChange, on_close: Callable[[Subscription], None]) -> None:
        self._loop = asyncio.get_running_loop()
        self._on_change: OnChange | None = on_change
        self._on_close = on_close

    def close(self) -> None:
        """Be told no more. May be called again."""
        if self._on_change is not None:
            self._on_change = None
            self._on_close(self)

    def tell(self, devices: tuple[Device, ...]) -> None:
        """Tell of the devices, from any thread."""
        with suppress(RuntimeError):  # the loop was closed under a subscription nobody closed
            self._loop.call_soon_threadsafe(self._deliver, devices)

    def _deliver(self, devices: tuple[Device, ...]) -> None:
        if self._on_change is not None:
            self._on_change(devices)


class DeviceWatch:
    """Watches the devices in a thread that lives as long as it has subscribers."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._subscriptions: list[Subscription] = []
        self._work: _Work | None = None

    def subscribe(self, on_change: OnChange) -> Subscription:
        """Be told of all microphones and speakers, now and after every change.

        Args:
            on_change: Gets the list, on the running event loop. While a sound server is away it is empty.
        """
        subscription = Subscription(on_change, self._unsubscribe)
        with self._lock:
            self._subscriptions.append(subscription)
            if self._work is None:
                self._work = _Work(self._publish)
            elif (known := self._work.known) is not None:
                subscription.tell(known)
        return subscription

    def _unsubscribe(self, subscription: Subscription) -> None:
        with self._lock:
            self._subscriptions.remove(subscription)
            if not self._subscriptions and self._work is not None:
                self._work.end()
                self._work = None

    def _publish(self, work: _Work, devices: tuple[Device, ...]) -> None:
        with self._lock:
            if work is self._work:
                work.known = devices
                for subscription in self._subscriptions:
                    subscription.tell(devices)


WATCH: Final = DeviceWatch()
"""The watch of this process."""


class _Work:
    """The thread between the first subscriber and the last."""

    def __init__(self, publish: Callable[[_Work, tuple[Device, ...]], None]) -> None:
        self.known: tuple[Device, ...] | None = None
        self._publish = publish
        self._has_ended = threading.Event()
        self._has_server = False
        self._is_stale = False
        threading.Thread(target=self._run, name="heron-devices", daemon=True).start()

    def end(self) -> None:
        """Let the thread end soon; it is not waited for."""
        self._has_ended.set()

    def _run(self) -> None:
        try:
            retry_s = FIRST_RETRY_S
            while not self._has_ended.is_set():
                try:
                    with pulse_devices.connected() as pulse:
                        self._has_server, retry_s = True, FIRST_RETRY_S
                        self._follow(pulse)
                except pulse_devices.NoPulse:
                    if self._has_server:
                        # It will be back. PortAudio must not take the hardware away from it meanwhile.
                        self._tell(())
                        self._has_ended.wait(retry_s)
                        retry_s = min(2 * retry_s, LAST_RETRY_S)
                    else:
                        self._has_ended.wait(self._look())
        except Exception:
            _LOG.exception("the watch of the sound devices has failed")

    def _follow(self, pulse: Any) -> None:
        """Tell of a sound server's devices until it goes."""
        import pulsectl  # type: ignore[import-untyped]

        def changed(_event: Any) -> None:
            self._is_stale = True
            raise pulsectl.PulseLoopStop

        pulse.event_mask_set(*_FACILITIES)
        pulse.event_callback_set(changed)
        self._is_stale = True
        while not self._has_ended.is_set():
            if self._is_stale:
                self._is_stale = False
                self._tell(pulse_devices.read(pulse))
            if not self._is_stale:  # nothing has changed while it was read
                pulse.event_listen(timeout=LISTEN_S)

    def _look(self) -> float:
        """Tell of the devices that PortAudio finds now; return the seconds to the next look."""
        found: tuple[Device, ...] | None = ()
        is_busy = False
        with suppress(AudioError), portaudio.exclusive():
            is_busy = not portaudio.is_idle()
            if not is_busy:
                portaudio.refresh()
                found = portaudio_devices.listed()
        if is_busy:
            found = portaudio_devices.listed_by_child(self._has_ended.is_set)
        if found is not None:
            # Told even if it is as before: a stream that moved has looked for itself meanwhile.
            self._publish(self, found)
        return CHILD_POLL_S if is_busy else POLL_S

    def _tell(self, devices: tuple[Device, ...]) -> None:
        if devices != self.known:
            self._publish(self, devices)
