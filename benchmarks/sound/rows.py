"""From what the lanes measured to the rows of the suite."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final

from benchmarks.comparison import percentile
from benchmarks.row import Row
from benchmarks.word_errors import word_error_rate

Figures = dict[str, Any]


@dataclass(slots=True)
class Outcome:
    """What came of a part in all lanes.

    Attributes:
        figures: Numbers are added up, lists are joined.
        failures: Why it could not be measured.
    """

    figures: Figures = field(default_factory=dict)
    failures: list[str] = field(default_factory=list)

    def add(self, result: Figures) -> None:
        """Take what a lane measured."""
        for name, value in result.items():
            self.figures[name] = self.figures[name] + value if name in self.figures else value


def rows(outcomes: dict[str, Outcome]) -> list[Row]:
    """Return every row; one that was not measured says why, and is not met."""
    made = []
    for part, makers in _MAKERS.items():
        outcome = outcomes.get(part, Outcome())
        for name, make in makers.items():
            if outcome.failures or not outcome.figures:
                why = "; ".join(outcome.failures) or "nothing came of it"
                made.append(Row(f"audio.{name}", f"Not measured: {why}", 0.0, "", "measured", ok=False))
            else:
                made.append(make(f"audio.{name}", outcome.figures))
    return made


def _self_interruptions(name: str, got: Figures) -> Row:
    delays = got["delays_ms"] or [0.0]
    claim = (
        f"The character stopped by its own voice, in {_minutes(got)} over an open loudspeaker"
        f" (echo after {min(delays):.0f} to {max(delays):.0f} ms, set right {got['corrections']} times)"
    )
    return Row.at_most(name, claim, got["interruptions"], "times", 0)


def _false_ducks(name: str, got: Figures) -> Row:
    claim = f"The character softer without a reason: {got['ducks']} times in the same {_minutes(got)}"
    return Row.at_most(name, claim, got["ducks"] / (got["seconds"] / 60), "a minute", 1)


def _detected(name: str, got: Figures) -> Row:
    trials = got["trials"]
    share = 100 * sum(trial["is_detected"] for trial in trials) / len(trials)
    return Row.at_least(name, f"Sentences that stopped the character, of {len(trials)}", share, "%", 95)


def _after_onset(name: str, got: Figures, key: str, what: str, percent: float, limit: float) -> Row:
    times = [trial[key] for trial in got["trials"]]
    claim = (
        f"Onset of speech to {what}, {'median' if percent == 50 else f'p{percent:g}'} of {len(times)}"
        f" (worst {max(times):.0f})"
    )
    figure = statistics.median(times) if percent == 50 else percentile(times, percent)
    return Row.at_most(name, claim, figure, "ms", limit)


def _backchannel_stops(name: str, got: Figures) -> Row:
    by_what = f": {', '.join(got['stoppers'])}" if got["stoppers"] else ""
    claim = f"Hums, coughs and slammed doors that stopped the character, of {got['count']}{by_what}"
    return Row.at_most(name, claim, len(got["stoppers"]), "times", 0)


def _wer(name: str, got: Figures) -> Row:
    pairs = [(trial["said"], trial["heard"]) for trial in got["trials"]]
    claim = f"Word errors of the {len(pairs)} sentences spoken over the character"
    return Row.at_most(name, claim, word_error_rate(pairs), "%", 20)


def _false_turns(name: str, got: Figures) -> Row:
    claim = f"Turns taken of typing and pink noise at 10 dB, in {_minutes(got)}"
    return Row.at_most(name, claim, len(got["turns"]), "turns", 0)


def _lost_at_press(name: str, got: Figures) -> Row:
    claim = (
        f"Samples that the server did not receive, over {len(got['lost'])} presses"
        f" {min(got['lead_ms']):.0f} to {max(got['lead_ms']):.0f} ms after the onset of speech"
    )
    return Row.at_most(name, claim, sum(got["lost"]), "samples", 0)


def _fallback(name: str, got: Figures) -> Row:
    times = got["fallback_ms"]
    claim = (
        f"From the plug to sound on another device, worst of {len(times)};"
        f" back after {max(got['back_ms']):.0f} ms at worst; {got['before']} before, {got['after']} after"
    )
    row = Row.at_most(name, claim, max(times), "ms", 1_000)
    if got["has_leaked"]:
        return Row(row.id, f"{claim}: a leak", row.figure, row.unit, row.target, ok=False)
    return row


def _underruns(name: str, got: Figures) -> Row:
    claim = (
        f"Breaks of a tone in {_minutes(got)} beside a busy GUI thread;"
        f" {got['lost']} samples of the microphone lost"
    )
    row = Row.at_most(name, claim, got["breaks"], "breaks", 0)
    return row if not got["lost"] else Row(row.id, claim, row.figure, row.unit, row.target, ok=False)


def _cpu(name: str, got: Figures, key: str, what: str, limit: float) -> Row:
    claim = f"CPU of capture, processing, voice activity and playback while {what}"
    return Row.at_most(name, claim, statistics.mean(got[key]), "% of a core", limit)


def _key_stop(name: str, got: Figures) -> Row:
    times = got["stop_ms"]
    claim = (
        f"From the key to silence at the loudspeaker, p95 of {len(times)}"
        f" (median {statistics.median(times):.0f}, worst {max(times):.0f})"
    )
    return Row.at_most(name, claim, percentile(times, 95), "ms", 50)


def _minutes(got: Figures) -> str:
    return f"{got['seconds'] / 60:.1f} minutes"


_Maker = Callable[[str, Figures], Row]

_MAKERS: Final[dict[str, dict[str, _Maker]]] = {
    "self_talk": {"self_interruptions": _self_interruptions, "false_ducks_per_min": _false_ducks},
    "barge_in": {
        "barge_in_detected": _detected,
        "duck_p50_ms": lambda name, got: _after_onset(name, got, "duck_ms", "the softer voice", 50, 150),
        "duck_p95_ms": lambda name, got: _after_onset(name, got, "duck_ms", "the softer voice", 95, 250),
        "stop_p95_ms": lambda name, got: _after_onset(name, got, "stop_ms", "silence", 95, 900),
        "barge_in_wer": _wer,
    },
    "backchannel": {"backchannel_stops": _backchannel_stops},
    "false_turn": {"false_turns": _false_turns},
    "press": {"samples_lost_at_press": _lost_at_press},
    "unplug": {"fallback_ms": _fallback},
    "underrun": {"underruns": _underruns},
    "cpu": {
        "cpu_silence": lambda name, got: _cpu(name, got, "silence", "nobody speaks", 4),
        "cpu_speech": lambda name, got: _cpu(name, got, "speech", "person and character speak", 10),
    },
    "key_stop": {"key_stop_p95_ms": _key_stop},
}
"""Each part's rows, by the measure's name."""
