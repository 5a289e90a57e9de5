from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from app.audio.devices import device_watch, portaudio
from app.audio.devices.device_choice import SYSTEM_DEFAULT, DeviceChoice
from app.audio.devices.device_news import DeviceFound, DeviceHint, DeviceLost, DeviceMoved, DeviceNews
from app.audio.devices.device_stream import DeviceStream
from app.audio.devices.direction import Direction
from app.audio.wav import write_wav
from app.core.errors import AudioError
from tests.audio.signals import level_db, tone
from tests.integration.sound_card import SoundCard, Virtual

pytestmark = [pytest.mark.integration, pytest.mark.asyncio]

_PATIENCE_S = 5
_IN, _OUT = Direction.INPUT, Direction.OUTPUT
_USB = Virtual("mic_b", "USB Mic", 16_000)
_HEADSET = Virtual("bt", "Headset", 44_100, "a2dp_sink")


class Ear:
    """Opens a stream and keeps what becomes of it."""

    def __init__(
        self, direction: Direction, choice: DeviceChoice = SYSTEM_DEFAULT, rate: int = 16_000
    ) -> None:
        self.stream = DeviceStream(direction, rate, choice, block_ms=20, latency_s=0.06)
        self.blocks: list[bytes] = []
        self.opened: list[tuple[str, int]] = []
        self.news: asyncio.Queue[DeviceNews] = asyncio.Queue()
        self.play: bytes = b""
        self.loops: set[asyncio.AbstractEventLoop] = set()
        self._loop = asyncio.get_running_loop()
        self._block_came = asyncio.Event()

    async def open(self) -> None:
        await self.stream.open(self._on_block, self._on_device, self._on_news)

    async def next(self) -> DeviceNews:
        return await asyncio.wait_for(self.news.get(), _PATIENCE_S)

    async def moved_to(self, name: str) -> str:
        """Wait until the stream has moved and blocks flow there; return what was told."""
        news = await self.next()
        assert isinstance(news, DeviceMoved), news
        assert news.device == name
        await self.hear(2)
        return news.sentence

    async def hear(self, blocks: int) -> None:
        """Wait for so many more blocks."""
        wanted = len(self.blocks) + blocks
        await self.until(lambda: len(self.blocks) >= wanted)

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until a block has come after which the condition holds."""
        async with asyncio.timeout(_PATIENCE_S):
            while not condition():
                self._block_came.clear()
                await self._block_came.wait()

    @property
    def on(self) -> str:
        assert self.stream.device is not None
        return self.stream.device.name

    def _on_block(self, buffer: Any, _times: Any, _status: Any) -> None:
        if self.play:
            buffer[:] = (self.play * len(buffer))[: len(buffer)]
        self.blocks.append(bytes(buffer))
        self._loop.call_soon_threadsafe(self._block_came.set)

    def _on_device(self, rate: int, _latency_s: float) -> None:
        self.opened.append((self.on, rate))

    def _on_news(self, news: DeviceNews) -> None:
        self.loops.add(asyncio.get_running_loop())
        self.news.put_nowait(news)


@asynccontextmanager
async def listening(direction: Direction, *preferred: str, avoids: bool = False) -> AsyncIterator[Ear]:
    ear = Ear(direction, DeviceChoice(preferred, avoids))
    await ear.open()
    try:
        await ear.hear(2)
        yield ear
    finally:
        await ear.stream.close()


async def _idle() -> None:
    """Wait until no device is open any more, even one whose closing was not waited for."""
    async with asyncio.timeout(_PATIENCE_S):
        while not portaudio.is_idle():  # noqa: ASYNC110 - nobody tells of it
            await asyncio.sleep(0.01)


def _open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.fixture
def card() -> Iterator[SoundCard]:
    with SoundCard(microphones=("mic", _USB), speakers=("speaker", _HEADSET)) as made, made.applied():
        portaudio.refresh()
        yield made
        assert portaudio.is_idle(), "a microphone or speaker was left open"


async def test_each_direction_goes_to_the_chosen_device(card: SoundCard, tmp_path: Path) -> None:
    write_wav(tmp_path / "tone.wav", tone(440, 16_000, 0.5), 16_000)
    async with listening(_IN, "USB Mic") as chosen, listening(_IN, "mic") as other:
        await asyncio.to_thread(card.say, tmp_path / "tone.wav", "mic_b")
        assert any(map(any, chosen.blocks))
        assert not any(map(any, other.blocks))
    with card.listen(16_000) as speaker, card.listen(16_000, "bt") as headset:
        async with listening(_OUT, "Headset") as ear:
            ear.play = b"\0\x10"
            await ear.hear(20)
    assert (any(speaker.pcm), any(headset.pcm)) == (False, True)


@pytest.mark.parametrize(
    ("direction", "name", "shown", "other"),
    [(_IN, "mic_b", "USB Mic", "mic"), (_OUT, "bt", "Headset", "speaker")],
)
async def test_device_that_is_pulled_out_falls_back_and_comes_back(
    card: SoundCard, direction: Direction, name: str, shown: str, other: str
) -> None:
    what, uses = {_IN: ("microphone", "listens with"), _OUT: ("speaker", "speaks through")}[direction]
    async with listening(direction, name) as ear:
        card.unplug(name)
        assert await ear.moved_to(other) == (f"The {what} “{shown}” is gone. Heron {uses} “{other}” now.")
        assert (ear.on, ear.stream.is_open) == (other, True)
        card.plug(name)
        assert await ear.moved_to(shown) == (f"The {what} “{shown}” is there now. Heron {uses} “{shown}”.")
        assert ear.on == name
        assert ear.loops == {asyncio.get_running_loop()}
    assert ear.news.empty()


async def test_order_of_preference_is_kept(card: SoundCard) -> None:
    card.add_microphone(Virtual("studio"))
    async with listening(_IN, "studio", "mic_b") as ear:
        card.unplug("studio")
        await ear.moved_to("USB Mic")
        card.unplug("mic_b")
        await ear.moved_to("mic")
        card.plug("studio")
        await ear.moved_to("studio")
        card.plug("mic_b")
        await ear.hear(10)
        assert ear.on == "studio"


async def test_change_of_the_system_s_default_is_followed(card: SoundCard) -> None:
    async with listening(_IN) as ear, listening(_OUT) as mouth, listening(_IN, "mic") as faithful:
        card.set_default_source("mic_b")
        assert await ear.moved_to("USB Mic") == "Heron listens with “USB Mic” now."
        card.set_default_sink("bt")
        assert await mouth.moved_to("Headset") == "Heron speaks through “Headset” now."
        await faithful.hear(5)
        assert (ear.on, mouth.on, faithful.on) == ("mic_b", "bt", "mic")


async def test_choice_may_change_while_it_is_open(card: SoundCard) -> None:
    async with listening(_IN) as ear:
        ear.stream.choice = DeviceChoice(("USB Mic",))
        assert await ear.moved_to("USB Mic") == "Heron listens with “USB Mic” now."
        ear.stream.choice = SYSTEM_DEFAULT
        await ear.moved_to("mic")
        assert ear.stream.choice == SYSTEM_DEFAULT


async def test_with_no_device_left_it_waits_for_one(card: SoundCard) -> None:
    async with listening(_IN, "mic_b") as ear:
        card.unplug("mic")
        card.unplug("mic_b")
        news = [await ear.next()]
        if isinstance(news[0], DeviceMoved):  # it may have been on "mic" for a moment
            news.append(await ear.next())
        assert isinstance(news[-1], DeviceLost)
        assert news[-1].sentence.endswith(
            "is gone. Plug it in again, or choose another input in the system's sound settings."
        )
        assert not ear.stream.is_open
        card.plug("mic_b")
        found = await ear.next()
        assert isinstance(found, DeviceFound)
        assert found.device == "USB Mic"
        await ear.hear(3)
        assert ear.stream.is_open


async def test_sound_server_that_is_killed_and_restarted_is_used_again(card: SoundCard) -> None:
    async with listening(_IN, "mic_b") as ear, listening(_OUT, "bt") as mouth:
        for _ in range(2):
            card.kill()
            for each, what in ((ear, "microphone “USB Mic”"), (mouth, "speaker “Headset”")):
                lost = await each.next()
                assert isinstance(lost, DeviceLost)
                assert lost.sentence.startswith(f"The sound system has stopped, and with it the {what}.")
                assert not each.stream.is_open
            card.restart()
            for each, what in ((ear, "microphone “USB Mic”"), (mouth, "speaker “Headset”")):
                assert await each.next() == DeviceFound(what.split("“")[1][:-1], f"The {what} is back.")
                await each.hear(3)


async def test_hardware_is_left_to_a_sound_server_that_will_be_back(card: SoundCard) -> None:
    with Path(card.env["ALSA_CONFIG_PATH"]).open("a") as configuration:  # noqa: ASYNC230 - it is short
        configuration.write("pcm.hardware { type null }\n")
    portaudio.refresh()
    async with listening(_IN) as ear:
        card.kill()
        assert isinstance(await ear.next(), DeviceLost)
        card.restart()
        assert isinstance(await ear.next(), DeviceFound)
        assert ear.opened == [("mic", 48_000)] * 2
    card.kill()
    ear = Ear(_IN)
    await ear.open()  # a machine whose server has never been seen has none
    assert ear.on == "hardware"
    await ear.stream.close()


async def test_sound_server_that_stands_still_for_a_while_changes_nothing(card: SoundCard) -> None:
    async with listening(_IN, "mic_b") as ear:
        card.freeze()
        await asyncio.sleep(2.5)  # longer than it takes to notice and to ask the server in vain
        card.thaw()
        await ear.hear(5)
        assert (ear.on, ear.stream.is_open) == ("mic_b", True)
    assert ear.news.empty()


async def test_sound_server_that_stands_still_holds_nobody_up(card: SoundCard) -> None:
    ear, mouth = Ear(_IN), Ear(_OUT)
    await ear.open()
    await mouth.open()
    await ear.hear(2)
    card.freeze()
    began = time.monotonic()
    await asyncio.gather(ear.stream.close(), mouth.stream.close())
    assert time.monotonic() - began < 3
    assert not ear.stream.is_open
    heard = len(ear.blocks)
    card.thaw()
    await _idle()
    assert len(ear.blocks) == heard


@pytest.mark.parametrize("rate", [16_000, 24_000, 44_100, 48_000])
async def test_device_runs_at_its_own_rate(rate: int, tmp_path: Path) -> None:
    write_wav(tmp_path / "tone.wav", tone(1000, rate, 0.6), rate)
    with SoundCard(microphones=(Virtual("mic", rate=rate),), speaker=False) as card, card.applied():
        async with listening(_IN) as ear:
            await asyncio.to_thread(card.say, tmp_path / "tone.wav")
            await ear.hear(3)
            assert (ear.stream.rate, ear.opened) == (rate, [("mic", rate)])
    assert {len(block) for block in ear.blocks} == {rate // 50 * 2}
    loud = b"".join(block for block in ear.blocks if any(block))
    assert level_db(loud, rate, 1000) == pytest.approx(-6.2, abs=1)


async def test_rate_may_change_with_the_device(card: SoundCard) -> None:
    async with listening(_IN, "mic_b") as ear:
        card.unplug("mic_b")
        await ear.moved_to("mic")
    assert ear.opened == [("mic_b", 16_000), ("mic", 48_000)]
    assert {len(block) for block in ear.blocks} == {640, 1920}


async def test_new_device_appears_while_a_stream_loses_nothing(card: SoundCard) -> None:
    lists: list[set[str]] = []
    appeared = asyncio.Event()

    def on_change(devices: Any) -> None:
        lists.append({device.name for device in devices})
        if "late" in lists[-1]:
            appeared.set()

    subscription = device_watch.WATCH.subscribe(on_change)
    async with listening(_IN, "mic") as ear:
        began, before = time.monotonic(), len(ear.blocks)
        await asyncio.to_thread(card.add_microphone, Virtual("late"))
        await asyncio.wait_for(appeared.wait(), _PATIENCE_S)
        await ear.hear(25)
        passed = time.monotonic() - began
        heard = len(ear.blocks) - before
    subscription.close()
    assert heard == pytest.approx(passed / 0.02, abs=8)
    assert (ear.opened, ear.news.empty()) == ([("mic", 48_000)], True)


async def test_headset_that_drops_to_telephone_quality_is_told(card: SoundCard) -> None:
    async with listening(_OUT, "Headset") as mouth:
        card.unplug("bt")
        await mouth.moved_to("speaker")
        card.add_speaker(Virtual("bt", "Headset", 16_000, "headset_head_unit"))
        await mouth.moved_to("Headset")
        hint = await mouth.next()
        assert isinstance(hint, DeviceHint)
        assert hint.sentence.startswith("The headset “Headset” now plays in the quality of a telephone")


async def test_bluetooth_microphone_is_spared(card: SoundCard) -> None:
    card.add_microphone(Virtual("hs", "Headset", 16_000, "headset_head_unit"))
    card.set_default_source("hs")
    async with listening(_IN, avoids=True) as sparing, listening(_IN) as other:
        assert (sparing.on != "hs", other.on) == (True, "hs")


async def test_30_unplug_cycles_leave_nothing_behind(card: SoundCard) -> None:
    async with listening(_IN, "mic_b") as ear, listening(_OUT, "bt") as mouth:
        counts = []
        for _ in range(30):
            for each, name, shown, other in (
                (ear, "mic_b", "USB Mic", "mic"),
                (mouth, "bt", "Headset", "speaker"),
            ):
                await asyncio.to_thread(card.unplug, name)
                await each.moved_to(other)
                await asyncio.to_thread(card.plug, name)
                await each.moved_to(shown)
            counts.append((_open_files(), threading.active_count()))
    assert max(fds for fds, _ in counts[1:]) <= counts[0][0] + 2
    assert max(threads for _, threads in counts[1:]) <= counts[0][1] + 1
    assert (ear.news.empty(), mouth.news.empty()) == (True, True)


async def test_without_a_sound_server_streams_move_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_watch, "CHILD_POLL_S", 0.2)
    card = SoundCard(microphones=("mic", _USB), speakers=("speaker", "other"), has_pulse=False)
    with card, card.applied():
        portaudio.refresh()
        async with listening(_IN, "mic_b") as ear, listening(_OUT, "speaker") as mouth:
            assert (ear.stream.rate, mouth.stream.rate) == (16_000, 16_000)
            card.unplug("mic_b")
            await ear.moved_to("default")
            card.plug("mic_b")
            await ear.moved_to("mic_b")
            await mouth.hear(5)  # it had to be closed and opened again for that
            assert (mouth.on, mouth.stream.is_open) == ("speaker", True)
            card.unplug("speaker")
            await mouth.moved_to("other")
            await ear.hear(5)
        assert {name for name, _ in mouth.opened} == {"speaker", "other"}
        assert portaudio.is_idle()


async def test_machine_without_a_device_gets_a_sentence() -> None:
    with SoundCard(speaker=False) as card, card.applied():
        ear = Ear(_OUT)
        with pytest.raises(
            AudioError, match=r"^No speaker was found\. Plug one in, or choose another output"
        ):
            await ear.open()
        assert (ear.stream.is_open, ear.stream.device) == (False, None)


async def test_opening_that_is_cancelled_leaves_nothing_open(card: SoundCard) -> None:
    ear = Ear(_IN)
    opening = asyncio.create_task(ear.open())
    await asyncio.sleep(0)
    opening.cancel()
    with pytest.raises(asyncio.CancelledError):
        await opening
    assert (portaudio.is_idle(), ear.stream.is_open) == (True, False)


async def test_stream_that_is_closed_while_it_opens_is_closed(card: SoundCard) -> None:
    ear = Ear(_IN)
    opening = asyncio.create_task(ear.open())
    await asyncio.sleep(0)
    await ear.stream.close()
    with pytest.raises(AudioError, match="was switched off while it was being opened"):
        await opening
    assert (portaudio.is_idle(), ear.stream.is_open, ear.blocks) == (True, False, [])


async def test_stream_is_opened_and_closed_again_and_again(card: SoundCard) -> None:
    ear = Ear(_IN)
    for _ in range(3):
        await ear.open()
        await ear.hear(2)
        await ear.stream.close()
        await ear.stream.close()
        assert portaudio.is_idle()
    await ear.open()
    await ear.open()
    await ear.stream.close()
    assert portaudio.is_idle()


async def test_listener_that_fails_does_not_end_the_following(
    card: SoundCard, caplog: pytest.LogCaptureFixture
) -> None:
    ear = Ear(_IN, DeviceChoice(("mic_b",)))

    def fail(_news: DeviceNews) -> None:
        raise ValueError("listener")

    await ear.stream.open(ear._on_block, ear._on_device, fail)
    card.unplug("mic_b")
    await ear.until(lambda: ear.opened[-1][0] == "mic")
    card.plug("mic_b")
    await ear.until(lambda: ear.opened[-1][0] == "mic_b")
    await ear.stream.close()
    assert "news of a device were not taken" in caplog.text
