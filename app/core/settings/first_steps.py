"""Whether the person has been led through the first steps: kept with the settings, and none of them."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final

from app.core import paths
from app.core.errors import BadInput
from app.core.settings.concern import Concern
from app.core.settings.setting import choice

if TYPE_CHECKING:
    from app.core.settings.store import SettingsStore

UNKNOWN: Final = "unknown"
DUE: Final = "due"
DONE: Final = "done"


@dataclass(frozen=True, slots=True)
class FirstSteps(Concern):
    """What is remembered of them. Nobody chooses it, so it is shown nowhere."""

    NAME: ClassVar = "first_steps"
    LABEL: ClassVar = "First steps"

    stage: str = choice(
        UNKNOWN,
        label="First steps",
        description="Whether the person has gone through the first steps, or has skipped them.",
        options={UNKNOWN: "Not known", DUE: "Begun", DONE: "Finished or skipped"},
    )


def are_due(store: SettingsStore) -> bool:
    """Return whether to lead the person through the first steps; reads the disk, so it may block.

    Where nothing is remembered, they are for somebody who has never been here: whoever has a file of
    settings, be it a damaged one that was put aside, or a history, had Heron before there were such steps.
    """
    stage = store.current.first_steps.stage
    return stage == DUE or (stage == UNKNOWN and not _was_here(store))


def _was_here(store: SettingsStore) -> bool:
    if any(store.file.parent.glob(f"{store.file.name}*")):
        return True
    with suppress(BadInput, OSError):  # a history that cannot be read says nothing
        return any(paths.histories().iterdir())
    return False
