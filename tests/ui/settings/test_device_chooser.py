from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.audio.devices.device import Device
from app.audio.devices.direction import Direction
from app.core.settings import Names, Value, setting_named
from app.ui.appearance import Appearance
from app.ui.settings.device_chooser import DeviceChooser
from tests.integration.sound_card import SoundCard
from tests.ui.open_window import until
from tests.ui.settings.at_desk import gone

BUILT_IN = Device("in.0", "Built-in Microphone", Direction.INPUT, "PulseAudio", "0", is_default=True)
USB = Device("in.usb", "USB Headset", Direction.INPUT, "PulseAudio", "1")
SPEAKER = Device("out.0", "Built-in Speakers", Direction.OUTPUT, "PulseAudio", "2", is_default=True)


def made(appearance: Appearance) -> tuple[DeviceChooser, list[Value]]:
    kind = setting_named("sound.microphone")[1].kind
    assert isinstance(kind, Names)
    chooser = DeviceChooser(appearance, kind)
    said: list[Value] = []
    chooser.edited.connect(said.append)
    return chooser, said


def items(chooser: DeviceChooser) -> list[str]:
    return [chooser.box.itemText(at) for at in range(chooser.box.count())]


def test_it_offers_what_is_there_and_what_the_system_prefers(qtbot: QtBot, appearance: Appearance) -> None:
    chooser, said = made(appearance)
    qtbot.addWidget(chooser)
    assert items(chooser) == ["System default"]
    chooser.show_devices((BUILT_IN, USB, SPEAKER))
    assert items(chooser) == ["System default (Built-in Microphone)", "Built-in Microphone", "USB Headset"]
    assert chooser.box.currentIndex() == 0
    chooser.show_value(("in.usb",))
    assert chooser.box.currentText() == "USB Headset"
    chooser.show_devices((BUILT_IN,))
    assert chooser.box.currentText() == "in.usb (not connected)"
    chooser.show_devices((BUILT_IN, USB))
    assert chooser.box.currentText() == "USB Headset"
    assert said == []


def test_the_chosen_one_comes_first_and_the_earlier_ones_stay_behind_it(
    qtbot: QtBot, appearance: Appearance
) -> None:
    chooser, said = made(appearance)
    qtbot.addWidget(chooser)
    chooser.show_devices((BUILT_IN, USB))
    chooser.show_value(("in.usb",))
    chooser.box.setCurrentIndex(1)
    chooser.box.activated.emit(1)
    assert said == [("in.0", "in.usb")]
    chooser.show_value(("in.0", "in.usb"))
    assert chooser.rest.text() == "If it is not there: USB Headset"
    chooser.box.activated.emit(0)
    assert said[-1] == ()
    chooser.show_value(())
    assert not chooser.rest.isVisibleTo(chooser)


@pytest.mark.asyncio
@pytest.mark.integration
async def test_it_follows_the_devices_while_it_can_be_seen(qtbot: QtBot, appearance: Appearance) -> None:
    with SoundCard(microphones=("mic", "headset")) as card, card.applied():
        chooser, said = made(appearance)
        chooser.show()
        await until(lambda: "headset" in items(chooser), 10)
        chooser.box.setFocus()
        QTest.keyClick(chooser.box, Qt.Key.Key_Down)
        assert said == [("mic",)]
        card.unplug("headset")
        await until(lambda: "headset" not in items(chooser), 10)
        chooser.hide()
        assert chooser._watching is None
        await gone(chooser)
