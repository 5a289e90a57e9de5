"""What is copied from the diagnostics."""

from __future__ import annotations

import pytest

from app import __version__
from app.conversation.diagnosis import SHOWN_TURNS, Diagnosis, described, host_of, versions
from app.conversation.loop_lag import LagSummary
from app.estuary.turn_times import TurnTimes
from app.estuary.voice_facts import DeviceFacts, VoiceFacts

FULL = Diagnosis(
    server="estuary.example:8443",
    link="ready",
    round_trip_s=0.0231,
    lag=LagSummary(200, 0.001, 0.0142, 0.0301),
    voice=VoiceFacts(
        DeviceFacts("Headset", is_open=True, rate=44_100, losses=2),
        DeviceFacts("Monitor", is_open=False, rate=48_000, latency_s=0.0342, losses=3),
        dropped_frames=7,
    ),
    turns=(
        TurnTimes(10.0, 11.0, 11.4, 11.45, 11.7),
        TurnTimes(20.0, 21.0, barge_in_onset=19.5, ducked=19.58, silent=20.1),
        TurnTimes(final_caption=30.0),
    ),
)


def test_a_report_has_every_figure() -> None:
    lines = FULL.as_text().splitlines()
    assert f"Heron: {__version__}" in lines
    assert "Server: estuary.example:8443 (ready)" in lines
    assert "Round trip: 23 ms" in lines
    assert "Event loop late: median 1 ms, p99 14 ms, most 30 ms, 200 looks" in lines
    assert "Microphone: Headset, 44.1 kHz, 2 frames lost" in lines
    assert "Speaker: Monitor, 48 kHz, 34 ms to the ear, closed, ran dry 3 times" in lines
    assert "Dropped frames: 7" in lines
    assert "Turn 1: caption 400 ms, first text 450 ms, first audio 700 ms" in lines
    assert "Turn 2: ducked 80 ms, silent 600 ms" in lines
    assert "Turn 3: typed" in lines


def test_before_anything_happened_there_is_a_report_too() -> None:
    text = Diagnosis().as_text()
    assert "Server: - (-)" in text
    assert "Round trip: -" in text
    assert "Microphone" not in text
    assert described(DeviceFacts()) == "not opened"


def test_only_the_latest_turns_are_in_a_report() -> None:
    many = tuple(TurnTimes(at, at + 1.0, at + 1.0 + at / 1000) for at in map(float, range(SHOWN_TURNS + 5)))
    text = Diagnosis(turns=many).as_text()
    assert text.count("Turn ") == SHOWN_TURNS
    assert f"Turn {SHOWN_TURNS}: caption {SHOWN_TURNS + 4} ms" in text


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://user:secret@estuary.example:8443/path?key=secret", "estuary.example:8443"),
        ("https://estuary.example", "estuary.example"),
        ("", ""),
    ],
)
def test_of_an_address_only_host_and_port_are_told(url: str, host: str) -> None:
    assert host_of(url) == host


def test_libraries_have_versions() -> None:
    found = dict(versions())
    assert "not installed" not in found.values()
    assert found["numpy"].count(".") == 2
