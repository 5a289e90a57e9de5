"""Promptness: the sound system and the rig run as soon as they have something to do."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

_PRIORITY: Final = 2


@contextmanager
def prompt() -> Iterator[None]:
    """Let the processes and threads that are started in the block come before others.

    Only root may ask for that. Where it is refused, the same is measured with more dropouts of the rig.
    """
    make_prompt(0)
    try:
        yield
    finally:
        with suppress(PermissionError):
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))


def make_prompt(process_id: int) -> None:
    """Let a process come before others, as a desktop's sound server does."""
    with suppress(PermissionError):
        os.sched_setscheduler(process_id, os.SCHED_RR, os.sched_param(_PRIORITY))
