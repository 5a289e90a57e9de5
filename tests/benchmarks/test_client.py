from __future__ import annotations

import importlib.metadata

import pytest

from app.core.errors import UserError
from benchmarks import client
from benchmarks.comparison import Comparison
from benchmarks.contender import CONTENDERS, HERON, SDK

TARGETS = {
    "client.connect": "<= 0.6",
    "client.send_cpu": "<= 0.75",
    "client.send_cpu_floor": "<= 1.3",
    "client.wire_p99": "<= 0.9",
    "client.dispatch_960": ">= 2.5",
    "client.dispatch_9600": ">= 2.5",
    "client.import_time": "<= 0.65",
    "client.import_rss": "<= 0.85",
    "client.lost_or_reordered": "<= 0",
}

FIGURES = (
    "connect_ms",
    "send_cpu_ms",
    "wire_p50_ms",
    "wire_p99_ms",
    "dispatch_960",
    "dispatch_9600",
    "import_ms",
    "import_mb",
    "first_session_ms",
    "first_session_mb",
)


def equals() -> Comparison:
    comparison = Comparison()
    for name in CONTENDERS:
        comparison.add(name, dict.fromkeys(FIGURES, 10.0))
        comparison.add(name, {"lost_or_reordered": 0})
    return comparison


def test_the_rows_are_the_promised_ones() -> None:
    assert {row.id: row.target for row in client._rows(equals())} == TARGETS


def test_being_as_good_as_the_others_is_not_enough() -> None:
    met = {row.id for row in client._rows(equals()) if row.ok}
    assert met == {"client.send_cpu_floor", "client.lost_or_reordered"}


def test_a_claim_shows_what_was_measured() -> None:
    comparison = equals()
    comparison.add(HERON, {"connect_ms": 20.0})
    comparison.add(SDK, {"connect_ms": 40.0})
    row = client._rows(comparison)[0]
    assert (
        row.claim == "From connect to the open session: heron 15.00, estuary-sdk 25.00, websockets 10.00 ms"
    )
    assert row.figure == 0.75


@pytest.mark.parametrize("version", [None, "0.9.1"])
def test_without_the_peer_nothing_is_measured(version: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    def stated(name: str) -> str:
        if version is None:
            raise importlib.metadata.PackageNotFoundError(name)
        return version

    monkeypatch.setattr(importlib.metadata, "version", stated)
    with pytest.raises(UserError, match=rf"{version or 'missing'} here\. Run \./test once"):
        client.measure(quick=True)
