"""``heron press | release | toggle | mute | stop | show``: for a shortcut of the desktop, or a foot pedal."""

from __future__ import annotations

import sys
from typing import Final

from app.core.errors import BadInput
from app.desktop.control_client import ask

_NOT_POSSIBLE: Final = 1


def run(command: str) -> int:
    """Have the Heron that runs do something; return 0 when it was done, 1 when that is not possible now.

    Raises:
        BadInput: No Heron runs.
    """
    answer = ask(command)
    if answer is None:
        raise BadInput("Heron is not running. Start it with “heron”, or out of sight with “heron --hidden”.")
    if answer.text:
        print(answer.text if answer.is_done else f"heron: {answer.text}", file=sys.stderr)
    return 0 if answer.is_done else _NOT_POSSIBLE
