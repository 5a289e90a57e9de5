"""Which pages the settings have, and which settings stand on which of them."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from app.core.translation import translate

if TYPE_CHECKING:
    from app.ui.appearance import Appearance
    from app.ui.settings.desk import Desk


@dataclass(frozen=True, slots=True)
class PageKind:
    """A page that can be opened.

    Attributes:
        name: What it is called within the program.
        title: What a person calls it.
        make: Makes it when it is opened for the first time.
    """

    name: str
    title: str
    make: Callable[[Appearance, Desk, str], QWidget]


_MODULES = (
    "settings_window",
    "character_page",
    "connection_page",
    "audio_page",
    "device_chooser",
    "hotkeys_page",
)
"""Modules of this package that take long to import."""


def import_settings() -> None:
    """Import what the settings' window and its pages need; may be called in a thread."""
    for module in _MODULES:
        importlib.import_module(f"app.ui.settings.{module}")
    importlib.import_module("aiohttp")  # the characters are asked for by it


def page_kinds() -> tuple[PageKind, ...]:
    """Return the pages in their order."""
    return (
        PageKind("character", translate("Pages", "Character"), _character),
        PageKind("connection", translate("Pages", "Connection"), _connection),
        PageKind("audio", translate("Pages", "Audio"), _audio),
        PageKind("appearance", translate("Pages", "Appearance"), _appearance),
        PageKind("desktop", translate("Pages", "Desktop"), _desktop),
        PageKind("hotkeys", translate("Pages", "Hotkeys"), _hotkeys),
        PageKind("privacy", translate("Pages", "Privacy"), _privacy),
        PageKind("advanced", translate("Pages", "Advanced"), _advanced),
    )


def _character(appearance: Appearance, desk: Desk, _title: str) -> QWidget:
    from app.ui.settings.character_slot import CharacterSlot

    return CharacterSlot(appearance, desk)


def _connection(appearance: Appearance, desk: Desk, title: str) -> QWidget:
    from app.ui.settings.connection_page import ConnectionPage

    return ConnectionPage(appearance, desk, title)


def _audio(appearance: Appearance, desk: Desk, title: str) -> QWidget:
    from app.ui.settings.audio_page import AudioPage

    return AudioPage(appearance, desk, title)


def _appearance(appearance: Appearance, desk: Desk, title: str) -> QWidget:
    from app.ui.settings.page import Page

    page = Page(appearance, desk, title)
    page.add_settings(
        "",
        "appearance.theme",
        "appearance.text_size",
        "appearance.density",
        "appearance.motion",
        "appearance.language",
    )
    return page


def _desktop(appearance: Appearance, desk: Desk, title: str) -> QWidget:
    from app.ui.settings.page import Page

    page = Page(appearance, desk, title)
    page.add_settings(translate("Pages", "Start"), "desktop.start_at_login")
    return page


def _hotkeys(appearance: Appearance, desk: Desk, title: str) -> QWidget:
    from app.ui.settings.hotkeys_page import HotkeysPage

    return HotkeysPage(appearance, desk, title)


def _privacy(appearance: Appearance, desk: Desk, title: str) -> QWidget:
    from app.ui.settings.erase_row import EraseRow
    from app.ui.settings.page import Page

    page = Page(appearance, desk, title)
    kept = page.add_settings(translate("Pages", "What is kept"), "privacy.keep_history")
    erase = EraseRow(appearance)
    erase.confirmed.connect(desk.bridge.delete_everything)
    kept.add(erase)
    page.add_settings(translate("Pages", "Pictures"), "privacy.pictures_for")
    page.add_settings(translate("Pages", "Microphone"), "sound.keep_microphone_warm", "sound.only_speech")
    return page


def _advanced(appearance: Appearance, desk: Desk, title: str) -> QWidget:
    from app.ui.settings.first_steps_row import FirstStepsRow
    from app.ui.settings.page import Page

    page = Page(appearance, desk, title)
    card = page.add_settings("", "advanced.sample_rate", "advanced.log_level")
    again = FirstStepsRow(appearance)
    again.asked.connect(desk.first_steps_asked)
    card.add(again)
    return page
