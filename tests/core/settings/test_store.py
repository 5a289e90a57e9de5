from __future__ import annotations

import json
import logging
import os
import threading
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import BadInput, UserError
from app.core.settings.cues import Cues
from app.core.settings.profile import Profile
from app.core.settings.settings import Settings
from app.core.settings.sound import Sound
from app.core.settings.store import SettingsStore


@pytest.fixture
def file(heron_home: Path) -> Path:
    heron_home.mkdir()
    return heron_home / "settings.json"


def kept(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def loaded(file: Path) -> SettingsStore:
    store = SettingsStore(file)
    assert store.load() == ()
    return store


def test_it_begins_with_the_defaults_and_writes_nothing(file: Path) -> None:
    store = SettingsStore()
    assert store.file == file
    assert store.current == Settings()
    assert store.load() == ()
    store.save()
    assert not file.exists()


def test_a_change_is_in_effect_at_once_and_lasts_when_it_is_saved(file: Path) -> None:
    store = SettingsStore(file)
    store.update(Sound, tail_ms=300, microphone=("USB", "Built-in"))
    store.update(Cues, error=False)
    assert store.current == Settings(Sound(tail_ms=300, microphone=("USB", "Built-in")), Cues(error=False))
    assert not file.exists()
    store.save()
    assert loaded(file).current == store.current
    assert kept(file) == {
        "version": 1,
        "sound": {"tail_ms": 300, "microphone": ["USB", "Built-in"]},
        "cues": {"error": False},
    }


def test_a_reset_gives_the_default_back_and_keeps_nothing(file: Path) -> None:
    store = SettingsStore(file)
    store.update(Sound, tail_ms=300, volume=0.5)
    store.save()
    store.reset(Sound, "tail_ms")
    assert store.current == Settings(Sound(volume=0.5))
    store.save()
    assert kept(file)["sound"] == {"volume": 0.5}
    store.reset(Sound, "volume", "barge_in")
    store.save()
    assert loaded(file).current == Settings()


def test_wrong_names_and_values_change_nothing(file: Path) -> None:
    store = SettingsStore(file)
    with pytest.raises(BadInput, match=r"^There is no setting “sound\.tail”"):
        store.update(Sound, volume=0.5, tail=3)
    with pytest.raises(BadInput, match=r"^sound\.tail_ms takes a whole number"):
        store.update(Sound, volume=0.5, tail_ms=5000)
    with pytest.raises(BadInput, match=r"^There is no setting “sound\.tail”"):
        store.reset(Sound, "volume", "tail")
    store.save()
    assert store.current == Settings()
    assert not file.exists()


def test_listeners_are_told_of_each_change_and_of_nothing_else(file: Path) -> None:
    store = SettingsStore(file)
    told: list[Settings] = []
    later: list[Settings] = []
    end = store.subscribe(told.append)
    store.update(Sound, volume=0.5)
    store.update(Sound, volume=0.5)
    store.save()
    store.subscribe(later.append)
    store.reset(Sound, "volume")
    end()
    end()
    store.update(Cues, muted=False)
    assert told == [Settings(Sound(volume=0.5)), Settings()]
    assert later == [Settings(), Settings(cues=Cues(muted=False))]


def test_a_listener_that_fails_harms_nobody(file: Path, caplog: pytest.LogCaptureFixture) -> None:
    store = SettingsStore(file)
    told: list[Settings] = []

    def broken(settings: Settings) -> None:
        raise RuntimeError("it fails")

    store.subscribe(broken)
    store.subscribe(told.append)
    with caplog.at_level(logging.ERROR):
        store.update(Sound, volume=0.5)
    assert told == [store.current]
    assert "it fails" in caplog.text


def test_a_listener_may_leave_and_another_come_while_they_are_told(file: Path) -> None:
    store = SettingsStore(file)
    told: list[Settings] = []
    later: list[Settings] = []

    def once(settings: Settings) -> None:
        end()
        store.subscribe(later.append)

    end = store.subscribe(once)
    store.subscribe(told.append)
    store.update(Sound, volume=0.5)
    store.update(Sound, volume=0.6)
    assert told == [Settings(Sound(volume=0.5)), Settings(Sound(volume=0.6))]
    assert later == [Settings(Sound(volume=0.6))]


def test_what_is_not_known_stays_in_the_file(file: Path) -> None:
    file.write_text('{"sound": {"tail_ms": 300, "surround": [1, null]}, "theme": {"dark": true}, "x": 1}')
    store = loaded(file)
    store.update(Sound, volume=0.5)
    store.reset(Sound, "tail_ms")
    store.save()
    assert kept(file) == {
        "version": 1,
        "sound": {"surround": [1, None], "volume": 0.5},
        "theme": {"dark": True},
        "x": 1,
    }


def test_a_wrong_value_is_named_and_its_default_counts(file: Path) -> None:
    file.write_text('{"sound": {"tail_ms": 5000, "volume": 0.5, "speaker": "USB"}, "cues": [1]}')
    store = SettingsStore(file)
    speaker, tail = store.load()
    assert speaker == (
        'sound.speaker takes names, separated by commas, not "USB". '
        f"{file} says so; the default counts instead: the system's default."
    )
    assert tail == (
        "sound.tail_ms takes a whole number from 0 to 1000 ms, not 5000. "
        f"{file} says so; the default counts instead: 200 ms."
    )
    assert store.current == Settings(Sound(volume=0.5))
    store.update(Cues, error=False)
    store.update(Sound, tail_ms=100)
    store.save()
    assert kept(file)["sound"] == {"tail_ms": 100, "volume": 0.5, "speaker": "USB"}
    assert kept(file)["cues"] == {"error": False}


def test_a_damaged_file_is_kept_aside_and_the_defaults_count(file: Path) -> None:
    file.write_text("{")
    store = SettingsStore(file)
    (sentence,) = store.load()
    assert "are damaged" in sentence
    assert store.current == Settings()
    store.update(Sound, volume=0.5)
    store.save()
    assert kept(file) == {"version": 1, "sound": {"volume": 0.5}}
    assert len(list(file.parent.glob("settings.json.damaged-*"))) == 1


def test_a_file_that_cannot_be_read_is_a_sentence_and_is_not_written(file: Path) -> None:
    file.mkdir()
    store = SettingsStore(file)
    (sentence,) = store.load()
    assert "cannot be read (Is a directory)" in sentence
    store.update(Sound, volume=0.5)
    with pytest.raises(UserError, match="cannot be read"):
        store.save()
    assert store.current.sound.volume == 0.5


def test_what_could_not_be_saved_is_saved_the_next_time(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SettingsStore(file)
    store.update(Sound, volume=0.5, tail_ms=100)

    def full(descriptor: int) -> None:
        store.update(Sound, tail_ms=300)  # meanwhile
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(UserError, match="No space left on device"):
            store.save()
    store.save()
    assert kept(file)["sound"] == {"volume": 0.5, "tail_ms": 300}


def test_two_processes_do_not_undo_each_other(file: Path) -> None:
    window, terminal = loaded(file), loaded(file)
    terminal.update(Sound, tail_ms=300, volume=0.1)
    terminal.save()
    window.update(Sound, volume=0.5)
    window.save()
    assert kept(file)["sound"] == {"tail_ms": 300, "volume": 0.5}


def test_what_others_changed_is_in_effect_after_loading_anew(file: Path) -> None:
    window, terminal = loaded(file), loaded(file)
    told: list[Settings] = []
    window.subscribe(told.append)
    window.update(Sound, volume=0.5)
    terminal.update(Sound, tail_ms=300, volume=0.1)
    terminal.save()
    assert window.load() == ()
    assert window.current == Settings(Sound(tail_ms=300, volume=0.5))  # not saved yet, and newer
    assert told == [Settings(Sound(volume=0.5)), window.current]


def test_a_file_that_is_damaged_meanwhile_is_written_from_memory(
    file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = SettingsStore(file)
    store.update(Sound, tail_ms=300)
    store.save()
    file.write_text("{")
    store.update(Sound, volume=0.5)
    store.save()
    assert kept(file)["sound"] == {"tail_ms": 300, "volume": 0.5}
    assert "are damaged" in caplog.text


def test_it_may_be_saved_in_other_threads(file: Path) -> None:
    store = SettingsStore(file)
    threads = []
    for number in range(40):
        store.update(Sound, tail_ms=number)
        threads.append(threading.Thread(target=store.save))
        threads[-1].start()
    for thread in threads:
        thread.join()
    assert kept(file) == {"version": 1, "sound": {"tail_ms": 39}}


def test_two_threads_do_not_undo_each_other(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    store = SettingsStore(file)
    second = threading.Thread(target=store.save)
    fsync = os.fsync

    def slow(descriptor: int) -> None:
        monkeypatch.setattr(os, "fsync", fsync)
        store.update(Sound, volume=0.5)
        second.start()
        second.join(0.1)  # it may not get through before the first is done
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", slow)
    store.update(Sound, tail_ms=300)
    store.save()
    second.join()
    assert kept(file)["sound"] == {"tail_ms": 300, "volume": 0.5}


CLOUD = Profile("cloud-1", "Cloud", "estuary", character_id="zeus")


def test_profiles_are_kept_and_told(file: Path) -> None:
    store = loaded(file)
    told: list[Settings] = []
    store.subscribe(told.append)
    store.change_profiles(store.current.profiles.with_(CLOUD))
    store.change_profiles(store.current.profiles.talking_with("cloud-1"))
    assert [settings.profiles.current_id for settings in told] == ["local", "cloud-1"]
    store.save()
    assert kept(file)["profiles"] == {"current": "cloud-1", "cloud-1": CLOUD.described()}
    assert loaded(file).current == Settings(profiles=store.current.profiles)
    store.change_profiles(store.current.profiles.without("cloud-1"))
    store.save()
    assert kept(file)["profiles"] == {"current": "local"}


def test_profiles_of_two_processes_do_not_undo_each_other(file: Path) -> None:
    one, other = loaded(file), loaded(file)
    one.change_profiles(one.current.profiles.with_(CLOUD))
    other.change_profiles(other.current.profiles.with_(Profile("home-1", "Home", "server")))
    one.save()
    other.save()
    assert {profile.id for profile in loaded(file).current.profiles} == {"local", "cloud-1", "home-1"}


def test_a_profile_that_is_damaged_is_told_and_stays_in_the_file(file: Path) -> None:
    file.write_text('{"profiles": {"current": "sky", "sky": {"kind": "sky"}, "home-1": {"kind": "server"}}}')
    store = SettingsStore(file)
    notes = store.load()
    assert len(notes) == 2
    assert all(str(file) in note for note in notes)
    assert store.notes == notes
    assert [profile.id for profile in store.current.profiles] == ["local", "home-1"]
    store.update(Sound, tail_ms=300)
    store.save()
    assert kept(file)["profiles"]["sky"] == {"kind": "sky"}


def test_what_a_newer_heron_keeps_in_a_profile_stays(file: Path) -> None:
    file.write_text('{"profiles": {"home-1": {"kind": "server", "colour": "green"}}}')
    store = loaded(file)
    store.change_profiles(store.current.profiles.with_(Profile("home-1", "Home", "server")))
    store.save()
    assert kept(file)["profiles"]["home-1"]["colour"] == "green"
    assert kept(file)["profiles"]["home-1"]["name"] == "Home"


def test_what_is_not_saved_yet_is_known(file: Path) -> None:
    store = SettingsStore(file)
    assert store.notes is None
    known = [store.has_unsaved]
    store.update(Sound, tail_ms=300)
    known.append(store.has_unsaved)
    store.save()
    known.append(store.has_unsaved)
    assert known == [False, True, False]
