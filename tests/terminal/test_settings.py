from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core.errors import BadInput, UserError
from app.core.settings import Settings, SettingsStore, Sound, all_settings
from app.terminal import settings


@pytest.fixture
def file(heron_home: Path) -> Path:
    return heron_home / "settings.json"


def run(
    key: str | None = None, value: str | None = None, *, reset: str | None = None, as_json: bool = False
) -> int:
    return settings.run(key, value, reset, as_json=as_json)


def stored(file: Path) -> Settings:
    store = SettingsStore(file)
    assert store.load() == ()
    return store.current


def test_it_lists_all_settings_with_value_default_and_help(
    file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("sound.tail_ms", "300") == 0
    capsys.readouterr()
    assert run() == 0
    said, told = capsys.readouterr()
    assert told == ""
    lines = said.splitlines()
    assert lines[0] == "Sound"
    assert "Cues" in lines
    assert "  sound.tail_ms = 300 ms (default: 200 ms)" in lines
    assert "  sound.microphone = the system's default (default)" in lines
    assert "  cues.error = on (default)" in lines
    assert lines[-1] == f"They are kept in {file}"
    as_one = " ".join(said.split())
    for _, setting in all_settings():
        assert f"{setting.label}. {setting.description}" in as_one
    assert all(len(line) <= 100 for line in lines[:-1])


@pytest.mark.parametrize(
    ("key", "value", "shown"),
    [
        ("sound.tail_ms", "300", "300 ms"),
        ("sound.tail_ms", "300 ms", "300 ms"),
        ("sound.volume", "0.5", "0.5"),
        ("sound.barge_in", "off", "off"),
        ("sound.speaker", "USB, Analog (hw:0,0)", "USB, Analog (hw:0,0)"),
        ("cues.muted", "no", "off"),
        ("hotkeys.mute", "alt + control+q", "Ctrl+Alt+Q"),
        ("hotkeys.mute", "off", "none"),
    ],
)
def test_it_sets_one(
    file: Path, capsys: pytest.CaptureFixture[str], key: str, value: str, shown: str
) -> None:
    assert run(key, value) == 0
    assert capsys.readouterr().out.startswith(f"  {key} = {shown} (default: ")
    assert stored(file) != Settings()
    assert run(key) == 0
    assert capsys.readouterr().out.startswith(f"  {key} = {shown} (default: ")


def test_it_gives_a_default_back(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("sound.tail_ms", "300")
    run("sound.volume", "0.5")
    assert run(reset="sound.tail_ms") == 0
    assert capsys.readouterr().out.splitlines()[-2].strip().startswith("Listen on after release.")
    assert stored(file) == Settings(Sound(volume=0.5))


def test_showing_one_writes_nothing(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("sound.tail_ms") == 0
    assert capsys.readouterr().out.startswith("  sound.tail_ms = 200 ms (default)\n")
    assert not file.exists()


def test_as_json(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run("sound.microphone", "USB, Built-in")
    capsys.readouterr()
    assert run(as_json=True) == 0
    listed = json.loads(capsys.readouterr().out)
    assert listed["file"] == str(file)
    found = {setting["key"]: setting for setting in listed["settings"]}
    assert list(found) == [setting.key for _, setting in all_settings()]
    assert found["sound.microphone"] == {
        "key": "sound.microphone",
        "label": "Microphone",
        "description": found["sound.microphone"]["description"],
        "default": [],
        "value": ["USB", "Built-in"],
        "is_default": False,
        "kind": "names",
        "takes": "names, separated by commas",
        "offer": "microphones",
        "empty": "the system's default",
    }
    tail = found["sound.tail_ms"]
    assert (tail["value"], tail["is_default"], tail["minimum"], tail["maximum"]) == (200, True, 0, 1000)
    assert run("sound.tail_ms", "0", as_json=True) == 0
    (only,) = json.loads(capsys.readouterr().out)["settings"]
    assert (only["key"], only["value"]) == ("sound.tail_ms", 0)


@pytest.mark.parametrize(
    ("key", "value", "reset", "sentence"),
    [
        ("sound.tail", None, None, "There is no setting “sound.tail”. Did you mean sound.tail_ms?"),
        (None, None, "tail_ms", "There is no setting “tail_ms”. Did you mean sound.tail_ms?"),
        ("sound.tail_ms", "long", None, "sound.tail_ms takes a whole number from 0 to 1000 ms, not “long”."),
        ("cues.error", "2", None, "cues.error takes on or off, not “2”."),
        ("hotkeys.mute", "Strg+Q", None, "“Strg+Q” is no hotkey."),
        ("hotkeys.mute", "q", None, "Q would be taken from every other program."),
        ("cues.error", "on", "sound.tail_ms", "--reset NAME stands alone: "),
    ],
)
def test_what_cannot_be_done_is_a_sentence_and_changes_nothing(
    file: Path, key: str | None, value: str | None, reset: str | None, sentence: str
) -> None:
    with pytest.raises(BadInput) as caught:
        run(key, value, reset=reset)
    assert str(caught.value).startswith(sentence)
    assert not file.exists()


def test_what_is_wrong_in_the_file_is_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.parent.mkdir()
    file.write_text('{"sound": {"tail_ms": -1, "volume": 0.5}}')
    assert run("sound.volume", as_json=True) == 0
    said, told = capsys.readouterr()
    assert told.startswith("heron: sound.tail_ms takes a whole number from 0 to 1000 ms, not -1. ")
    assert json.loads(said)["settings"][0]["value"] == 0.5


def test_a_file_that_cannot_be_written_is_a_sentence(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file.mkdir(parents=True)
    with pytest.raises(UserError, match=r"cannot be read \(Is a directory\)"):
        run("sound.volume", "0.5")
    assert "cannot be read" in capsys.readouterr().err


def test_the_start_at_login_is_in_effect_at_once(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    entry = tmp_path / "config" / "autostart" / "heron.desktop"
    assert run("desktop.start_at_login", "on") == 0
    assert entry.exists()
    assert stored(file).desktop.start_at_login
    assert run("desktop.start_at_login") == 0
    assert run(reset="desktop.start_at_login") == 0
    assert not entry.exists()
    assert not stored(file).desktop.start_at_login


def test_what_the_system_does_not_take_is_not_kept(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "config").write_text("a file where the folder should be")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    with pytest.raises(UserError, match="login"):
        run("desktop.start_at_login", "on")
    assert not stored(file).desktop.start_at_login
