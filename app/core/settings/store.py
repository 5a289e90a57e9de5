"""The settings in effect: read once, changed one by one, told to whoever listens, kept in a file."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import Any, Final

from app.core import paths
from app.core.errors import BadInput
from app.core.settings import document
from app.core.settings.concern import Concern
from app.core.settings.document import Document, Unreadable
from app.core.settings.kinds import Value
from app.core.settings.profiles import NAME as PROFILES
from app.core.settings.profiles import Profiles, changes_between, profiles_in
from app.core.settings.setting import Setting
from app.core.settings.settings import Settings, kept_settings, setting_named
from app.core.translation import translate

_LOG: Final = logging.getLogger(__name__)

FILE_NAME: Final = "settings.json"

Listener = Callable[[Settings], None]


class SettingsStore:
    """Keeps all settings. It belongs to one thread, but for `save`.

    A change is in effect when `update` or `reset` returns, and lasts when `save` has returned. A disk may
    take longer than an event loop can wait, so `save` may run in another thread.

    Args:
        file: Where they are kept; None for ``settings.json`` in Heron's data folder.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = paths.home() / FILE_NAME if file is None else file
        self._document: Document = {}
        self._current = Settings()
        self._listeners: list[Listener] = []
        self._unsaved: dict[str, Any] = {}
        self._changing = Lock()
        self._saving = Lock()
        self._asides: tuple[str, ...] | None = None

    @property
    def file(self) -> Path:
        """Where the settings are kept."""
        return self._file

    @property
    def current(self) -> Settings:
        """All settings as they are now: the defaults before the first `load`."""
        return self._current

    @property
    def has_unsaved(self) -> bool:
        """Whether something was changed that `save` has not written yet."""
        return bool(self._unsaved)

    @property
    def notes(self) -> tuple[str, ...] | None:
        """What `load` returned the last time, in the language of now; None before the first."""
        if self._asides is None:
            return None
        notes = list(self._asides)
        self._settings_in(self._document, notes)
        return tuple(notes)

    def load(self) -> tuple[str, ...]:
        """Read the file, and return a sentence for the person about each thing in it that could not be used.

        A file that is damaged or from a newer Heron is put aside under another name, a single wrong value is
        passed over; the defaults count instead. What was changed and not saved yet stays changed.
        """
        try:
            found, aside = document.read(self._file)
        except Unreadable as error:
            found, aside = None, str(error)
        self._document = found or {}
        self._asides = () if aside is None else (aside,)
        notes = list(self._asides)
        self._become(self._settings_in(self._document, notes))
        return tuple(notes)

    def update(self, concern: type[Concern], **changes: Value) -> None:
        """Change settings of one concern, as in ``update(Sound, tail_ms=300)``, and tell the listeners.

        Raises:
            BadInput: A name or a value is wrong; nothing is changed then.
        """
        settings = {name: _declared(concern, name) for name in changes}
        checked = {name: settings[name].checked(value) for name, value in changes.items()}
        with self._changing:
            self._unsaved |= {settings[name].key: value for name, value in checked.items()}
        self._become(self._with(concern, checked))

    def reset(self, concern: type[Concern], *names: str) -> None:
        """Put settings of one concern back to their defaults, and tell the listeners.

        Raises:
            BadInput: A name is wrong; nothing is changed then.
        """
        settings = [_declared(concern, name) for name in names]
        with self._changing:
            self._unsaved |= {setting.key: None for setting in settings}
        self._become(self._with(concern, {setting.name: setting.default for setting in settings}))

    def change_profiles(self, profiles: Profiles) -> None:
        """Have these profiles from now on, and tell the listeners."""
        changes = changes_between(self._current.profiles, profiles)
        with self._changing:
            self._unsaved |= {f"{PROFILES}.{name}": value for name, value in changes.items()}
        self._become(replace(self._current, profiles=profiles))

    def save(self) -> None:
        """Write what was changed since the last time into the file; blocks until it lasts.

        What another process or a person wrote into the file meanwhile stays, unless it is the same setting.
        May be called in any thread.

        Raises:
            UserError: The file cannot be written. The settings are in effect all the same, and the next call
                tries again.
        """
        with self._saving:
            with self._changing:
                changes, self._unsaved = self._unsaved, {}
            if not changes:
                return
            try:
                found, aside = document.read(self._file)
                if aside is not None:
                    _LOG.warning("%s", aside)
                merged = _merged(self._document if found is None else found, changes)
                document.write(self._file, merged)
            except BaseException:
                with self._changing:
                    self._unsaved = {**changes, **self._unsaved}
                raise
            self._document = merged

    def subscribe(self, listener: Listener) -> Callable[[], None]:
        """Call ``listener`` with all settings after each change, in the thread that makes it.

        Returns:
            What ends that.
        """
        self._listeners.append(listener)

        def unsubscribe() -> None:
            with suppress(ValueError):
                self._listeners.remove(listener)

        return unsubscribe

    def _settings_in(self, found: Document, notes: list[str]) -> Settings:
        """Return what the document says, with what is not saved yet on top of it."""
        values: dict[str, dict[str, Value]] = {}
        with self._changing:
            unsaved = dict(self._unsaved)
        for concern, setting in kept_settings():
            if setting.key in unsaved:
                value = unsaved[setting.key]
            else:
                value = self._kept(setting, _section(found, concern.NAME), notes)
            values.setdefault(concern.NAME, {})[setting.name] = setting.default if value is None else value
        concerns: dict[str, Any] = {
            concern.NAME: concern(**values[concern.NAME]) for concern, _ in kept_settings()
        }
        of_profiles = {key: value for key, value in unsaved.items() if key.startswith(f"{PROFILES}.")}
        profiles, problems = profiles_in(_section(_merged(found, of_profiles), PROFILES))
        notes += [f"{problem} ({self._file})" for problem in problems]
        return Settings(**concerns, profiles=profiles)

    def _kept(self, setting: Setting, section: Document, notes: list[str]) -> Value | None:
        """Return what the file says of a setting, None for nothing that can be used."""
        if setting.name not in section:
            return None
        try:
            return setting.checked(section[setting.name])
        except BadInput as error:
            default = setting.shown(setting.default)
            text = translate("Settings", "{problem} {file} says so; the default counts instead: {default}.")
            notes.append(text.format(problem=error, file=self._file, default=default))
            return None

    def _with(self, concern: type[Concern], changes: dict[str, Value]) -> Settings:
        changed: Any = replace(getattr(self._current, concern.NAME), **changes)
        return replace(self._current, **{concern.NAME: changed})

    def _become(self, settings: Settings) -> None:
        if settings == self._current:
            return
        self._current = settings
        for listener in tuple(self._listeners):
            try:
                listener(settings)
            except Exception:
                _LOG.exception("a listener to the settings has failed")


def _declared(concern: type[Concern], name: str) -> Setting:
    """Return a setting of a concern; raises `BadInput` with what is called alike if there is none."""
    found = next((setting for setting in concern.settings() if setting.name == name), None)
    return found or setting_named(f"{concern.NAME}.{name}")[1]


def _section(found: Document, name: str) -> Document:
    """Return what the document says of a concern; what is no object says nothing."""
    section = found.get(name)
    return section if isinstance(section, dict) else {}


def _merged(found: Document, changes: dict[str, Any]) -> Document:
    """Return the document with the changes in it; None takes an entry out."""
    merged = dict(found)
    for key, value in changes.items():
        concern, _, name = key.partition(".")
        section = dict(_section(merged, concern))
        before = section.get(name)
        if value is None:
            section.pop(name, None)
        elif isinstance(value, dict) and isinstance(before, dict):
            section[name] = {**before, **value}  # what a newer Heron keeps in it stays
        else:
            section[name] = value
        merged[concern] = section
    return merged
