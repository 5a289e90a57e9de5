from __future__ import annotations

import configparser
import plistlib
import subprocess
from pathlib import Path

import pytest

from app.desktop.login_entry import desktop_entry, is_switched_off, launch_agent, run_line

COMMANDS = [
    ["/opt/heron/heron", "--hidden"],
    ["/home/a b/.venv/bin/python", "-P", "-m", "app", "--hidden"],
    ['/home/o"dd/$HOME/`x`/100%/back\\slash', "--hidden", ""],
]


@pytest.mark.parametrize("command", COMMANDS)
def test_an_autostart_entry_validates_and_says_the_command(command: list[str], tmp_path: Path) -> None:
    file = tmp_path / "heron.desktop"
    file.write_text(desktop_entry(command, {"HERON_HOME": "/data/my heron"}))
    checked = subprocess.run(
        ["desktop-file-validate", "--no-hints", str(file)], capture_output=True, text=True, check=False
    )
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")
    assert read(file, "Exec") == ["env", "HERON_HOME=/data/my heron", *command]
    assert not is_switched_off(file.read_text())


def read(file: Path, name: str) -> list[str]:
    """Return a command as a desktop reads it: the string, then its quotes, then its field codes."""
    entry = configparser.RawConfigParser(strict=True)
    entry.optionxform = str  # type: ignore[assignment, method-assign]
    entry.read(file)
    line = entry["Desktop Entry"][name].replace("\\\\", "\\")
    show = ["/bin/sh", "-c", f"printf '%s\\n' {line}"]
    parts = subprocess.run(show, capture_output=True, text=True, check=True)
    return [part.replace("%%", "%") for part in parts.stdout.splitlines()]


def test_without_variables_the_command_stands_alone(tmp_path: Path) -> None:
    file = tmp_path / "heron.desktop"
    file.write_text(desktop_entry(["/opt/heron", "--hidden"], {}))
    assert "\nExec=/opt/heron --hidden\n" in file.read_text()
    assert "\nTryExec=/opt/heron\n" in file.read_text()


@pytest.mark.parametrize("line", ["Hidden=true", "X-GNOME-Autostart-enabled=false", "Hidden = true"])
def test_a_desktops_tool_switches_it_off(line: str) -> None:
    assert is_switched_off(f"[Desktop Entry]\nType=Application\n{line}\n")


@pytest.mark.parametrize("line", ["#Hidden=true", "Hidden=false", "Comment=Hidden=true"])
def test_other_lines_do_not(line: str) -> None:
    assert not is_switched_off(f"[Desktop Entry]\n{line}\n")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_launch_agent_says_the_command(command: list[str]) -> None:
    entry = plistlib.loads(launch_agent(command, {"HERON_HOME": "/data"}))
    assert entry["ProgramArguments"] == command
    assert entry["EnvironmentVariables"] == {"HERON_HOME": "/data"}
    assert entry["RunAtLoad"] is True
    assert entry["Label"]
    assert "EnvironmentVariables" not in plistlib.loads(launch_agent(command, {}))


def test_a_value_of_the_run_key_is_quoted_as_windows_reads_it() -> None:
    line = run_line([r"C:\Program Files\Heron\heron.exe", "--hidden"])
    assert line == r'"C:\Program Files\Heron\heron.exe" --hidden'
