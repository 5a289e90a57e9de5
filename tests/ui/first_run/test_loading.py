"""What the first steps need is imported in a thread once they are wanted, and nothing of it before."""

from __future__ import annotations

import subprocess
import sys


def _imported_by(statement: str) -> set[str]:
    """Return the modules of a new process after a statement."""
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_first_steps_are_imported_once_they_are_wanted() -> None:
    heavy = {
        "app.ui.first_run.first_run",
        "app.conversation.microphone_check",
        "app.audio.capture.microphone",
    }
    assert not _imported_by("import app.ui.application") & heavy
    after = _imported_by("from app.ui.first_run.loading import import_first_run; import_first_run()")
    assert after >= heavy
