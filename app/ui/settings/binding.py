"""What ties a setting to its place in the window: how it is read, changed and put back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from app.conversation.profile_account import check_proxy
from app.core.settings import Number, Profile, Setting, Value, setting_named
from app.ui.settings.desk import Desk


@dataclass(frozen=True, slots=True)
class Binding:
    """A setting and its value.

    Attributes:
        setting: What is declared of it.
        get: Returns its value.
        set: Changes it; raises `BadInput` with what is wrong.
        reset: Gives it its default back.
    """

    setting: Setting
    get: Callable[[], Value]
    set: Callable[[Value], None]
    reset: Callable[[], None]

    @property
    def is_default(self) -> bool:
        """Whether it is as it was before anybody chose."""
        return self.get() == self.setting.default


def bound(desk: Desk, key: str) -> Binding:
    """Return the binding of a declared setting: ``sound.tail_ms``."""
    concern, setting = setting_named(key)

    def get() -> Value:
        value: Value = getattr(getattr(desk.settings, concern.NAME), setting.name)
        return value

    return Binding(
        setting,
        get,
        lambda value: desk.store.update(concern, **{setting.name: value}),
        lambda: desk.store.reset(concern, setting.name),
    )


def bound_to_profile(desk: Desk, profile_id: str, name: str) -> Binding:
    """Return the binding of a field of a profile."""
    setting = next(entry for entry in Profile.settings() if entry.name == name)

    def get() -> Value:
        value: Value = getattr(desk.profiles.get(profile_id), name)
        return value

    def change(value: Value) -> None:
        checked: Any = setting.checked(value)
        if name == "proxy" and checked:
            check_proxy(checked)  # a password must not come into the file
        if checked != get():
            desk.change_profile(replace(desk.profiles.get(profile_id), **{name: checked}))

    return Binding(setting, get, change, lambda: change(setting.default))


def in_words(setting: Setting, value: Value) -> str:
    """Return a number as it stands beside its slider: a share of one as percent."""
    kind = setting.kind
    if isinstance(kind, Number) and not kind.unit and (kind.minimum, kind.maximum) == (0.0, 1.0):
        return f"{round(float(value) * 100)} %" if isinstance(value, int | float) else ""
    return setting.shown(value)
