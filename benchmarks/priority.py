"""Priority: what is timed to the millisecond must not wait for whatever else the machine does."""

from __future__ import annotations

import os
from contextlib import suppress


def take_priority() -> None:
    """Let this process run as soon as it has something to do, as it would on an idle machine.

    Only root may ask for that. Where it is refused, the same is measured with more noise.
    """
    with suppress(PermissionError):
        os.sched_setscheduler(0, os.SCHED_RR, os.sched_param(1))
