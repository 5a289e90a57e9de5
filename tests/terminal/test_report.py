from __future__ import annotations

import io
import json
import sys

import pytest

from app.terminal.report import JsonReport, PlainReport, Report, SilentReport, report


class Terminal(io.StringIO):
    """Standard output on a terminal."""

    def isatty(self) -> bool:
        return True


def tell(told: Report) -> None:
    told.session(None, "s1", "default")
    told.heard("a.wav", "what time", is_final=False)
    told.heard("a.wav", "what time is it", is_final=True)
    told.reply("a.wav", "It is", "m1", is_final=False)
    told.timing("a.wav", 512.345)
    told.reply("a.wav", "It is noon – Grüße.", "m1", is_final=True)
    told.voice("a.wav", "m1", 1.23456)
    told.error("a.wav", "That went wrong. Try again.")


def test_json_is_one_object_per_line_with_exactly_the_promised_fields(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell(report(as_json=True))
    assert [json.loads(line) for line in capsys.readouterr().out.splitlines()] == [
        {"event": "session", "file": None, "session_id": "s1", "character_id": "default"},
        {"event": "stt", "file": "a.wav", "text": "what time", "final": False},
        {"event": "stt", "file": "a.wav", "text": "what time is it", "final": True},
        {"event": "reply", "file": "a.wav", "text": "It is", "final": False, "message_id": "m1"},
        {"event": "timing", "file": "a.wav", "end_of_speech_to_first_audio_ms": 512.3},
        {"event": "reply", "file": "a.wav", "text": "It is noon – Grüße.", "final": True, "message_id": "m1"},
        {"event": "voice", "file": "a.wav", "message_id": "m1", "seconds": 1.235},
        {"event": "error", "file": "a.wav", "message": "That went wrong. Try again."},
    ]


def test_a_line_break_in_a_reply_does_not_break_the_line(capsys: pytest.CaptureFixture[str]) -> None:
    JsonReport().reply(None, "one\ntwo", "m1", is_final=True)
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["text"] == "one\ntwo"


def test_a_person_reads_captions_replies_and_the_time_between_them(
    capsys: pytest.CaptureFixture[str],
) -> None:
    tell(report(as_json=False))
    assert capsys.readouterr().out.splitlines() == [
        "You: what time …",
        "You: what time is it",
        "(0.51 s from the end of speech to the voice)",
        "Heron: It is noon – Grüße.",
    ]


def test_on_a_terminal_a_caption_is_written_over_the_one_before(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    told = PlainReport()
    told.heard(None, "what time is", is_final=False)
    told.heard(None, "what", is_final=False)
    told.heard(None, "what time", is_final=True)
    told.reply(None, "It is noon.", "m1", is_final=True)
    longest = len("You: what time is …")
    assert terminal.getvalue().split("\r") == [
        "",
        "You: what time is …",
        "You: what …".ljust(longest),
        "You: what time\n",
        "Heron: It is noon.\n",
    ]


def test_an_error_does_not_stand_behind_a_caption(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    told = PlainReport()
    told.heard(None, "what", is_final=False)
    told.error(None, "That went wrong.")
    told.error(None, "Again.")
    assert terminal.getvalue() == "\rYou: what …\n"


def test_a_silent_report_prints_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    tell(SilentReport())
    assert capsys.readouterr() == ("", "")
