"""From what was measured to the rows of the suite."""

from __future__ import annotations

import statistics
from typing import Any

from benchmarks.comparison import Comparison, percentile
from benchmarks.row import Row
from benchmarks.window_parts.first_picture import BARE, HERON

Figures = dict[str, Any]


def rows(got: Figures) -> list[Row]:
    """Return every row but those of `benchmarks.chat_view`."""
    return [
        *_start(got["first"], got["ready_s"]),
        *_memory(got["rss_mb"]),
        *_rest(got),
        _listening(got),
        _search(got["search_ms"]),
        _key(got["press_ms"]),
        _lag(got["waits_ms"]),
    ]


def _start(first: Comparison, ready_s: list[float]) -> list[Row]:
    medians = ", ".join(f"{name} {first.median('painted_ms', name):.0f}" for name in (HERON, BARE))
    return [
        Row.at_most(
            "window.first_paint_ratio",
            f"From the start to the first picture, with conversation, controls and state in it: {medians} ms",
            first.ratio("painted_ms", HERON, BARE),
            f"× {BARE}",
            2.0,
        ),
        Row.at_most(
            "window.ready_s",
            f"From the start until the local character listens, median of {len(ready_s)}"
            f" (worst {max(ready_s):.2f})",
            statistics.median(ready_s),
            "s",
            2.5,
        ),
    ]


def _memory(rss_mb: list[float]) -> list[Row]:
    after = "after a conversation in a history of 100 000 messages"
    return [
        Row.at_most("window.rss_mb", f"Resident memory of the window, {after}", rss_mb[0], "MB", 180),
        Row.at_most("window.rss_with_server_mb", "The same with the local server's", sum(rss_mb), "MB", 400),
    ]


def _rest(got: Figures) -> list[Row]:
    changed = f": {', '.join(got['changed'])}" if got["changed"] else ""
    return [
        _still("window.idle_cpu", "CPU at rest, microphone closed", got["idle"], 0.3),
        _still("window.hidden_cpu", "The same, minimised", got["hidden"], 0.1),
        Row.at_most(
            "window.idle_disk_writes",
            f"Bytes and files that window and server write meanwhile{changed}",
            got["written"] + len(got["changed"]),
            "bytes",
            0,
        ),
    ]


def _still(name: str, claim: str, shares: list[float], limit: float) -> Row:
    claim = f"{claim}; the local server beside it: {sum(shares[1:]):.2f}"
    return Row.at_most(name, claim, shares[0], "% of a core", limit)


def _listening(got: Figures) -> Row:
    claim = f"CPU while it listens and draws {got['per_second']:.0f} pictures of sound a second"
    return Row.at_most("window.listening_cpu", claim, got["listening"][0], "% of a core", 6)


def _search(took: list[float]) -> Row:
    claim = (
        f"A search in 100 000 messages, p95 of {len(took)}"
        f" (median {statistics.median(took):.1f}, worst {max(took):.1f})"
    )
    return Row.at_most("window.search_ms_100k", claim, percentile(took, 95), "ms", 50)


def _key(took: list[float]) -> Row:
    claim = (
        f"From the talk key to “Listening” on the screen, p95 of {len(took)}"
        f" (median {statistics.median(took):.0f}, worst {max(took):.0f})"
    )
    return Row.at_most("window.key_to_state_ms", claim, percentile(took, 95), "ms", 50)


def _lag(waits: list[float]) -> Row:
    claim = (
        f"What waits for the event loop in a conversation while the window is resized, p99 of {len(waits)}"
        f" (median {statistics.median(waits):.1f}, worst {max(waits):.0f})"
    )
    return Row.at_most("window.loop_lag_p99_ms", claim, percentile(waits, 99), "ms", 20)
