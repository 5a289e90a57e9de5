"""``client``: our client beside estuary-sdk 0.8.0 and bare `websockets`, in turns, against one server."""

from __future__ import annotations

import importlib.metadata
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from app.core.errors import UserError
from benchmarks.child_process import Interpreters, ServerProcess
from benchmarks.comparison import Comparison, percentile, turns
from benchmarks.contender import BARE, CONTENDERS, HERON, SDK
from benchmarks.progress_bar import progress
from benchmarks.row import Row
from benchmarks.start_up import start_up
from benchmarks.trial import BURST_NS, FRAME_NS

_SDK_VERSION: Final = "0.8.0"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Extent:
    """How much is measured.

    Attributes:
        rounds: Turns of each client at each measure.
        bursts: Bursts of sessions that are opened in a turn.
        frames: Frames of audio that are sent in a turn.
        voices_960: Pieces of voice of 960 bytes in a flood.
        voices_9600: Pieces of voice of 9 600 bytes in a flood.
        numbered: Events that must arrive in order.
    """

    rounds: int
    bursts: int
    frames: int
    voices_960: int
    voices_9600: int
    numbered: int = 10_000


_FULL: Final = _Extent(rounds=6, bursts=5, frames=600, voices_960=12_000, voices_9600=4_000)
_QUICK: Final = _Extent(rounds=2, bursts=2, frames=200, voices_960=3_000, voices_9600=1_000)
_HEAD_START_NS: Final = 1_500_000_000
"""Time in which the clients import, connect and start voice before they send in turns."""


def measure(*, quick: bool) -> list[Row]:
    """Let the clients take turns and return the rows."""
    _require_peers()
    with Interpreters() as interpreters, ServerProcess(interpreters) as server:
        run = _Run(_QUICK if quick else _FULL, interpreters, server)
        steps = list(run.steps())
        for done, step in enumerate(steps):
            progress("client", done, len(steps))
            step()
        progress("client", len(steps), len(steps))
    return _rows(run.comparison)


def _require_peers() -> None:
    if not sys.platform.startswith("linux"):
        raise UserError("The client is measured on Linux only: elsewhere its memory cannot be read.")
    try:
        version = importlib.metadata.version(SDK)
    except importlib.metadata.PackageNotFoundError:
        version = "missing"
    if version != _SDK_VERSION:
        raise UserError(
            f"The client is measured beside {SDK} {_SDK_VERSION}, which is {version} here."
            " Run ./test once: it sets up what the benchmarks compare with."
        )


class _Run:
    """One run of the suite, step by step.

    Args:
        extent: How much is measured.
        interpreters: Starts the clients, each in a process of its own.
        server: What they all talk to.
    """

    def __init__(self, extent: _Extent, interpreters: Interpreters, server: ServerProcess) -> None:
        self.comparison = Comparison()
        self._extent = extent
        self._interpreters = interpreters
        self._server = server

    def steps(self) -> Iterator[Callable[[], None]]:
        """Yield every step, in order."""
        extent = self._extent
        for name in CONTENDERS:  # compiles what is imported
            yield partial(self._start_up, name, counts=False)
        for number in range(extent.rounds):
            order = turns(CONTENDERS, number)
            yield from (partial(self._start_up, name) for name in order)
            for size, count in ((960, extent.voices_960), (9_600, extent.voices_9600)):
                yield from (partial(self._trial, "dispatch", name, size, count) for name in order)
            yield partial(self._together, "connect", order, extent.bursts, BURST_NS)
            yield partial(self._send, order)
        yield from (partial(self._trial, "order", name, extent.numbered) for name in (HERON, SDK))

    def _start_up(self, name: str, *, counts: bool = True) -> None:
        figures = start_up(self._interpreters, name, self._server.url)
        if counts:
            self.comparison.add(name, figures)

    def _trial(self, measure: str, name: str, *numbers: int) -> None:
        """Let one client have its turn."""
        figures = self._interpreters.run(_what(measure, name), *self._arguments(measure, name, *numbers))
        self.comparison.add(name, figures)

    def _together(self, measure: str, order: list[str], count: int, slot_ns: int) -> None:
        """Let all run at the same time, but take turns within each slot."""
        begin_ns = time.monotonic_ns() + _HEAD_START_NS
        jobs = {
            _what(measure, name): self._arguments(
                measure, name, count, begin_ns + place * slot_ns // len(order)
            )
            for place, name in enumerate(order)
        }
        for name, figures in zip(order, self._interpreters.run_together(jobs).values(), strict=True):
            self.comparison.add(name, figures)

    def _send(self, order: list[str]) -> None:
        self._server.take_latencies()
        self._together("send", order, self._extent.frames, FRAME_NS)
        latencies = self._server.take_latencies()
        for name in order:
            came = latencies.get(name, [])
            if len(came) != self._extent.frames:
                raise UserError(f"{name} lost {self._extent.frames - len(came)} frames of audio on the way.")
            figures = {"wire_p50_ms": percentile(came, 50), "wire_p99_ms": percentile(came, 99)}
            self.comparison.add(name, figures)

    def _arguments(self, measure: str, name: str, *numbers: int) -> tuple[str, ...]:
        return ("-m", "benchmarks.trial", measure, name, self._server.url, *map(str, numbers))


