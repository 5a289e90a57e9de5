"""``heron settings``: what can be chosen, what is chosen, and the changing of it."""

from __future__ import annotations

import json
import shutil
import sys
import textwrap
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

from app.core.errors import BadInput
from app.core.settings import Choice, Concern, Setting, SettingsStore, Value, all_settings, setting_named
from app.core.settings.desktop import START_AT_LOGIN
from app.core.settings.hotkeys import GlobalKeys

_WIDEST: Final = 100
"""Characters of a line, however wide the terminal is."""

Entry = tuple[type[Concern], Setting]


def run(key: str | None, value: str | None, reset: str | None, *, as_json: bool) -> int:
    """Print all settings or the one that was named, after changing it if that was asked for.

    Args:
        key: The setting's name, None for all of them.
        value: What to set it to, None to leave it.
        reset: The name of a setting that gets its default back, None for none.
        as_json: Whether to print a JSON object instead of lines.

    Raises:
        BadInput: There is no such setting, or the value is none of its.
        UserError: The change cannot be kept.
    """
    if reset is not None and key is not None:
        raise BadInput("--reset NAME stands alone: set the other setting in a command of its own.")
    store = SettingsStore()
    for note in store.load():
        print(f"heron: {note}", file=sys.stderr)
    name = key if reset is None else reset
    entries = list(all_settings()) if name is None else [setting_named(name)]
    if name is not None:
        _change(store, entries[0], value, is_reset=reset is not None)
    if as_json:
        listed = [_described(store, entry) for entry in entries]
        print(json.dumps({"file": str(store.file), "settings": listed}, ensure_ascii=False, indent=2))
    else:
        _print(store, entries, is_list=name is None)
    return 0


def _change(store: SettingsStore, entry: Entry, value: str | None, *, is_reset: bool) -> None:
    concern, setting = entry
    if is_reset:
        store.reset(concern, setting.name)
    elif value is not None:
        if concern is GlobalKeys:
            from app.desktop.hotkeys.chosen import read_hotkey

            value = read_hotkey(value)
        store.update(concern, **{setting.name: setting.parsed(value)})
    if setting.key == START_AT_LOGIN and store.has_unsaved:
        from app.desktop.start_at_login import start_at_login

        start_at_login(store.current.desktop.start_at_login)
    store.save()


def _print(store: SettingsStore, entries: Sequence[Entry], *, is_list: bool) -> None:
    width = min(shutil.get_terminal_size().columns, _WIDEST)
    before: type[Concern] | None = None
    for concern, setting in entries:
        if is_list and concern is not before:
            print(f"{concern.LABEL}" if before is None else f"\n{concern.LABEL}")
        before = concern
        print(f"  {setting.key} = {_value_and_default(setting, _value(store, (concern, setting)))}")
        indent = " " * 6
        help_text = f"{setting.label}. {setting.description}"
        if isinstance(setting.kind, Choice):
            help_text += f" It takes {setting.kind.takes}."
        print(textwrap.fill(help_text, width, initial_indent=indent, subsequent_indent=indent))
    if is_list:
        print(f"\nThey are kept in {store.file}")


def _value_and_default(setting: Setting, value: Value) -> str:
    shown, default = setting.shown(value), setting.shown(setting.default)
    return f"{shown} (default)" if value == setting.default else f"{shown} (default: {default})"


def _described(store: SettingsStore, entry: Entry) -> dict[str, Any]:
    _, setting = entry
    value = _value(store, entry)
    described = {name: content for name, content in asdict(setting).items() if name != "kind"}
    kind = {name: getattr(content, "value", content) for name, content in asdict(setting.kind).items()}
    is_default = value == setting.default
    return {
        **described,
        "value": value,
        "is_default": is_default,
        "kind": type(setting.kind).__name__.lower(),
        "takes": setting.kind.takes,
        **kind,
    }


def _value(store: SettingsStore, entry: Entry) -> Value:
    concern, setting = entry
    value: Value = getattr(getattr(store.current, concern.NAME), setting.name)
    return value
