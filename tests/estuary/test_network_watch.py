from __future__ import annotations

import asyncio
import socket

import pytest

from app.estuary import network_watch
from app.estuary.network_watch import NetworkWatch, Way, way_out

EVERY_S = 0.005


class Network:
    """Ways out of a machine, one per look; the last one stays."""

    def __init__(self, *ways: Way) -> None:
        self._ways = list(ways)
        self.looks = 0

    def look(self) -> Way:
        self.looks += 1
        return self._ways.pop(0) if len(self._ways) > 1 else self._ways[0]


HOME, HOTEL, NOWHERE = ("192.0.2.7", None), ("198.51.100.9", None), (None, None)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "ways",
    [
        (NOWHERE, HOME),
        (NOWHERE, NOWHERE, NOWHERE, HOME),
        (HOME, NOWHERE, HOME),
        (HOME, HOTEL),
        (HOME, ("192.0.2.7", "2001:db8::7")),
    ],
)
async def test_a_way_out_that_was_not_there_before_is_news(ways: tuple[Way, ...]) -> None:
    network = Network(*ways)
    await asyncio.wait_for(NetworkWatch(network.look, EVERY_S).until_back(), 1)
    assert network.looks == len(ways)


@pytest.mark.asyncio
@pytest.mark.parametrize("ways", [(HOME,), (NOWHERE,), (HOME, NOWHERE), (("192.0.2.7", "2001:db8::7"), HOME)])
async def test_a_way_out_that_stays_or_goes_is_none(ways: tuple[Way, ...]) -> None:
    network = Network(*ways)
    waiting = asyncio.create_task(NetworkWatch(network.look, EVERY_S).until_back())
    await asyncio.sleep(10 * EVERY_S)
    assert not waiting.done()
    assert network.looks > 3
    waiting.cancel()
    await asyncio.gather(waiting, return_exceptions=True)


def test_the_way_out_is_an_address_of_this_machine_or_none() -> None:
    ways = way_out()
    assert len(ways) == 2
    for way, family in zip(ways, (socket.AF_INET, socket.AF_INET6), strict=True):
        if way is not None:
            assert socket.inet_pton(family, way)


def test_a_machine_without_a_network_has_no_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = ((socket.AF_INET, ("255.255.255.255", 9)), (socket.AF_INET6, ("no address", 9)))
    monkeypatch.setattr(network_watch, "_FAR_AWAY", nowhere)
    assert way_out() == (None, None)