def _what(measure: str, name: str) -> str:
    return f"The measure {measure} of {name}"


def _rows(comparison: Comparison) -> list[Row]:
    def beside(figure: str, unit: str, digits: int, *names: str) -> str:
        medians = (f"{name} {comparison.median(figure, name):.{digits}f}" for name in names or CONTENDERS)
        return f"{', '.join(medians)} {unit}"

    def ratio(figure: str, other: str = SDK) -> float:
        return comparison.ratio(figure, HERON, other)

    def first(figure: str, unit: str) -> str:
        return f"with the first session {beside(figure, unit, 0, HERON, SDK)}"

    to_sdk = f"× {SDK}"
    return [
        Row.at_most(
            "client.connect",
            f"From connect to the open session: {beside('connect_ms', 'ms', 2)}",
            ratio("connect_ms"),
            to_sdk,
            0.6,
        ),
        Row.at_most(
            "client.send_cpu",
            f"CPU per second of audio, 50 frames: {beside('send_cpu_ms', 'ms', 1)}",
            ratio("send_cpu_ms"),
            to_sdk,
            0.75,
        ),
        Row.at_most(
            "client.send_cpu_floor",
            "The same beside frames made by hand",
            ratio("send_cpu_ms", BARE),
            f"× {BARE}",
            1.3,
        ),
        Row.at_most(
            "client.wire_p99",
            f"From send_audio to the server, p99: {beside('wire_p99_ms', 'ms', 2)};"
            f" p50: {beside('wire_p50_ms', 'ms', 2)}",
            ratio("wire_p99_ms"),
            to_sdk,
            0.9,
        ),
        *(
            Row.at_least(
                f"client.dispatch_{size}",
                f"bot_voice of {size} bytes to a plain listener: {beside(f'dispatch_{size}', 'a second', 0)}",
                ratio(f"dispatch_{size}"),
                to_sdk,
                2.5,
            )
            for size in (960, 9_600)
        ),
        Row.at_most(
            "client.import_time",
            f"Import and construct: {beside('import_ms', 'ms', 0)}; {first('first_session_ms', 'ms')}",
            ratio("import_ms"),
            to_sdk,
            0.65,
        ),
        Row.at_most(
            "client.import_rss",
            f"Memory then: {beside('import_mb', 'MB', 1)}; {first('first_session_mb', 'MB')}",
            ratio("import_mb"),
            to_sdk,
            0.85,
        ),
        Row.at_most(
            "client.lost_or_reordered",
            "Of 10 000 events of five kinds, with awaiting listeners:"
            f" {beside('lost_or_reordered', 'misplaced', 0, HERON, SDK)}",
            comparison.median("lost_or_reordered", HERON),
            "events",
            0,
        ),
    ]
