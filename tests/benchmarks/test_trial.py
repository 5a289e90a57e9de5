from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from benchmarks.child_process import Interpreters, ServerProcess
from benchmarks.contender import CONTENDERS, HERON
from benchmarks.start_up import start_up

Parts = tuple[Interpreters, ServerProcess]


@pytest.fixture(scope="module")
def parts() -> Iterator[Parts]:
    with Interpreters() as interpreters, ServerProcess(interpreters) as server:
        yield interpreters, server


def run(parts: Parts, measure: str, name: str, *numbers: int) -> dict[str, float]:
    interpreters, server = parts
    arguments = ("-m", "benchmarks.trial", measure, name, server.url, *map(str, numbers))
    return interpreters.run(measure, *arguments)


@pytest.mark.integration
@pytest.mark.parametrize("name", CONTENDERS)
def test_every_client_takes_its_turn_at_every_speed(parts: Parts, name: str) -> None:
    soon = time.monotonic_ns()
    assert run(parts, "connect", name, 1, soon)["connect_ms"] > 0
    assert run(parts, "dispatch", name, 960, 50)["dispatch_960"] > 0
    parts[1].take_latencies()
    assert run(parts, "send", name, 20, soon).keys() == {"send_cpu_ms"}
    assert len(parts[1].take_latencies()[name]) == 20


@pytest.mark.integration
def test_our_client_loses_nothing(parts: Parts) -> None:
    assert run(parts, "order", HERON, 500) == {"lost_or_reordered": 0}


@pytest.mark.integration
@pytest.mark.parametrize("name", CONTENDERS)
def test_every_client_has_a_start(parts: Parts, name: str) -> None:
    interpreters, server = parts
    figures = start_up(interpreters, name, server.url)
    assert {"import_ms", "import_mb"} <= figures.keys()
    assert all(figure > 0 for figure in figures.values())
