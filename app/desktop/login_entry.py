"""What a system is told to start at login: the text of its entries. Nothing is written here."""

from __future__ import annotations

import plistlib
import re
from collections.abc import Mapping, Sequence
from subprocess import list2cmdline
from typing import Final

NAME: Final = "Heron"
LABEL: Final = "heron.login"
"""What macOS knows the entry by."""

_RESERVED: Final = re.compile(r"[\s\"'\\><~|&;$*?#()`]")
"""Characters for which an argument has to stand in quotes in a desktop entry."""

_OFF: Final = re.compile(r"^\s*(?:Hidden\s*=\s*true|X-GNOME-Autostart-enabled\s*=\s*false)\s*$", re.MULTILINE)


def desktop_entry(command: Sequence[str], environment: Mapping[str, str]) -> str:
    """Return an autostart entry as desktops under Linux read it.

    Args:
        command: What is started.
        environment: Variables that it needs to be the same Heron.
    """
    assigned = ["env", *(f"{name}={value}" for name, value in environment.items())] if environment else []
    line = " ".join(_argument(part) for part in (*assigned, *command))
    return "\n".join(
        (
            "[Desktop Entry]",
            "Type=Application",
            f"Name={NAME}",
            "Comment=A voice assistant, started out of sight",
            "Icon=heron",
            f"TryExec={_escaped(command[0])}",
            f"Exec={line}",
            "Terminal=false",
            "StartupNotify=false",
            "X-GNOME-Autostart-enabled=true",
            "",
        )
    )


def is_switched_off(entry: str) -> bool:
    """Return whether a desktop's own tool has switched an autostart entry off."""
    return _OFF.search(entry) is not None


def launch_agent(command: Sequence[str], environment: Mapping[str, str]) -> bytes:
    """Return a property list as macOS reads it; the arguments are those of `desktop_entry`."""
    entry = {
        "Label": LABEL,
        "ProgramArguments": list(command),
        "RunAtLoad": True,
        "KeepAlive": False,
        "ProcessType": "Interactive",
    }
    if environment:
        entry["EnvironmentVariables"] = dict(environment)
    return plistlib.dumps(entry)


def run_line(command: Sequence[str]) -> str:
    """Return the command as a value of the Windows registry's Run key, which knows no variables."""
    return list2cmdline(command)


def _argument(text: str) -> str:
    r"""Quote an argument: first as Exec has it, then as any string of a desktop entry has its backslashes."""
    text = text.replace("%", "%%")
    if _RESERVED.search(text) or not text:
        text = '"' + re.sub(r'(["`$\\])', r"\\\1", text) + '"'
    return _escaped(text)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
