"""What the settings need is imported beforehand, in a thread."""

from __future__ import annotations

import subprocess
import sys


def _imported_by(statement: str) -> set[str]:
    """Return the modules of a new process after a statement."""
    code = f"import sys\n{statement}\nprint('\\n'.join(sys.modules))"
    done = subprocess.run([sys.executable, "-P", "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_settings_import_nothing_heavy_once_they_are_opened() -> None:
    before = _imported_by("import app.ui.settings.pages")
    after = _imported_by("from app.ui.settings.pages import import_settings; import_settings()")
    heavy = {"aiohttp", "app.ui.settings.character_page", "app.ui.settings.device_chooser"}
    assert not before & heavy
    assert after >= heavy


def test_a_conversation_imports_nothing_heavy_once_the_window_is_there() -> None:
    code = "from importlib import import_module\nfrom app.ui.application import _HEAVY as all"
    code += "\nfor one in all: import_module(one)"
    heavy = {"app.conversation.conversation", "app.history.history", "sqlite3", "websockets.asyncio.client"}
    assert not _imported_by("import app.ui.application") & heavy
    assert _imported_by(code) >= heavy
