from __future__ import annotations

import json

import pytest

from tests.integration.command import heron
from tests.integration.sound_card import SoundCard

pytestmark = pytest.mark.integration


def test_lists_what_is_here(sound_card: SoundCard) -> None:
    done = heron("doctor", "--json")
    assert done.code == 0
    found = json.loads(done.out)
    assert found["ok"] is True
    checks = {check["name"]: check for check in found["checks"]}
    for name in ("Python", "PySide6-Essentials", "pocketsphinx", "PortAudio", "Microphone", "Speaker"):
        assert checks[name]["verdict"] == "ok", checks[name]
        assert checks[name]["found"]
    assert checks["Local character"]["verdict"] == "ok"
    assert checks["Display"]["verdict"] == "missing"


def test_what_is_missing_has_a_remedy(sound_card_without_microphone: SoundCard) -> None:
    done = heron("doctor")
    assert done.code == 0
    lines = {line[2:].split(":")[0]: line for line in done.out.splitlines()}
    assert "→" in lines["Microphone"]
    assert "→" in lines["Display"]
    assert "→" not in lines["Speaker"]


def test_a_configured_server_that_is_not_there() -> None:
    done = heron("doctor", "--json", HERON_SERVER="http://127.0.0.1:9", HERON_API_KEY="a-secret-key")
    assert done.code == 1
    last = json.loads(done.out)["checks"][-1]
    assert last["verdict"] == "broken"
    assert "127.0.0.1:9" in last["found"]
    assert last["remedy"]
    assert "a-secret-key" not in done.out + done.err


def test_a_data_folder_that_cannot_be_used_is_a_finding() -> None:
    done = heron("doctor", "--json", HERON_HOME="/proc/heron")
    assert done.code == 1
    checks = {check["name"]: check for check in json.loads(done.out)["checks"]}
    assert checks["Data folder"]["verdict"] == "broken"
    assert "HERON_HOME" in checks["Data folder"]["remedy"]
    assert "Traceback" not in done.err
