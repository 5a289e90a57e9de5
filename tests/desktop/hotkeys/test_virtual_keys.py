"""Keys of Windows and macOS."""

from __future__ import annotations

import pytest

from app.desktop.hotkeys.key_names import LONE_MODIFIERS, key_named
from app.desktop.hotkeys.virtual_keys import (
    MAC,
    MAC_FLAGS,
    WINDOWS,
    codes_on,
    mac_went_down,
    windows_state_code,
    windows_went_down,
)


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_every_key_has_a_name_of_ours_and_a_code_of_its_own(platform: str) -> None:
    codes = codes_on(platform)
    assert {name: key_named(name) for name in codes} == {name: name for name in codes}
    assert len(set(codes.values())) == len(codes)
    assert set(LONE_MODIFIERS) <= set(codes)
    assert {chr(letter) for letter in range(ord("A"), ord("Z") + 1)} <= set(codes)


def test_windows_tells_presses_and_releases_also_with_alt() -> None:
    assert [windows_went_down(each) for each in (0x100, 0x104, 0x101, 0x105, 0x200)] == [
        True,
        True,
        False,
        False,
        None,
    ]


def test_windows_keeps_the_state_of_the_extra_buttons_under_codes_of_keys() -> None:
    assert windows_state_code(WINDOWS["Space"]) == 0x20
    assert windows_state_code(WINDOWS["Mouse 8"]) == 5
    assert windows_state_code(WINDOWS["Mouse 9"]) == 6


def test_macos_tells_a_modifier_by_the_bit_of_its_side() -> None:
    right, left = MAC["Right Ctrl"], MAC["Left Ctrl"]
    both = MAC_FLAGS[right] | MAC_FLAGS[left] | 0x40000
    assert mac_went_down(12, right, both) is True
    assert mac_went_down(12, right, MAC_FLAGS[left] | 0x40000) is False
    assert mac_went_down(12, MAC["Caps Lock"], 0x10000) is None
    assert mac_went_down(10, MAC["Space"], 0) is True
    assert mac_went_down(11, MAC["Space"], 0) is False
    assert mac_went_down(14, 0, 0) is None
