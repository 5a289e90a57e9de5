"""What of PyInstaller's finds goes into the packaged application."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import PurePosixPath

from PyInstaller.depend.bindepend import get_imports

Entry = tuple[str, str, str]
"""A row of PyInstaller's tables: where it goes, where it is, what it is."""

# Taken from the system that runs it: its ALSA plug-ins are loaded into its own libasound, and what they and
# its graphics drivers bring along wants a libstdc++ no older than the system's.
_OF_THE_SYSTEM = re.compile(r"lib(asound|stdc\+\+|gcc_s)\.so")

# Qt's own words are taken along in the languages that Heron speaks.
_QT_FOLDERS = re.compile(r"PySide6/(Qt/)?(translations/(?!qtbase_de\.qm$)|qml/)")
_QT_PLUGIN = re.compile(r"PySide6/(?:Qt/)?plugins/(?P<kind>[^/]+)/(?:lib)?(?P<name>[^/.]+)")

# Of Qt's plug-ins, what a widget application needs on X11 and Wayland, and off-screen for tests.
# platformthemes/qgtk3 is left out: it would bring all of GTK.
_QT_PLUGINS: dict[str, set[str] | None] = {
    "iconengines": {"qsvgicon"},
    "imageformats": {"qico", "qjpeg", "qsvg"},
    "platforminputcontexts": {"composeplatforminputcontextplugin", "ibusplatforminputcontextplugin"},
    "platforms": {"qxcb", "qwayland", "qoffscreen", "qwindows", "qcocoa"},
    "platformthemes": {"qxdgdesktopportal"},
    "styles": None,
    "tls": None,
    "wayland-decoration-client": None,
    "wayland-graphics-integration-client": {"qt-plugin-wayland-egl"},
    "wayland-shell-integration": {"xdg-shell"},
    "xcbglintegrations": None,
}

# Libraries that code opens by name as it runs; no other file of the bundle is linked against them.
_OPENED_BY_NAME = re.compile(r"lib(portaudio|espeak-ng|python3)")


def trimmed(binaries: Iterable[Entry], datas: Iterable[Entry]) -> tuple[list[Entry], list[Entry]]:
    """Return the binaries and the data to keep: what is wanted, and of the libraries those that it needs."""
    files, others = ([entry for entry in table if _is_wanted(entry[0])] for table in (binaries, datas))
    if sys.platform != "linux":
        return files, others
    needed = _needed(files)
    kept = [entry for entry in others if entry[2] != "SYMLINK" or _name(entry) in needed]
    return [entry for entry in files if _name(entry) in needed], kept


def _is_wanted(target: str) -> bool:
    target = target.replace("\\", "/")
    if _OF_THE_SYSTEM.match(target) or _QT_FOLDERS.match(target):
        return False
    plugin = _QT_PLUGIN.match(target)
    if plugin is None:
        return True
    names = _QT_PLUGINS.get(plugin["kind"], set())
    return names is None or plugin["name"] in names


def _needed(binaries: list[Entry]) -> set[str]:
    """Return the names of all that is no plain library and, recursively, of what it is linked against.

    The other libraries came with something that was dropped.
    """
    sources = {_name(entry): entry[1] for entry in binaries if entry[2] != "SYMLINK"}
    to_visit = [_name(entry) for entry in binaries if not _is_plain_library(entry)]
    needed: set[str] = set()
    while to_visit:
        name = to_visit.pop()
        if name not in needed and name in sources:
            needed.add(name)
            to_visit += [imported for imported, _ in get_imports(sources[name])]
    return needed


def _is_plain_library(entry: Entry) -> bool:
    opened = _OPENED_BY_NAME.match(_name(entry)) or _QT_PLUGIN.match(entry[0])
    return entry[2] in {"BINARY", "SYMLINK"} and not opened


def _name(entry: Entry) -> str:
    return PurePosixPath(entry[0]).name
