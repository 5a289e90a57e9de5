"""./run and ./test up to the point where Python takes over, on a machine that knows nothing of Heron."""

from __future__ import annotations

import os
import re
import signal
import statistics
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.clean_machine import ROOT, SUDO, CleanMachine

BY_HAND = "apt-get update && apt-get install -y --no-install-recommends "
INSTALL = "installing the Python packages ..."


@pytest.fixture
def machine(tmp_path: Path) -> Iterator[CleanMachine]:
    machine = CleanMachine(tmp_path / "machine")
    yield machine
    machine.close()


@pytest.fixture
def ready(machine: CleanMachine) -> CleanMachine:
    """A machine on which Heron was started once."""
    first = machine.run()
    assert first.returncode == 0, first.stderr
    machine.calls()
    return machine


def packages(machine: CleanMachine, name: str) -> list[str]:
    text = (machine.tree / "packaging" / "linux" / f"apt-{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in text.splitlines())
    return [line.split("|")[0] for line in lines if line]


# The first start


def test_the_first_start_installs_everything_and_ends_in_the_app(machine: CleanMachine) -> None:
    outcome = machine.run("talk", "my file.wav")
    assert outcome.returncode == 0, outcome.stderr
    assert outcome.stdout.splitlines() == [f"cwd={machine.base}", "argument=talk", "argument=my file.wav"]
    update, install, venv, pip, editable = machine.calls()
    assert update == "apt-get update"
    wanted = ["python3.11-venv", *packages(machine, "app")]
    assert install == "apt-get install -y --no-install-recommends " + " ".join(wanted)
    assert venv == f"venv {machine.tree}/.venv"
    assert "--require-hashes --only-binary :all:" in pip
    assert f"pip in {machine.tree}:" in editable
    assert editable.endswith("--no-index --no-deps --no-build-isolation -e .")


def test_progress_goes_to_stderr_a_line_per_step(machine: CleanMachine) -> None:
    lines = machine.run().stderr.splitlines()
    assert len(lines) == 7
    assert all(line.startswith("heron: ") for line in lines)
    assert any(INSTALL in line for line in lines)


def test_what_is_installed_is_not_installed_again(machine: CleanMachine) -> None:
    machine.note("ensurepip")
    names = [*packages(machine, "app"), "libglib2.0-0t64", "libportaudio2"]
    there = [name for name in names if name not in {"libglib2.0-0", "libxcb-cursor0"}]
    machine.note(
        "dpkg", "".join(f"installed {name}:amd64\n" for name in there) + "config-files libxcb-cursor0:amd64\n"
    )
    machine.note("lists")
    assert machine.run().returncode == 0
    assert [call for call in machine.calls() if call.startswith("apt-get")] == [
        "apt-get install -y --no-install-recommends libxcb-cursor0"
    ]


def test_a_user_who_may_use_sudo_needs_no_terminal(machine: CleanMachine) -> None:
    machine.user = 1000
    machine.install("sudo", SUDO)
    assert machine.run().returncode == 0
    calls = machine.calls()
    assert "sudo -n true" in calls
    assert any(call.startswith("sudo -n env DEBIAN_FRONTEND=noninteractive") for call in calls)
    assert any(call.startswith("apt-get install") for call in calls)


@pytest.mark.parametrize("has_sudo", [False, True], ids=["no sudo", "sudo wants a password"])
def test_without_the_right_to_install_the_command_is_printed(machine: CleanMachine, has_sudo: bool) -> None:
    machine.user = 1000
    machine.note("sudo-refuses")
    if has_sudo:
        machine.install("sudo", SUDO)
    outcome = machine.run()
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    command = next(line.strip() for line in outcome.stderr.splitlines() if "apt-get" in line)
    wanted = BY_HAND + " ".join(["python3.11-venv", *packages(machine, "app")])
    assert command == (wanted.replace("apt-get", "sudo apt-get") if has_sudo else wanted)
    assert [call for call in machine.calls() if not call.startswith("sudo")] == []


def test_without_apt_get_it_names_the_libraries_and_goes_on(machine: CleanMachine) -> None:
    machine.remove("apt-get", "dpkg-query")
    machine.note("ensurepip")
    outcome = machine.run()
    assert outcome.returncode == 0, outcome.stderr
    assert "PortAudio" in outcome.stderr


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        (
            "W: Failed to fetch x  Temporary failure resolving 'mirror.example'",
            "Check the network connection",
        ),
        ("E: Could not get lock /var/lib/dpkg/lock-frontend", "another program is installing packages"),
        ("E: You don't have enough free space in /var/cache/apt/archives/.", "the disk is full"),
        ("E: Unable to locate package libegl1", "does not have libegl1"),
        ("E: something else", "apt-get install --no-install-recommends python3.11-venv"),
    ],
)
def test_a_failed_apt_get_ends_in_one_sentence(machine: CleanMachine, said: str, sentence: str) -> None:
    machine.note("apt-says", said + "\n")
    outcome = machine.run()
    assert outcome.returncode == 1
    assert sentence in outcome.stderr.splitlines()[-1]
    assert f"{machine.tree}/.setup.log" in outcome.stderr
    assert said in machine.log()


