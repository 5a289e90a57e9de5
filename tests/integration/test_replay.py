"""A reply heard again: a click in the real window, and what then comes out of the speaker."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.audio.signals import align, samples_of
from tests.integration.screen import Screen
from tests.integration.sound_card import Listener, SoundCard
from tests.integration.window_process import TITLE, Seen, WindowProcess

pytestmark = pytest.mark.integration

_RATE = 48_000
"""The card's own rate: nothing is converted on the way to the recording."""

_SOUND = 30
"""Least sample that counts as sound; silence of the virtual card is exactly 0."""

_BLOCK = 2 * _RATE // 4
"""Bytes that are compared at once: a card that runs dry on a busy machine has a gap between two of them."""

_ALIKE = 0.98
"""Least correlation of two blocks that are the same."""

_GAPS = 2 * _RATE // 2
"""Bytes of silence that such a card may add in all."""

_SAME_PART = 0.75
"""Least part of the blocks that are the same; of another sentence it is none."""


def test_a_reply_is_heard_again_by_a_click_or_by_keys_and_stopped_by_escape(
    sound_card: SoundCard, tmp_path: Path
) -> None:
    with Screen() as screen, WindowProcess(screen) as window, sound_card.listen(_RATE) as heard:
        window.await_seen("ready", _is_ready)
        screen.focus(TITLE)
        screen.do("xdotool", "type", "--delay", "20", "how many miles are twenty kilometers")
        screen.do("xdotool", "key", "Return")
        window.await_seen("speaking", lambda seen: seen.status == "Speaking")
        before = window.await_seen("the reply's end", lambda seen: bool(seen.replays) and _is_ready(seen))
        length = _length(heard)
        first = _sound(heard.pcm[:length])

        x, y = before.replays[-1]
        screen.do("xdotool", "mousemove", str(x), str(y), "click", "1")
        window.await_seen("the replay", lambda seen: seen.replaying != "" and seen.status == "Speaking")
        screen.picture(tmp_path / "replay.png")
        after = window.await_seen("the replay's end", lambda seen: seen.replaying == "" and _is_ready(seen))
        end = _length(heard)
        again = heard.pcm[length:end]
        assert (after.lines, after.notice) == (before.lines, "")
        assert _same_part(again, first) > _SAME_PART
        assert -_RATE // 50 < len(_sound(again)) - len(first) < _GAPS

        for key in ("Menu", "Down", "Down", "Return"):
            screen.do("xdotool", "key", key)
        window.await_seen("another replay", lambda seen: seen.replaying != "" and seen.status == "Speaking")
        screen.do("xdotool", "key", "Escape")
        window.await_seen("its stop", lambda seen: seen.replaying == "" and _is_ready(seen))
        screen.close_window(TITLE)
        assert window.ended() == 0
        assert window.complaints == ""
    assert 0 < len(_sound(heard.pcm[end:])) < len(first) // 2


def _is_ready(seen: Seen) -> bool:
    return seen.status in {"Ready", "Ready, microphone open"}


def _same_part(again: bytes, first: bytes) -> float:
    """Return the part of a sound that is in another one, in its order."""
    begins = range(0, len(first) - _BLOCK, _BLOCK)
    same = at = 0
    for begin in begins:
        place, likeness = align(again[at:], first[begin : begin + _BLOCK])
        if likeness > _ALIKE:
            same += 1
            at += 2 * place
    return same / len(begins)


def _length(heard: Listener) -> int:
    """Return the bytes that were heard so far, in whole samples."""
    return len(heard.pcm) // 2 * 2


def _sound(pcm: bytes) -> bytes:
    """Return a recording without the silence around its sound."""
    loud = np.flatnonzero(np.abs(samples_of(pcm)) > _SOUND)
    return pcm[2 * loud[0] : 2 * loud[-1] + 2] if loud.size else b""
