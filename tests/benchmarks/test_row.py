from __future__ import annotations

import json

import pytest

from benchmarks.row import Row


@pytest.mark.parametrize(("figure", "ok"), [(11.9, True), (12.0, True), (12.0004, False), (40.0, False)])
def test_a_figure_may_reach_its_limit_but_not_exceed_it(figure: float, ok: bool) -> None:
    assert Row.at_most("talk.wer", "Word errors", figure, "%", 12.0).ok is ok


@pytest.mark.parametrize(("figure", "ok"), [(2.6, True), (2.5, True), (2.4996, False), (1.0, False)])
def test_a_figure_may_reach_its_floor_but_not_stay_below(figure: float, ok: bool) -> None:
    row = Row.at_least("client.dispatch", "Events a second", figure, "× peer", 2.5)
    assert row.ok is ok
    assert row.target == ">= 2.5"


def test_a_row_is_exactly_the_promised_keys() -> None:
    row = Row.at_most("talk.first_audio_p50_ms", "Median wait", 612.34567, "ms", 900.0)
    assert json.loads(json.dumps(row.as_json())) == {
        "id": "talk.first_audio_p50_ms",
        "claim": "Median wait",
        "figure": 612.346,
        "unit": "ms",
        "target": "<= 900",
        "ok": True,
    }