@pytest.mark.parametrize("others", ["3.10", "3.14"])
def test_a_python_that_does_not_fit_is_named(machine: CleanMachine, others: str) -> None:
    machine.python = others
    outcome = machine.run()
    assert outcome.returncode == 1
    assert "Heron needs Python 3.11, 3.12 or 3.13" in outcome.stderr
    assert f"python3 here is Python {others}" in outcome.stderr
    assert machine.calls() == []


def test_a_later_python_beside_python3_is_taken(machine: CleanMachine) -> None:
    machine.install(
        "python3.12", (machine.path / "python3").read_text(encoding="utf-8").replace("$STUB_VERSION", "3.12")
    )
    machine.python = "3.10"
    machine.note("ensurepip")
    outcome = machine.run()
    assert outcome.returncode == 0, outcome.stderr
    assert "making .venv with Python 3.12" in outcome.stderr


def test_no_python_at_all_is_one_sentence(machine: CleanMachine) -> None:
    machine.remove("python3")
    outcome = machine.run()
    assert outcome.returncode == 1
    assert "there is none on the PATH. Install one" in outcome.stderr


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("NewConnectionError: Failed to establish a new connection", "Check the network connection"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES", "not the one that was locked"),
        ("ERROR: [Errno 28] No space left on device", "the disk is full"),
        ("ERROR: No matching distribution found for pocketsphinx", "no ready-made package for this system"),
    ],
)
def test_a_failed_pip_ends_in_one_sentence(machine: CleanMachine, said: str, sentence: str) -> None:
    pip_says = machine.note("pip-says", said + "\n")
    outcome = machine.run()
    assert outcome.returncode == 1
    assert sentence in outcome.stderr.splitlines()[-1]
    assert f"{machine.tree}/.setup.log" in outcome.stderr
    pip_says.unlink()
    machine.calls()
    assert machine.run().returncode == 0
    assert not any(call.startswith("venv") for call in machine.calls()), "nothing was broken, .venv can stay"


def test_a_folder_that_cannot_be_written_to_is_one_sentence(machine: CleanMachine) -> None:
    (machine.tree / ".setup.log").mkdir()
    outcome = machine.run()
    assert outcome.returncode == 1
    assert outcome.stderr.startswith(f"heron: Heron cannot write to its folder {machine.tree}.")
    assert machine.calls() == []


# Later starts


def test_later_starts_only_start_the_app(ready: CleanMachine) -> None:
    outcome = ready.run("doctor", "--json", cwd=ready.notes)
    assert outcome.stdout.splitlines() == [f"cwd={ready.notes}", "argument=doctor", "argument=--json"]
    assert outcome.stderr == ""
    assert ready.calls() == []


def test_a_later_start_costs_little(ready: CleanMachine) -> None:
    seconds = []
    for _ in range(5):
        begun = time.perf_counter()
        ready.run()
        seconds.append(time.perf_counter() - begun)
    assert statistics.median(seconds) < 0.3


def test_it_starts_through_a_link(ready: CleanMachine) -> None:
    link = ready.path / "heron"
    link.symlink_to(ready.tree / "run")
    outcome = subprocess.run(
        [link], env={"PATH": str(ready.path)}, capture_output=True, text=True, check=False
    )
    assert outcome.stdout.startswith("cwd=")


def test_a_changed_lock_is_installed_into_the_same_venv(ready: CleanMachine) -> None:
    with (ready.tree / "locks" / "app.txt").open("a", encoding="utf-8") as lock:
        lock.write("# newer\n")
    assert ready.run().returncode == 0
    assert [call.split()[0] for call in ready.calls()] == ["pip", "pip"]
    assert ready.run().stderr == ""


def test_a_changed_list_of_system_packages_is_seen_to(ready: CleanMachine) -> None:
    with (ready.tree / "packaging" / "linux" / "apt-app.txt").open("a", encoding="utf-8") as packages_needed:
        packages_needed.write("libnew1\n")
    assert ready.run().returncode == 0
    assert ready.calls()[0] == "apt-get install -y --no-install-recommends libnew1"


def test_a_moved_folder_gets_a_new_venv(ready: CleanMachine) -> None:
    moved = ready.tree.with_name("elsewhere")
    ready.tree = ready.tree.rename(moved)
    assert ready.run().returncode == 0
    assert ready.calls()[0] == f"venv {moved}/.venv"


def test_another_python_below_gets_a_new_venv(ready: CleanMachine) -> None:
    python = ready.tree / ".venv" / "bin" / "python"
    other = python.rename(python.with_name("python3.99"))
    python.symlink_to(other)
    assert ready.run().returncode == 0
    assert ready.calls()[0].startswith("venv ")


