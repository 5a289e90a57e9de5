"""A connection to a real, private bus."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.desktop.d_bus import DAEMON, BusError, DBus, Signal, plain
from tests.desktop.secret_service import session_bus

pytestmark = [pytest.mark.asyncio, pytest.mark.integration]

ASK = (DAEMON, "/org/freedesktop/DBus", DAEMON)


async def test_it_asks_and_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: asyncio.Queue[Signal] = asyncio.Queue()
    with session_bus(tmp_path / "session") as variables:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", variables["DBUS_SESSION_BUS_ADDRESS"])
        lost = asyncio.Event()
        bus = await DBus.open("session", lost.set)
        assert await bus.call((*ASK, "GetNameOwner"), "s", DAEMON) == [DAEMON]
        await bus.listen("member='NameOwnerChanged'", told.put_nowait)
        await bus.call((*ASK, "RequestName"), "su", "heron.Test", 0)
        signal = await asyncio.wait_for(told.get(), 5)
        while signal.body[0] != "heron.Test":
            signal = await asyncio.wait_for(told.get(), 5)
        assert signal.body == ["heron.Test", "", bus.name]
        with pytest.raises(BusError, match="GetNameOwner") as caught:
            await bus.call((*ASK, "GetNameOwner"), "s", "heron.Nobody")
        assert caught.value.name == "org.freedesktop.DBus.Error.NameHasNoOwner"
        await bus.close()
        assert not lost.is_set()
        with pytest.raises(BusError, match="has ended"):
            await bus.call((*ASK, "GetId"))


async def test_its_end_is_told_once_and_ends_the_questions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost = asyncio.Event()
    with session_bus(tmp_path / "session") as variables:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", variables["DBUS_SESSION_BUS_ADDRESS"])
        bus = await DBus.open("session", lost.set)
        # Nobody answers: the one who is asked is ourselves, and we only listen.
        asking = asyncio.create_task(bus.call((*ASK, "GetId")))
        assert await asking
    await asyncio.wait_for(lost.wait(), 5)
    with pytest.raises(BusError):
        await bus.call((*ASK, "GetId"))
    await bus.close()


async def test_no_bus_is_an_error_of_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    with pytest.raises(BusError, match="the session bus cannot be reached"):
        await DBus.open("session", print)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "nonsense")
    with pytest.raises(BusError, match="the session bus cannot be reached"):
        await DBus.open("session", print)


async def test_wrappings_are_taken_off_all_the_way_down() -> None:
    from dbus_fast import Variant

    inner = [("a", {"b": Variant("v", Variant("s", "c"))})]
    assert plain({"d": Variant("a(sa{sv})", [["a", {"b": Variant("s", "c")}]])}) == {"d": [["a", {"b": "c"}]]}
    assert plain(inner) == [["a", {"b": "c"}]]
