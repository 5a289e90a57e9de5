"""A concern: settings that belong together, as one frozen dataclass."""

from __future__ import annotations

from typing import ClassVar

from app.core.settings.setting import Setting, declared_in


class Concern:
    """Base of the concerns. Every field of one is declared with `setting`.

    One that is made with a value its setting does not take raises `BadInput`.
    """

    __slots__ = ()

    NAME: ClassVar[str]
    """What its settings' keys begin with."""

    LABEL: ClassVar[str]
    """What a person calls it."""

    def __post_init__(self) -> None:
        for setting in self.settings():
            setting.checked(getattr(self, setting.name))

    @classmethod
    def settings(cls) -> tuple[Setting, ...]:
        """Return its settings in the order of their declaration."""
        return declared_in(cls, cls.NAME)