# Two at once, and breaking off


def test_two_first_starts_at_once_install_once(machine: CleanMachine) -> None:
    gate = machine.gate()
    one = machine.start("one")
    with gate.open("w", encoding="utf-8"):  # opens when pip is there to read
        two = machine.start("two")
        assert two.stderr is not None
        assert "waiting for another set-up" in two.stderr.readline()
        gate.unlink()
    assert "argument=one" in one.communicate(timeout=30)[0]
    assert "argument=two" in two.communicate(timeout=30)[0]
    assert len([call for call in machine.calls() if "--require-hashes" in call]) == 1


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_an_interrupted_set_up_starts_afresh(machine: CleanMachine, number: int, code: int) -> None:
    gate = machine.gate()
    process = machine.start()
    with gate.open("w", encoding="utf-8"):
        os.killpg(process.pid, number)
        errors = process.communicate(timeout=30)[1]
    assert process.returncode == code
    assert errors.splitlines()[-1] == "heron: interrupted; start again to go on with the set-up"
    gate.unlink()
    machine.calls()
    assert machine.run().returncode == 0
    assert machine.calls()[0].startswith("venv "), "half installed packages are not trusted"


def test_without_flock_the_lock_of_a_dead_set_up_is_taken_over(machine: CleanMachine) -> None:
    machine.remove("flock")
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    lock = machine.tree / ".setup.lock"
    lock.mkdir()
    (lock / "pid").write_text(f"{gone.pid}\n", encoding="utf-8")
    assert machine.run().returncode == 0
    assert not lock.exists()


def test_without_flock_two_at_once_install_once(machine: CleanMachine) -> None:
    machine.remove("flock")
    test_two_first_starts_at_once_install_once(machine)


# ./test and the rest of the family


def test_checks_all_run_and_one_failure_fails_the_whole(machine: CleanMachine) -> None:
    machine.failing = "mypy"
    outcome = machine.run("-k", "some thing", script="test")
    assert outcome.returncode == 1
    assert "pytest was here: -P -m pytest -k some thing" in outcome.stdout
    summary = outcome.stdout.partition("==> Summary\n")[2]
    assert [tuple(line.split()[:-2]) for line in summary.splitlines()] == [
        ("lint", "ok"),
        ("format", "ok"),
        ("types", "FAILED"),
        ("import", "contracts", "FAILED"),  # the stand-in for a virtual environment has no lint-imports
        ("tests", "ok"),
        ("coverage", "ok"),
    ]


def test_after_test_nothing_is_left_to_do_for_run(machine: CleanMachine) -> None:
    machine.run(script="test")
    calls = machine.calls()
    install = next(call for call in calls if call.startswith("apt-get install"))
    assert set(packages(machine, "app")) | set(packages(machine, "test")) <= set(install.split())
    assert any(call.endswith("dev.txt.new") for call in calls)
    assert machine.run().stderr == ""
    assert machine.run(script="test").stderr.count("heron: ") == 0


def test_after_run_test_only_adds(ready: CleanMachine) -> None:
    ready.run(script="test")
    install, pip, editable = ready.calls()
    assert not set(packages(ready, "app")) - set(packages(ready, "test")) & set(install.split())
    assert "dev.txt" in pip
    assert editable.endswith("-e .")


def test_ensure_installs_a_list(ready: CleanMachine) -> None:
    assert ready.run("test", script="packaging/linux/ensure.sh").returncode == 0
    (install,) = ready.calls()
    assert "flite" in install.split()
    assert ready.run("test", script="packaging/linux/ensure.sh").returncode == 0
    assert ready.calls() == []


def test_ensure_knows_its_lists(machine: CleanMachine) -> None:
    outcome = machine.run("everything", script="packaging/linux/ensure.sh")
    assert outcome.returncode == 2
    assert "there are: app, test" in outcome.stderr


# The locks


@pytest.mark.parametrize("name", ["app", "dev"])
def test_a_lock_pins_all_by_hash_and_names_no_place(name: str) -> None:
    text = (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8")
    assert not re.search(r"://|^\s*-(?!-hash)|--(extra-)?index|--find-links|file:|@ ", text, re.MULTILINE)
    entries = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE | re.IGNORECASE)[1:]
    assert entries
    for entry in entries:
        assert re.match(r"[\w.-]+==[\w.+!]+", entry), entry
        assert "--hash=sha256:" in entry, entry


def test_what_tests_install_is_what_the_app_installs_and_more() -> None:
    app, dev = (
        set(
            re.findall(
                r"^[\w.-]+==\S+", (ROOT / "locks" / f"{name}.txt").read_text(encoding="utf-8"), re.MULTILINE
            )
        )
        for name in ("app", "dev")
    )
    assert app < dev
