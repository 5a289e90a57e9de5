from __future__ import annotations

from typing import Any

import pytest

from benchmarks.row import Row
from benchmarks.sound.rows import Outcome, rows

GOOD: dict[str, dict[str, Any]] = {
    "self_talk": {
        "seconds": 900.0,
        "ducks": 7,
        "interruptions": 0,
        "delays_ms": [58.0, 64.0],
        "corrections": 0,
    },
    "barge_in": {
        "trials": [
            {"is_detected": True, "duck_ms": 100.0, "stop_ms": 500.0, "said": "a b", "heard": "a b"},
            {"is_detected": True, "duck_ms": 140.0, "stop_ms": 800.0, "said": "a b", "heard": "a b"},
        ],
        "repeats": 0,
    },
    "backchannel": {"count": 25, "stoppers": []},
    "false_turn": {"seconds": 300, "turns": []},
    "press": {"lost": [0, 0], "lead_ms": [99.0, 104.0]},
    "unplug": {"fallback_ms": [80.0, 400.0], "back_ms": [50.0], "before": "a", "after": "b", "has_leaked": 0},
    "underrun": {"seconds": 600.0, "breaks": 0, "lost": 0},
    "cpu": {"silence": [3.0], "speech": [8.0]},
    "key_stop": {"stop_ms": [30.0, 45.0]},
}


def outcomes(**changed: dict[str, Any]) -> dict[str, Outcome]:
    made = {part: Outcome() for part in GOOD}
    for part, figures in GOOD.items():
        made[part].add(figures | changed.get(part, {}))
    return made


def by_id(made: list[Row]) -> dict[str, Row]:
    return {row.id.removeprefix("audio."): row for row in made}


def test_every_promised_row_is_there_and_met() -> None:
    made = by_id(rows(outcomes()))
    assert set(made) == {
        "self_interruptions", "false_ducks_per_min", "barge_in_detected", "duck_p50_ms", "duck_p95_ms",
        "stop_p95_ms", "backchannel_stops", "barge_in_wer", "false_turns", "samples_lost_at_press",
        "fallback_ms", "underruns", "cpu_silence", "cpu_speech", "key_stop_p95_ms",
    }  # fmt: skip
    assert [name for name, row in made.items() if not row.ok] == []
    assert made["duck_p50_ms"].figure == 120
    assert made["duck_p95_ms"].figure == 140


def test_lanes_are_added_up() -> None:
    both = outcomes()
    for part, figures in GOOD.items():
        both[part].add(figures)
    made = by_id(rows(both))
    assert made["self_interruptions"].claim.startswith(
        "The character stopped by its own voice, in 30.0 minutes"
    )
    assert made["false_ducks_per_min"].figure == pytest.approx(14 / 30, abs=0.001)


@pytest.mark.parametrize(
    ("part", "change", "row"),
    [
        ("self_talk", {"interruptions": 1}, "self_interruptions"),
        ("self_talk", {"ducks": 16}, "false_ducks_per_min"),
        ("backchannel", {"stoppers": ["mhm"]}, "backchannel_stops"),
        ("false_turn", {"turns": ["the"]}, "false_turns"),
        ("press", {"lost": [0, 1]}, "samples_lost_at_press"),
        ("unplug", {"fallback_ms": [80.0, 1_100.0]}, "fallback_ms"),
        ("unplug", {"has_leaked": 1}, "fallback_ms"),
        ("underrun", {"breaks": 1}, "underruns"),
        ("underrun", {"lost": 320}, "underruns"),
        ("cpu", {"silence": [4.5]}, "cpu_silence"),
        ("cpu", {"speech": [10.5]}, "cpu_speech"),
        ("key_stop", {"stop_ms": [30.0, 51.0]}, "key_stop_p95_ms"),
    ],
)
def test_each_row_can_fail(part: str, change: dict[str, Any], row: str) -> None:
    failed = [name for name, each in by_id(rows(outcomes(**{part: change}))).items() if not each.ok]
    assert failed == [row]


def test_a_part_that_failed_leaves_the_others() -> None:
    made = outcomes()
    made["press"].failures.append("the room fell in")
    del made["cpu"]
    failed = {name: row.claim for name, row in by_id(rows(made)).items() if not row.ok}
    assert failed == {
        "samples_lost_at_press": "Not measured: the room fell in",
        "cpu_silence": "Not measured: nothing came of it",
        "cpu_speech": "Not measured: nothing came of it",
    }
