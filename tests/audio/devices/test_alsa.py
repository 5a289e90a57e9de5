from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ASK = "from app.audio.devices.alsa import has_pcm; print(has_pcm())"
_LOAD = """
from app.audio.devices import portaudio
try:
    portaudio.refresh()
except Exception as error:
    print(type(error).__name__, error)
"""


_COMPLAIN = """
import ctypes, sys
from app.audio.devices.alsa import hush
if sys.argv[1] == "hushed":
    hush()
handle = ctypes.c_void_p()
print(ctypes.CDLL("libasound.so.2").snd_pcm_open(ctypes.byref(handle), b"no such card", 0, 0) < 0)
"""


@pytest.mark.parametrize(("how", "is_silent"), [("hushed", True), ("as it is", False)])
def test_alsa_writes_nothing_to_the_terminal(how: str, is_silent: bool) -> None:
    done = subprocess.run([sys.executable, "-c", _COMPLAIN, how], capture_output=True, text=True, check=True)
    assert done.stdout == "True\n"
    assert (done.stderr == "") is is_silent


def _printed(code: str, configuration: Path) -> str:
    """Run code in a process of its own: PortAudio would end it."""
    env = {**os.environ, "ALSA_CONFIG_PATH": str(configuration)}
    return subprocess.run(
        [sys.executable, "-c", code], env=env, capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.mark.parametrize(
    ("text", "has_pcm"),
    [
        ("", False),
        ("ctl.!default { type hw card 0 }\n", False),
        ("pcm.!default { type hw card 0 }\n", True),
        ("pcm.x { type null }\n", True),
    ],
)
def test_a_pcm_is_found_in_the_configuration(tmp_path: Path, text: str, has_pcm: bool) -> None:
    (tmp_path / "alsa.conf").write_text(text)
    assert _printed(_ASK, tmp_path / "alsa.conf") == str(has_pcm)


def test_machine_without_alsa_s_configuration_has_none(tmp_path: Path) -> None:
    assert _printed(_ASK, tmp_path / "none.conf") == "False"


def test_portaudio_is_not_let_at_an_alsa_without_pcm(tmp_path: Path) -> None:
    said = _printed(_LOAD, tmp_path / "none.conf")
    assert said == (
        "AudioError ALSA has no configuration. Install it (Debian, Ubuntu: apt-get install libasound2-data)."
    )


def test_elsewhere_there_is_nothing_to_check(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    code = f"import sys; sys.platform = 'darwin'; {_ASK}"
    assert _printed(code, tmp_path / "none.conf") == "True"
