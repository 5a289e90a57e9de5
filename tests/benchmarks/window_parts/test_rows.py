from __future__ import annotations

from typing import Any

import pytest

from benchmarks.comparison import Comparison
from benchmarks.row import Row
from benchmarks.window_parts.first_picture import BARE, HERON
from benchmarks.window_parts.rows import rows

TARGETS = {
    "window.first_paint_ratio": "<= 2",
    "window.ready_s": "<= 2.5",
    "window.rss_mb": "<= 180",
    "window.rss_with_server_mb": "<= 400",
    "window.idle_cpu": "<= 0.3",
    "window.hidden_cpu": "<= 0.1",
    "window.idle_disk_writes": "<= 0",
    "window.listening_cpu": "<= 6",
    "window.search_ms_100k": "<= 50",
    "window.key_to_state_ms": "<= 50",
    "window.loop_lag_p99_ms": "<= 20",
}


def first(*pairs: tuple[float, float]) -> Comparison:
    comparison = Comparison()
    for heron, bare in pairs:
        comparison.add(HERON, {"painted_ms": heron})
        comparison.add(BARE, {"painted_ms": bare})
    return comparison


def figures(**changed: Any) -> dict[str, Any]:
    good: dict[str, Any] = {
        "first": first((400, 220), (440, 220), (800, 400)),
        "ready_s": [2.0, 2.1, 2.6],
        "rss_mb": [150.0, 200.0],
        "idle": [0.2, 0.1],
        "hidden": [0.05, 0.1],
        "written": 0,
        "changed": [],
        "listening": [5.0],
        "per_second": 29.7,
        "search_ms": [1.0, 9.0],
        "press_ms": [20.0, 30.0],
        "waits_ms": [0.1] * 99 + [400.0],
    }
    return good | changed


def by_id(made: list[Row]) -> dict[str, Row]:
    return {row.id: row for row in made}


def test_every_promised_row_is_there_and_met() -> None:
    made = by_id(rows(figures()))
    assert {name: row.target for name, row in made.items()} == TARGETS
    assert [name for name, row in made.items() if not row.ok] == []
    assert made["window.first_paint_ratio"].figure == 2.0  # neighbours are compared, not the medians
    assert made["window.rss_with_server_mb"].figure == 350
    assert made["window.loop_lag_p99_ms"].figure == 0.1


@pytest.mark.parametrize(
    ("change", "row"),
    [
        ({"first": first((401, 200))}, "first_paint_ratio"),
        ({"ready_s": [2.0, 2.6, 2.6]}, "ready_s"),
        ({"rss_mb": [181.0, 100.0]}, "rss_mb"),
        ({"rss_mb": [170.0, 231.0]}, "rss_with_server_mb"),
        ({"idle": [0.31, 0.0]}, "idle_cpu"),
        ({"hidden": [0.11, 0.0]}, "hidden_cpu"),
        ({"written": 4096}, "idle_disk_writes"),
        ({"changed": ["settings.json"]}, "idle_disk_writes"),
        ({"listening": [6.1]}, "listening_cpu"),
        ({"search_ms": [51.0]}, "search_ms_100k"),
        ({"press_ms": [20.0] * 18 + [51.0] * 2}, "key_to_state_ms"),
        ({"waits_ms": [0.1] * 98 + [21.0] * 2}, "loop_lag_p99_ms"),
    ],
)
def test_each_row_can_fail(change: dict[str, Any], row: str) -> None:
    failed = [name for name, each in by_id(rows(figures(**change))).items() if not each.ok]
    assert failed == [f"window.{row}"]
