from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable

import pytest

from app.audio.devices import device_watch, portaudio
from app.audio.devices.device import Device
from app.audio.devices.device_watch import DeviceWatch
from tests.integration.sound_card import SoundCard, Virtual

pytestmark = [pytest.mark.asyncio, pytest.mark.integration]

_PATIENCE_S = 10


class Watcher:
    """Keeps what it is told and waits for what it wants to hear."""

    def __init__(self) -> None:
        self.told: list[tuple[Device, ...]] = []
        self.loops: set[asyncio.AbstractEventLoop] = set()
        self._news = asyncio.Event()

    def on_change(self, devices: tuple[Device, ...]) -> None:
        self.told.append(devices)
        self.loops.add(asyncio.get_running_loop())
        self._news.set()

    async def until(self, condition: Callable[[tuple[Device, ...]], bool]) -> None:
        async with asyncio.timeout(_PATIENCE_S):
            while not (self.told and condition(self.told[-1])):
                self._news.clear()
                await self._news.wait()

    async def until_names(self, *names: str) -> None:
        await self.until(lambda devices: {device.name for device in devices} == set(names))


def _watching() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name == "heron-devices"]


async def test_devices_that_come_and_go_are_told() -> None:
    watcher = Watcher()
    with SoundCard(microphones=("mic", "mic_b")) as card, card.applied():
        subscription = DeviceWatch().subscribe(watcher.on_change)
        await watcher.until_names("mic", "mic_b", "speaker")
        card.unplug("mic_b")
        await watcher.until_names("mic", "speaker")
        card.add_speaker(Virtual("new"))
        await watcher.until_names("mic", "speaker", "new")
        subscription.close()
    assert watcher.loops == {asyncio.get_running_loop()}


async def test_change_of_the_default_is_told() -> None:
    watcher = Watcher()
    with SoundCard(microphones=("mic", "mic_b")) as card, card.applied():
        subscription = DeviceWatch().subscribe(watcher.on_change)
        for name in ("mic", "mic_b", "mic"):
            card.set_default_source(name)
            await watcher.until(lambda there: any(d.is_default and d.name == name for d in there))  # noqa: B023
        subscription.close()


async def test_server_that_is_killed_and_restarted_is_found_again() -> None:
    watcher = Watcher()
    with SoundCard() as card, card.applied():
        subscription = DeviceWatch().subscribe(watcher.on_change)
        for _ in range(2):
            await watcher.until_names("mic", "speaker")
            card.kill()
            await watcher.until_names()
            card.restart()
        await watcher.until_names("mic", "speaker")
        subscription.close()


async def test_second_subscriber_is_told_at_once_and_one_may_leave() -> None:
    first, second, watch = Watcher(), Watcher(), DeviceWatch()
    with SoundCard() as card, card.applied():
        one = watch.subscribe(first.on_change)
        await first.until_names("mic", "speaker")
        other = watch.subscribe(second.on_change)
        await second.until_names("mic", "speaker")
        assert len(_watching()) == 1
        one.close()
        one.close()
        told = len(first.told)
        card.unplug("speaker")
        await second.until_names("mic")
        other.close()
    assert len(first.told) == told


async def test_thread_lives_as_long_as_somebody_watches() -> None:
    watcher, watch = Watcher(), DeviceWatch()
    with SoundCard() as card, card.applied():
        for _ in range(3):
            assert _watching() == []
            subscription = watch.subscribe(watcher.on_change)
            (thread,) = _watching()
            subscription.close()
            await asyncio.to_thread(thread.join, _PATIENCE_S)
            assert not thread.is_alive()


async def test_nothing_is_told_after_the_close() -> None:
    watcher, watch = Watcher(), DeviceWatch()
    with SoundCard() as card, card.applied():
        watch.subscribe(watcher.on_change).close()
        other = Watcher()
        subscription = watch.subscribe(other.on_change)
        await other.until_names("mic", "speaker")
        subscription.close()
    assert watcher.told == []


async def test_without_a_server_portaudio_is_asked_now_and_then(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_watch, "POLL_S", 0.1)
    watcher = Watcher()
    with SoundCard(microphones=("mic", "mic_b"), has_pulse=False) as card, card.applied():
        subscription = DeviceWatch().subscribe(watcher.on_change)
        await watcher.until_names("mic", "mic_b", "speaker", "default")
        card.unplug("mic_b")
        await watcher.until_names("mic", "speaker", "default")
        subscription.close()
    assert portaudio.is_idle()


async def test_machine_without_sound_has_no_devices(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PULSE_SERVER", "unix:/nowhere")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nowhere/alsa.conf")
    watcher = Watcher()
    subscription = DeviceWatch().subscribe(watcher.on_change)
    await watcher.until_names()
    subscription.close()
