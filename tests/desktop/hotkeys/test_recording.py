"""A chord is found in the keys as they are pressed."""

from __future__ import annotations

import pytest

from app.desktop.hotkeys.recording import Recording


@pytest.mark.parametrize(
    ("keys", "chord"),
    [
        ("+Left Ctrl +Left Alt +Space", "Ctrl+Alt+Space"),
        ("+Right Ctrl +Right Ctrl -Right Ctrl", "Right Ctrl"),
        ("+Left Shift +A", "Shift+A"),
        ("+F13", "F13"),
        ("+Mouse 8", "Mouse 8"),
        ("+Left Ctrl +Escape", "Ctrl+Escape"),
        ("-Left Ctrl +Pause", "Pause"),
        ("+Left Ctrl +Left Alt -Left Alt -Left Ctrl", None),
        ("+Left Ctrl +Left Alt -Left Alt -Left Ctrl +Right Alt -Right Alt", "Right Alt"),
        ("+Left Ctrl +Left Alt -Left Ctrl +M", "Alt+M"),
        ("+Left Ctrl", None),
        ("", None),
    ],
)
def test_keys_become_a_chord(keys: str, chord: str | None) -> None:
    recording = Recording()
    for step in filter(None, keys.replace(" +", "|+").replace(" -", "|-").split("|")):
        (recording.down if step[0] == "+" else recording.up)(step[1:])
    assert (str(recording.chord) if recording.chord else None) == chord
    assert recording.is_done is (chord is not None)


def test_escape_alone_gives_up() -> None:
    recording = Recording()
    recording.down("Escape")
    assert recording.is_cancelled
    recording.down("A")
    assert recording.chord is None
