"""What X11 and Wayland call the keys: keysyms, by number and by name (X11's ``keysymdef.h``)."""

from __future__ import annotations

from typing import Final

from app.desktop.hotkeys.key_names import PUNCTUATION

_UNICODE: Final = 0x01000000
"""What is added to a code point above Latin-1 to make a keysym of it."""

_NAMED: Final[dict[str, tuple[str, tuple[int, ...]]]] = {
    "Space": ("space", (0x20,)),
    "Tab": ("Tab", (0xFF09, 0xFE20)),
    "Enter": ("Return", (0xFF0D,)),
    "Backspace": ("BackSpace", (0xFF08,)),
    "Delete": ("Delete", (0xFFFF,)),
    "Home": ("Home", (0xFF50,)),
    "End": ("End", (0xFF57,)),
    "Page Up": ("Prior", (0xFF55,)),
    "Page Down": ("Next", (0xFF56,)),
    "Up": ("Up", (0xFF52,)),
    "Down": ("Down", (0xFF54,)),
    "Left": ("Left", (0xFF51,)),
    "Right": ("Right", (0xFF53,)),
    "Escape": ("Escape", (0xFF1B,)),
    "Insert": ("Insert", (0xFF63,)),
    "Pause": ("Pause", (0xFF13,)),
    "Print": ("Print", (0xFF61,)),
    "Scroll Lock": ("Scroll_Lock", (0xFF14,)),
    "Caps Lock": ("Caps_Lock", (0xFFE5,)),
    "Num Lock": ("Num_Lock", (0xFF7F,)),
    "Menu": ("Menu", (0xFF67,)),
    "Play": ("XF86AudioPlay", (0x1008FF14,)),
    "Media Stop": ("XF86AudioStop", (0x1008FF15,)),
    "Next Track": ("XF86AudioNext", (0x1008FF17,)),
    "Previous Track": ("XF86AudioPrev", (0x1008FF16,)),
    "Minus": ("minus", (0x2D,)),
    "Equal": ("equal", (0x3D,)),
    "Comma": ("comma", (0x2C,)),
    "Period": ("period", (0x2E,)),
    "Slash": ("slash", (0x2F,)),
    "Backslash": ("backslash", (0x5C,)),
    "Semicolon": ("semicolon", (0x3B,)),
    "Apostrophe": ("apostrophe", (0x27,)),
    "Grave": ("grave", (0x60,)),
    "Left Bracket": ("bracketleft", (0x5B,)),
    "Right Bracket": ("bracketright", (0x5D,)),
    "Plus": ("plus", (0x2B,)),
    "Less": ("less", (0x3C,)),
    "Number Sign": ("numbersign", (0x23,)),
    "Keypad Plus": ("KP_Add", (0xFFAB,)),
    "Keypad Minus": ("KP_Subtract", (0xFFAD,)),
    "Keypad Times": ("KP_Multiply", (0xFFAA,)),
    "Keypad Divide": ("KP_Divide", (0xFFAF,)),
    "Keypad Period": ("KP_Decimal", (0xFFAE, 0xFFAC, 0xFF9F)),
    "Keypad Enter": ("KP_Enter", (0xFF8D,)),
    "Left Ctrl": ("Control_L", (0xFFE3,)),
    "Right Ctrl": ("Control_R", (0xFFE4,)),
    "Left Alt": ("Alt_L", (0xFFE9,)),
    "Right Alt": ("Alt_R", (0xFFEA, 0xFE03)),  # AltGr is the shift to the third level
    "Left Shift": ("Shift_L", (0xFFE1,)),
    "Right Shift": ("Shift_R", (0xFFE2,)),
    "Left Super": ("Super_L", (0xFFEB,)),
    "Right Super": ("Super_R", (0xFFEC,)),
}

_KEYPAD_WITHOUT_NUM_LOCK: Final = (
    0xFF9E, 0xFF9C, 0xFF99, 0xFF9B, 0xFF96, 0xFF9D, 0xFF98, 0xFF95, 0xFF97, 0xFF9A,
)  # fmt: skip
"""What the digits 0 to 9 of the keypad are while Num Lock is off."""

_ABOVE_F12: Final = {
    "F13": 0x1008FF81, "F14": 0x1008FF45, "F15": 0x1008FF46,
    "F16": 0x1008FF47, "F17": 0x1008FF48, "F18": 0x1008FF49,
}  # fmt: skip
"""What the usual layouts make of these keys: XF86Tools, XF86Launch5 to XF86Launch9."""

_NUMBERED: Final[dict[str, tuple[str, tuple[int, ...]]]] = {
    **{
        f"F{number}": (f"F{number}", (0xFFBD + number, *filter(None, [_ABOVE_F12.get(f"F{number}")])))
        for number in range(1, 25)
    },
    **{
        f"Keypad {digit}": (f"KP_{digit}", (0xFFB0 + digit, without))
        for digit, without in enumerate(_KEYPAD_WITHOUT_NUM_LOCK)
    },
}

_KEYSYMS: Final = _NAMED | _NUMBERED
_BY_NUMBER: Final = {number: name for name, (_, numbers) in _KEYSYMS.items() for number in numbers}
_SIGNS: Final = {sign: name for name, sign in PUNCTUATION.items()}


def keysyms_of(name: str) -> tuple[int, ...]:
    """Return the numbers of a key, the usual one first; none of one that has a code only, or of a button."""
    if (entry := _KEYSYMS.get(name)) is not None:
        return entry[1]
    if len(name) != 1:
        return ()
    letter = name.lower() if len(name.lower()) == 1 else name
    return (ord(letter) if ord(letter) <= 0xFF else _UNICODE | ord(letter),)


def keysym_name(name: str) -> str | None:
    """Return what libxkbcommon calls a key; None for one that has a code only, or for a button."""
    if (entry := _KEYSYMS.get(name)) is not None:
        return entry[0]
    if len(name) != 1:
        return None
    letter = name.lower() if len(name.lower()) == 1 else name
    return letter if letter.isascii() else f"U{ord(letter):04X}"


def name_of_keysym(number: int) -> str | None:
    """Return what we call the key with a keysym; None when we have no name for it."""
    if (name := _BY_NUMBER.get(number)) is not None:
        return name
    code = number & ~_UNICODE if number & _UNICODE else number
    if not (0x20 < code <= 0xFF or (number & _UNICODE and code <= 0x10FFFF)):
        return None
    sign = chr(code)
    if sign in _SIGNS:
        return _SIGNS[sign]
    if not (sign.isalpha() or sign in "0123456789"):
        return None
    large = sign.upper()
    return large if len(large) == 1 else sign
