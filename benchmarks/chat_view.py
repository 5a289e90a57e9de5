"""How long the window is held up by one more line, or by one more word of a reply, in a long conversation.

Each length is measured in a process of its own, without a screen: until the rows lie where they belong and
the view has painted itself.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from app.conversation.line import Author, Line
from app.conversation.state import Link, State
from benchmarks.row import Row

LINES: Final = {"10k": 10_000, "100k": 100_000}
LIMIT_MS: Final = 3.0
_APPENDED: Final = 200
_STREAMED: Final = 200
_WORD_CHARS: Final = 7.5
"""Characters a reply grows by at each step: to 1 500, a long one for a voice."""

_TEXTS: Final = (
    "What is the weather like tomorrow in Lisbon?",
    "It looks **sunny**, with 24 degrees:\n\n- morning: 17 °C\n- noon: 24 °C\n\nTake `sunglasses`.",
    "Thanks. And the day after?",
    "The day after it may rain in the morning, and clear up towards the evening. Take a jacket with you.",
)
_REPLY: Final = (
    "Here is what I would do on **Saturday**. First have breakfast near the river, then take the tram:\n\n"
    "- sit on the left\n- get off at the top\n\nThe view is best before noon. "
)


def rows(*, quick: bool) -> list[Row]:
    """Return a row for each length of a conversation.

    Args:
        quick: Once each; otherwise the best of three, for others may use the machine.
    """
    found = []
    for name, lines in LINES.items():
        runs = [_in_a_process(lines) for _ in range(1 if quick else 3)]
        claim = f"a line or a word more in {lines} lines, shown (median)"
        figure = min(max(run["append"], run["stream"]) for run in runs)
        found.append(Row.at_most(f"window.append_ms_{name}", claim, figure, "ms", LIMIT_MS))
    return found


def _in_a_process(lines: int) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-m", __name__ if __name__ != "__main__" else "benchmarks.chat_view", str(lines)],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        cwd=Path(__file__).parents[1],
        stdout=subprocess.PIPE,
        check=True,
    )
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _measured(count: int) -> dict[str, float]:
    """Return the median milliseconds of each kind of change, and those of the first picture."""
    from PySide6.QtWidgets import QApplication

    from app.ui.appearance import Appearance
    from app.ui.chat.view import ChatView
    from app.ui.face import Face

    app = QApplication([])
    view = ChatView(Appearance(app), Face())
    view.resize(460, 600)
    view.show()
    app.processEvents()

    def shown(lines: tuple[Line, ...]) -> None:
        view.show_state(State(link=Link.READY, lines=lines))
        app.processEvents()  # lays out, follows and paints

    lines = _lines(count)
    figures = {"open": _ms(lambda: shown(lines))}
    appended = []
    for _ in range(_APPENDED):
        lines = (*lines, _line(len(lines) + 1))
        appended.append(_ms(lambda now=lines: shown(now)))  # type: ignore[misc]
    figures["append"] = statistics.median(appended)
    words = _REPLY * 10
    reply = Line(len(lines) + 1, Author.CHARACTER, "", message_id="m1")
    grown = [
        (*lines, replace(reply, text=words[: round(step * _WORD_CHARS)])) for step in range(1, _STREAMED)
    ]
    figures["stream"] = statistics.median(_ms(lambda now=now: shown(now)) for now in grown)  # type: ignore[misc]
    whole = replace(reply, text=words[: round(_STREAMED * _WORD_CHARS)], is_final=True)
    heard = [(*lines, replace(whole, heard_chars=chars)) for chars in range(0, len(whole.text), 15)]
    figures["heard"] = statistics.median(_ms(lambda now=now: shown(now)) for now in heard)  # type: ignore[misc]
    return figures


def _lines(count: int) -> tuple[Line, ...]:
    return tuple(_line(number) for number in range(1, count + 1))


def _line(number: int) -> Line:
    author = Author.PERSON if number % 2 else Author.CHARACTER
    text = f"{_TEXTS[(number - 1) % len(_TEXTS)]} {number}"
    started = datetime(2026, 1, 1).astimezone()
    return Line(number, author, text, is_final=True, time=started + timedelta(seconds=20 * number))


def _ms(work: Callable[[], None]) -> float:
    """Return the milliseconds of the processor that work takes: it waits for nothing, others may."""
    started = time.thread_time()
    work()
    return (time.thread_time() - started) * 1000


if __name__ == "__main__":
    print(json.dumps(_measured(int(sys.argv[1]))))
