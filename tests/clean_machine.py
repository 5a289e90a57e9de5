"""A machine for ./run with only the tools it may count on.

Its Python, apt-get and sudo only note what they are asked to do; the scripts under test are the real ones, in
a copy of the tree.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]

TOOLS = (
    *(
        "awk",
        "cat",
        "chmod",
        "cmp",
        "cp",
        "cut",
        "date",
        "dirname",
        "env",
        "flock",
        "grep",
        "head",
        "mkdir",
        "mv",
    ),
    *("readlink", "rm", "sed", "sh", "sleep", "sort", "tail", "touch", "tr", "true", "uname"),
)
"""What a minimal Debian has at hand, and nothing that could install anything."""

# A Python that makes "virtual environments" with itself in them. As pip it waits where the test wants it to.
PYTHON = """#!/bin/sh
case "$*" in
*"import sys; print"*) echo "$STUB_VERSION" ;;
*"import ensurepip"*) [ -e "$STUB/ensurepip" ] ;;
*"import sys; sys.exit"*) exit 0 ;;
*"import pip"*) exit 0 ;;
"-I -m venv "*)
    echo "venv $4" >>"$STUB/calls"
    mkdir -p "$4/bin" && cp "$0" "$4/bin/python" ;;
"-I -m pip install "*)
    shift 4
    echo "pip in $PWD: $*" >>"$STUB/calls"
    if [ -e "$STUB/pip-says" ]; then cat "$STUB/pip-says"; exit 1; fi
    if [ -p "$STUB/gate" ]; then echo "Installing collected packages: all"; cat "$STUB/gate"; fi ;;
"-P -m app"*)
    shift 3
    echo "cwd=$PWD"
    for argument in "$@"; do echo "argument=$argument"; done ;;
"-P -m "*)
    echo "$3 was here: $*"
    [ "$3" != "$STUB_FAILS" ] ;;
*) echo "unexpected: $*" >&2; exit 99 ;;
esac
"""

APT_GET = """#!/bin/sh
while [ "${1#-}" != "$1" ]; do case $1 in -o) shift 2 ;; *) shift ;; esac; done
echo "apt-get $*" >>"$STUB/calls"
if [ -e "$STUB/apt-says" ]; then cat "$STUB/apt-says" >&2; exit 100; fi
case $1 in
update) touch "$STUB/lists" ;;
install)
    touch "$STUB/ensurepip"
    for name in "$@"; do echo "installed $name:amd64"; done >>"$STUB/dpkg" ;;
esac
"""

APT_CACHE = """#!/bin/sh
[ -e "$STUB/lists" ] || exit 0
shift
for name in "$@"; do
    case $name in *t64*) echo "  Candidate: (none)" ;; *) echo "  Candidate: 1.0" ;; esac
done
"""

SHIMS = {
    "python3": PYTHON,
    "apt-get": APT_GET,
    "apt-cache": APT_CACHE,
    "dpkg": "#!/bin/sh\necho amd64\n",
    "dpkg-query": '#!/bin/sh\n[ ! -e "$STUB/dpkg" ] || cat "$STUB/dpkg"\n',
    "id": '#!/bin/sh\necho "$STUB_UID"\n',
}

SUDO = """#!/bin/sh
echo "sudo $*" >>"$STUB/calls"
[ ! -e "$STUB/sudo-refuses" ] || exit 1
shift
exec "$@"
"""


@dataclass
class CleanMachine:
    """A copy of the tree in a folder with an awkward name, and the machine around it."""

    base: Path
    tree: Path = field(init=False)
    notes: Path = field(init=False)
    path: Path = field(init=False)
    user: int = 0
    python: str = "3.11"
    failing: str = ""
    _started: list[subprocess.Popen[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tree = self.base / "Gräser & Röhricht" / "der Reiher"
        self.notes = self.base / "notes"
        self.path = self.base / "bin"
        for folder in (self.tree, self.notes, self.path):
            folder.mkdir(parents=True)
        for name in ("run", "test"):
            shutil.copy(ROOT / name, self.tree / name)
        for name in ("locks", "packaging"):
            shutil.copytree(ROOT / name, self.tree / name)
        for tool in TOOLS:
            found = shutil.which(tool)
            assert found is not None, f"{tool} is missing on this machine"
            (self.path / tool).symlink_to(found)
        for name, text in SHIMS.items():
            self.install(name, text)

    def install(self, name: str, text: str) -> None:
        """Put a program on the PATH."""
        program = self.path / name
        program.write_text(text, encoding="utf-8")
        program.chmod(0o755)

    def remove(self, *names: str) -> None:
        """Take programs off the PATH."""
        for name in names:
            (self.path / name).unlink()

    def start(self, *arguments: str, script: str = "run", cwd: Path | None = None) -> subprocess.Popen[str]:
        """Start ./run or ./test in a session of its own, that is: with no terminal to ask on."""
        process = subprocess.Popen(
            [str(self.tree / script), *arguments],
            cwd=cwd or self.base,
            env=self._environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        self._started.append(process)
        return process

    def run(
        self, *arguments: str, script: str = "run", cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run ./run or ./test to its end."""
        process = self.start(*arguments, script=script, cwd=cwd)
        out, err = process.communicate(timeout=30)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def close(self) -> None:
        """End what a test left running."""
        for process in self._started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.communicate()

    def note(self, name: str, text: str = "") -> Path:
        """Tell the stand-ins how to behave."""
        (self.notes / name).write_text(text, encoding="utf-8")
        return self.notes / name

    def gate(self) -> Path:
        """Let pip wait until this pipe is opened for writing and closed again."""
        pipe = self.notes / "gate"
        os.mkfifo(pipe)
        return pipe

    def calls(self) -> Sequence[str]:
        """Return what was asked of the stand-ins since the last call."""
        calls = self.notes / "calls"
        lines = calls.read_text(encoding="utf-8").splitlines() if calls.exists() else []
        calls.unlink(missing_ok=True)
        return lines

    def log(self) -> str:
        """Return the set-up's log."""
        return (self.tree / ".setup.log").read_text(encoding="utf-8")

    def _environment(self) -> dict[str, str]:
        return {
            "PATH": str(self.path),
            "LANG": "C.UTF-8",
            "STUB": str(self.notes),
            "STUB_UID": str(self.user),
            "STUB_VERSION": self.python,
            "STUB_FAILS": self.failing,
        }
