"""Being started at login, as each system does it: an autostart file, a launch agent, the Run key."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, Protocol

from app.core.errors import UserError
from app.core.own_command import own_command
from app.core.translation import translate
from app.desktop.login_entry import LABEL, NAME, desktop_entry, is_switched_off, launch_agent, run_line

HOME_VARIABLE: Final = "HERON_HOME"
_RUN_KEY: Final = r"Software\Microsoft\Windows\CurrentVersion\Run"


class StartAtLogin(Protocol):
    """One system's way. Everything may block, and raises `OSError`."""

    def is_on(self) -> bool:
        """Return whether Heron is started at login."""

    def switch_on(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Have a command started at login, with these variables; whatever was there before is replaced."""

    def switch_off(self) -> None:
        """Have nothing started."""


def is_started_at_login() -> bool:
    """Return whether the system starts Heron at login, as far as it can be read."""
    with suppress(OSError):
        return _here().is_on()
    return False


def start_at_login(is_wanted: bool) -> None:
    """Have this Heron started at login from now on, out of sight, or have it not.

    Raises:
        UserError: The system does not take it.
    """
    here = _here()
    try:
        if is_wanted:
            here.switch_on(login_command(), login_environment())
        else:
            here.switch_off()
    except OSError as error:
        text = translate(
            "Desktop",
            "The system's list of what is started at login cannot be changed ({why}). "
            "Change it in the system's own settings.",
        )
        raise UserError(text.format(why=error.strerror or error)) from error


def login_command() -> list[str]:
    """Return the command that starts what the person runs: the package, an installation, or a clone."""
    root = Path(__file__).parents[2]
    script = root / "run"
    if (
        not getattr(sys, "frozen", False)
        and Path(sys.prefix) == root / ".venv"
        and os.access(script, os.X_OK)
    ):
        return [str(script), "--hidden"]  # it also brings up to date what a newer clone needs
    program, *arguments = own_command("--hidden")
    windowless = Path(program).with_name("pythonw.exe")
    if sys.platform == "win32" and Path(program).name == "python.exe" and windowless.exists():
        program = str(windowless)  # no terminal is opened for it
    return [program, *arguments]


def login_environment() -> dict[str, str]:
    """Return what makes it the same Heron: the data folder, where another one is named."""
    named = os.environ.get(HOME_VARIABLE)
    return {HOME_VARIABLE: str(Path(named).expanduser().absolute())} if named else {}


class AutostartFile:
    """A file in the autostart folder: the desktops under Linux.

    Args:
        folder: The folder; None for the user's own.
    """

    def __init__(self, folder: Path | None = None) -> None:
        configuration = os.environ.get("XDG_CONFIG_HOME", "")
        home = Path(configuration) if Path(configuration).is_absolute() else Path("~/.config").expanduser()
        self.file = (folder or home / "autostart") / "heron.desktop"

    def is_on(self) -> bool:
        """Return whether the file is there and no desktop's tool has switched it off."""
        with suppress(FileNotFoundError):
            return not is_switched_off(self.file.read_text(encoding="utf-8", errors="replace"))
        return False

    def switch_on(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Write the file."""
        _write(self.file, desktop_entry(command, environment).encode())

    def switch_off(self) -> None:
        """Take the file away."""
        self.file.unlink(missing_ok=True)


class LaunchAgentFile:
    """A property list in the folder of launch agents: macOS.

    Args:
        folder: The folder; None for the user's own.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.file = (folder or Path("~/Library/LaunchAgents").expanduser()) / f"{LABEL}.plist"

    def is_on(self) -> bool:
        """Return whether the file is there."""
        return self.file.exists()

    def switch_on(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        """Write the file."""
        _write(self.file, launch_agent(command, environment))

    def switch_off(self) -> None:
        """Take the file away."""
        self.file.unlink(missing_ok=True)


class RunKey:
    """A value of the registry's Run key: Windows."""

    def is_on(self) -> bool:
        """Return whether the value is there."""
        if sys.platform == "win32":
            import winreg

            with suppress(FileNotFoundError), winreg.OpenKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                return bool(winreg.QueryValueEx(key, NAME)[0])
        return False

    def switch_on(self, command: Sequence[str], _environment: Mapping[str, str]) -> None:
        """Write the value."""
        if sys.platform == "win32":
            import winreg

            with winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                winreg.SetValueEx(key, NAME, 0, winreg.REG_SZ, run_line(command))

    def switch_off(self) -> None:
        """Take the value away."""
        if sys.platform == "win32":
            import winreg

            with suppress(FileNotFoundError), winreg.CreateKey(winreg.HKEY_CURRENT_USER, _RUN_KEY) as key:
                winreg.DeleteValue(key, NAME)


def _here() -> StartAtLogin:
    if sys.platform == "win32":
        return RunKey()
    if sys.platform == "darwin":
        return LaunchAgentFile()
    return AutostartFile()


def _write(file: Path, content: bytes) -> None:
    with suppress(FileNotFoundError):
        if file.read_bytes() == content:
            return
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    part = file.with_name(f".{file.name}.part")  # no desktop reads half an entry
    try:
        part.write_bytes(content)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
