from __future__ import annotations

import plistlib
import subprocess
import sys
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.desktop import start_at_login as module
from app.desktop.start_at_login import (
    AutostartFile,
    LaunchAgentFile,
    RunKey,
    is_started_at_login,
    login_command,
    login_environment,
    start_at_login,
)

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    return folder


def test_it_is_switched_on_and_off(configuration: Path) -> None:
    file = configuration / "autostart" / "heron.desktop"
    assert not is_started_at_login()
    start_at_login(True)
    assert is_started_at_login()
    assert "--hidden" in file.read_text()
    assert [entry.name for entry in file.parent.iterdir()] == ["heron.desktop"]
    before = file.stat()
    start_at_login(True)
    assert file.stat() == before, "nothing has changed, so nothing is written"
    start_at_login(False)
    assert not file.exists()
    start_at_login(False)


def test_one_that_a_desktop_has_switched_off_is_off() -> None:
    start_at_login(True)
    file = AutostartFile().file
    file.write_text(file.read_text().replace("enabled=true", "enabled=false"))
    assert not is_started_at_login()
    start_at_login(True)
    assert is_started_at_login()


def test_a_folder_that_cannot_be_written_is_a_sentence(configuration: Path) -> None:
    configuration.write_text("a file where the folder should be")
    with pytest.raises(UserError, match="system's own settings"):
        start_at_login(True)
    assert not is_started_at_login()


def test_a_relative_configuration_folder_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert AutostartFile().file == tmp_path / ".config" / "autostart" / "heron.desktop"


def test_the_command_of_a_clone_is_its_own_script() -> None:
    assert login_command() == [str(ROOT / "run"), "--hidden"]


def test_the_command_of_an_installation_is_its_python(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "prefix", "/usr")
    assert login_command() == [sys.executable, "-P", "-m", "app", "--hidden"]


def test_the_command_of_the_package_is_the_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/heron/heron")
    assert login_command() == ["/opt/heron/heron", "--hidden"]


def test_it_is_the_same_heron_that_is_started(heron_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert login_environment() == {"HERON_HOME": str(heron_home)}
    monkeypatch.delenv("HERON_HOME")
    assert login_environment() == {}


def test_what_a_desktop_would_run_is_this_heron(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run the entry's own command; --version in place of the window."""
    monkeypatch.setattr(sys, "prefix", "/usr")  # ./run would look first whether its set-up is complete
    start_at_login(True)
    line = next(line for line in AutostartFile().file.read_text().splitlines() if line.startswith("Exec="))
    command = line.removeprefix("Exec=").replace("--hidden", "--version")
    ended = subprocess.run(
        ["/bin/sh", "-c", command], cwd=tmp_path, capture_output=True, text=True, check=True, timeout=60
    )
    assert ended.stdout.startswith("Heron ")


def test_a_launch_agent_is_written_and_taken_away(tmp_path: Path) -> None:
    agent = LaunchAgentFile(tmp_path / "LaunchAgents")
    assert not agent.is_on()
    agent.switch_on(["/Applications/Heron", "--hidden"], {})
    assert agent.is_on()
    assert plistlib.loads(agent.file.read_bytes())["ProgramArguments"] == ["/Applications/Heron", "--hidden"]
    agent.switch_off()
    agent.switch_off()
    assert not agent.is_on()


def test_each_system_has_its_own_way(monkeypatch: pytest.MonkeyPatch) -> None:
    kinds = {"linux": AutostartFile, "darwin": LaunchAgentFile, "win32": RunKey}
    for platform, kind in kinds.items():
        monkeypatch.setattr(sys, "platform", platform)
        assert isinstance(module._here(), kind)
