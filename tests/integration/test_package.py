"""The packaged application, built as a release builds it, and used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import wave
from pathlib import Path

import pytest

pytestmark = pytest.mark.integration

ROOT = Path(__file__).parents[2]
BUILD_S = 300
USE_S = 60


@pytest.fixture(scope="session")
def application(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the application and return its folder."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-P", "-m", "PyInstaller", "build.spec", "--noconfirm", "--log-level", "WARN"]
    places = ["--distpath", str(folder), "--workpath", str(tmp_path_factory.mktemp("build"))]
    outcome = subprocess.run(
        [*command, *places], cwd=ROOT, capture_output=True, text=True, timeout=BUILD_S, check=False
    )
    assert outcome.returncode == 0, outcome.stderr[-4000:]
    return folder / "heron"


def use(application: Path, *arguments: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the application in a folder of its own, without the Python that built it."""
    home.mkdir(parents=True, exist_ok=True)
    kept = ("LANG", "DISPLAY", "PULSE_SERVER", "XDG_RUNTIME_DIR", "ALSA_CONFIG_PATH")
    environment = {name: os.environ[name] for name in kept if name in os.environ}
    return subprocess.run(
        [str(application / "heron"), *arguments],
        cwd=home,
        env={**environment, "HERON_HOME": str(home), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        timeout=USE_S,
        stdin=subprocess.DEVNULL,
        check=False,
    )


def test_the_doctor_finds_all_libraries(application: Path, tmp_path: Path) -> None:
    outcome = use(application, "doctor", "--json", home=tmp_path / "home")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    found = {check["name"]: check for check in json.loads(outcome.stdout)["checks"]}
    for library in (
        "PySide6-Essentials",
        "sounddevice",
        "pocketsphinx",
        "espeakng-loader",
        "webrtcvad-wheels",
    ):
        assert found[library]["verdict"] == "ok", found[library]
        assert found[library]["found"][0].isdigit(), "the versions are collected too"
    assert found["PortAudio"]["verdict"] == "ok", found["PortAudio"]


def test_it_answers_in_text_and_voice(application: Path, tmp_path: Path) -> None:
    reply = tmp_path / "x.wav"
    question = ("talk", "--text", "what is two plus three", "--json", "--out", str(reply))
    outcome = use(application, *question, home=tmp_path / "home")
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    events = [json.loads(line) for line in outcome.stdout.splitlines()]
    texts = [event["text"] for event in events if event["event"] == "reply" and event["final"]]
    assert any("5" in text or "five" in text for text in texts), texts
    with wave.open(str(reply)) as audio:
        assert audio.getnframes() / audio.getframerate() > 0.5


def test_it_carries_what_it_must_and_no_more(application: Path) -> None:
    names = {path.name for path in application.rglob("*")}
    assert {"libqxcb.so", "libqwayland.so", "libqoffscreen.so", "libportaudio.so.2", "heron.svg"} <= names
    assert {"NOTICE.txt", "GPL-3.0.txt", "LGPL-3.0.txt", "MIT.txt"} <= names
    assert not names & {"libasound.so.2", "libqgtk3.so", "libgtk-3.so.0", "libQt6Quick.so.6"}
    assert {name for name in names if name.endswith(".qm")} == {"heron_de.qm", "heron_en.qm", "qtbase_de.qm"}
    assert not [path for path in application.rglob("*") if path.is_symlink() and not path.exists()]


def test_a_build_without_portaudio_fails_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import ctypes.util\nctypes.util.find_library = lambda name: None\n", encoding="utf-8"
    )
    outcome = subprocess.run(
        [
            sys.executable,
            "-P",
            "-m",
            "PyInstaller",
            "build.spec",
            "--distpath",
            tmp_path,
            "--workpath",
            tmp_path,
        ],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=BUILD_S,
        check=False,
    )
    assert outcome.returncode != 0
    assert "libportaudio is not installed" in outcome.stderr
    assert "sudo apt-get install libportaudio2" in outcome.stderr
