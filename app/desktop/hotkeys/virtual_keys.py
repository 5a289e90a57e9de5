"""The codes of the keys on Windows (virtual-key codes) and macOS (key codes of an ANSI keyboard)."""

from __future__ import annotations

import string
from typing import Final

BUTTON: Final = 0x10000
"""Added to the number of a button of the mouse, to tell it from the code of a key."""

WINDOWS: Final[dict[str, int]] = {
    **{letter: ord(letter) for letter in string.ascii_uppercase + string.digits},
    **{f"F{number}": 0x6F + number for number in range(1, 25)},
    **{f"Keypad {digit}": 0x60 + digit for digit in range(10)},
    "Keypad Times": 0x6A, "Keypad Plus": 0x6B, "Keypad Minus": 0x6D,
    "Keypad Period": 0x6E, "Keypad Divide": 0x6F,
    "Backspace": 0x08, "Tab": 0x09, "Enter": 0x0D, "Pause": 0x13, "Caps Lock": 0x14, "Escape": 0x1B,
    "Space": 0x20, "Page Up": 0x21, "Page Down": 0x22, "End": 0x23, "Home": 0x24,
    "Left": 0x25, "Up": 0x26, "Right": 0x27, "Down": 0x28,
    "Print": 0x2C, "Insert": 0x2D, "Delete": 0x2E, "Menu": 0x5D, "Num Lock": 0x90, "Scroll Lock": 0x91,
    "Left Super": 0x5B, "Right Super": 0x5C, "Left Shift": 0xA0, "Right Shift": 0xA1,
    "Left Ctrl": 0xA2, "Right Ctrl": 0xA3, "Left Alt": 0xA4, "Right Alt": 0xA5,
    "Next Track": 0xB0, "Previous Track": 0xB1, "Media Stop": 0xB2, "Play": 0xB3,
    "Semicolon": 0xBA, "Equal": 0xBB, "Comma": 0xBC, "Minus": 0xBD, "Period": 0xBE, "Slash": 0xBF,
    "Grave": 0xC0, "Left Bracket": 0xDB, "Backslash": 0xDC, "Right Bracket": 0xDD, "Apostrophe": 0xDE,
    "Less": 0xE2,
    "Mouse 8": BUTTON + 8, "Mouse 9": BUTTON + 9,
}  # fmt: skip

MAC: Final[dict[str, int]] = {
    "A": 0x00, "S": 0x01, "D": 0x02, "F": 0x03, "H": 0x04, "G": 0x05, "Z": 0x06, "X": 0x07, "C": 0x08,
    "V": 0x09, "B": 0x0B, "Q": 0x0C, "W": 0x0D, "E": 0x0E, "R": 0x0F, "Y": 0x10, "T": 0x11, "O": 0x1F,
    "U": 0x20, "I": 0x22, "P": 0x23, "L": 0x25, "J": 0x26, "K": 0x28, "N": 0x2D, "M": 0x2E,
    "1": 0x12, "2": 0x13, "3": 0x14, "4": 0x15, "6": 0x16, "5": 0x17, "9": 0x19, "7": 0x1A, "8": 0x1C,
    "0": 0x1D, "Equal": 0x18, "Minus": 0x1B, "Right Bracket": 0x1E, "Left Bracket": 0x21,
    "Apostrophe": 0x27, "Semicolon": 0x29, "Backslash": 0x2A, "Comma": 0x2B, "Slash": 0x2C, "Period": 0x2F,
    "Grave": 0x32, "Enter": 0x24, "Tab": 0x30, "Space": 0x31, "Backspace": 0x33, "Escape": 0x35,
    "Right Super": 0x36, "Left Super": 0x37, "Left Shift": 0x38, "Caps Lock": 0x39, "Left Alt": 0x3A,
    "Left Ctrl": 0x3B, "Right Shift": 0x3C, "Right Alt": 0x3D, "Right Ctrl": 0x3E,
    "Keypad Period": 0x41, "Keypad Times": 0x43, "Keypad Plus": 0x45, "Keypad Divide": 0x4B,
    "Keypad Enter": 0x4C, "Keypad Minus": 0x4E, "Keypad 0": 0x52, "Keypad 1": 0x53, "Keypad 2": 0x54,
    "Keypad 3": 0x55, "Keypad 4": 0x56, "Keypad 5": 0x57, "Keypad 6": 0x58, "Keypad 7": 0x59,
    "Keypad 8": 0x5B, "Keypad 9": 0x5C,
    "F1": 0x7A, "F2": 0x78, "F3": 0x63, "F4": 0x76, "F5": 0x60, "F6": 0x61, "F7": 0x62, "F8": 0x64,
    "F9": 0x65, "F10": 0x6D, "F11": 0x67, "F12": 0x6F, "F13": 0x69, "F14": 0x6B, "F15": 0x71, "F16": 0x6A,
    "F17": 0x40, "F18": 0x4F, "F19": 0x50, "F20": 0x5A,
    "Insert": 0x72, "Home": 0x73, "Page Up": 0x74, "Delete": 0x75, "End": 0x77, "Page Down": 0x79,
    "Left": 0x7B, "Right": 0x7C, "Down": 0x7D, "Up": 0x7E,
}  # fmt: skip

MAC_FLAGS: Final = {
    MAC["Left Ctrl"]: 0x1, MAC["Left Shift"]: 0x2, MAC["Right Shift"]: 0x4, MAC["Left Super"]: 0x8,
    MAC["Right Super"]: 0x10, MAC["Left Alt"]: 0x20, MAC["Right Alt"]: 0x40, MAC["Right Ctrl"]: 0x2000,
}  # fmt: skip
"""Which bit of an event's flags says that a modifier is down, by code: IOKit's, which know the sides."""

_WINDOWS_DOWN: Final = {0x0100: True, 0x0104: True, 0x0101: False, 0x0105: False}
_MAC_DOWN: Final = {10: True, 11: False}
_MAC_MODIFIER: Final = 12


def codes_on(platform: str) -> dict[str, int]:
    """Return the code of each key, by name, on ``platform`` (of `sys.platform`)."""
    return MAC if platform == "darwin" else WINDOWS


def windows_went_down(message: int) -> bool | None:
    """Return whether a key went down with a message of Windows' hook; None for one that is of no key."""
    return _WINDOWS_DOWN.get(message)


def mac_went_down(kind: int, code: int, flags: int) -> bool | None:
    """Return whether a key went down with an event of macOS; None for one that is of no key.

    Args:
        kind: CGEventType: a key went down, up, or a modifier did either.
        code: Of the key.
        flags: CGEventFlags.
    """
    if kind == _MAC_MODIFIER:
        return bool(flags & MAC_FLAGS[code]) if code in MAC_FLAGS else None
    return _MAC_DOWN.get(kind)


def windows_state_code(code: int) -> int:
    """Return the virtual-key code under which Windows keeps the state of a key or button."""
    return code - BUTTON - 3 if code > BUTTON else code  # buttons 8 and 9 are VK_XBUTTON1 and 2: 5 and 6
