"""What keys and buttons are called on every platform: ``Space``, ``F13``, ``Right Ctrl``, ``Mouse 8``."""

from __future__ import annotations

import re
from typing import Final

LONE_MODIFIERS: Final = (
    "Left Ctrl",
    "Right Ctrl",
    "Left Alt",
    "Right Alt",
    "Left Shift",
    "Right Shift",
    "Left Super",
    "Right Super",
)
"""Modifiers that are keys of their own; each has its side."""

EXTRA_BUTTONS: Final = tuple(f"Mouse {number}" for number in range(8, 17))
"""Buttons of a mouse beside left, middle, right and the wheels; 8 and 9 are back and forward."""

FUNCTION_KEYS: Final = tuple(f"F{number}" for number in range(1, 25))

MEDIA_KEYS: Final = ("Play", "Media Stop", "Next Track", "Previous Track")

PUNCTUATION: Final = {
    "Minus": "-",
    "Equal": "=",
    "Comma": ",",
    "Period": ".",
    "Slash": "/",
    "Backslash": "\\",
    "Semicolon": ";",
    "Apostrophe": "'",
    "Grave": "`",
    "Left Bracket": "[",
    "Right Bracket": "]",
    "Plus": "+",
    "Less": "<",
    "Number Sign": "#",
}
"""Names of keys whose own sign would be lost among the plus signs of a chord, and the sign."""

KEYPAD_KEYS: Final = (
    *(f"Keypad {digit}" for digit in range(10)),
    "Keypad Plus",
    "Keypad Minus",
    "Keypad Times",
    "Keypad Divide",
    "Keypad Period",
    "Keypad Enter",
)

_WRITING: Final = ("Space", "Tab", "Enter", "Backspace", "Delete")
_MOVING: Final = ("Home", "End", "Page Up", "Page Down", "Up", "Down", "Left", "Right")
_RARE: Final = ("Escape", "Insert", "Pause", "Print", "Scroll Lock", "Caps Lock", "Num Lock", "Menu")

NAMED_KEYS: Final = (
    *_WRITING,
    *_MOVING,
    *_RARE,
    *FUNCTION_KEYS,
    *MEDIA_KEYS,
    *PUNCTUATION,
    *KEYPAD_KEYS,
)
"""All keys with a name of more than one letter or digit, but for modifiers."""

NEEDED_BY_ALL: Final = frozenset({*_WRITING, *_MOVING, *PUNCTUATION, *KEYPAD_KEYS, "Escape"})
"""Keys that every program needs: a hotkey is none of them without a modifier. Letters and digits neither."""

_SYNONYMS: Final = {
    "esc": "Escape",
    "return": "Enter",
    "del": "Delete",
    "ins": "Insert",
    "pageup": "Page Up",
    "pgup": "Page Up",
    "pagedown": "Page Down",
    "pgdn": "Page Down",
    "print screen": "Print",
    "altgr": "Right Alt",
    "right option": "Right Alt",
    "left option": "Left Alt",
    **{
        f"{side} {word}": f"{side.capitalize()} {name}"
        for side in ("left", "right")
        for word, name in {
            "control": "Ctrl",
            "win": "Super",
            "windows": "Super",
            "meta": "Super",
            "cmd": "Super",
            "command": "Super",
        }.items()
    },
    **{sign: name for name, sign in PUNCTUATION.items() if sign != "+"},
}

_BY_LOWER: Final = {name.lower(): name for name in (*NAMED_KEYS, *LONE_MODIFIERS, *EXTRA_BUTTONS)} | _SYNONYMS
_CODE: Final = re.compile(r"key ([1-9]\d{0,4})")


def key_named(text: str) -> str | None:
    """Return the name of the key that a person means; None when there is no such key.

    A key without any name is called after its code on this computer: ``Key 94``.
    """
    text = " ".join(text.split())
    if (name := _BY_LOWER.get(text.lower())) is not None:
        return name
    if (code := _CODE.fullmatch(text.lower())) is not None:
        return f"Key {code[1]}"
    return _letter(text)


def code_in(name: str) -> int | None:
    """Return the code of a key that is called after it."""
    found = _CODE.fullmatch(name.lower())
    return int(found[1]) if found else None


def _letter(text: str) -> str | None:
    """Return a letter or digit as keys are labelled: large, where that is one letter too."""
    if len(text) != 1 or not (text.isalpha() or text in "0123456789"):
        return None
    large = text.upper()
    return large if len(large) == 1 and large.upper() == large else text
