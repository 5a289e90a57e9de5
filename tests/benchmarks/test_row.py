from __future__ import annotations

import json

import pytest

from benchmarks.row import Row


@pytest.mark.parametrize(("figure", "ok"), [(11.9, True), (12.0, True), (12.0004, False), (40.0, False)])
def test_a_figure_may_reach_its_limit_but_not_exceed_it(figure: float, ok: bool) -> None:
    assert Row.at_most("talk.wer", "Word errors", figure, "%", 12.0).ok is ok


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
