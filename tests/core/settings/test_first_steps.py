from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core.settings.first_steps import DONE, DUE, UNKNOWN, FirstSteps, are_due
from app.core.settings.settings import all_settings
from app.core.settings.sound import Sound
from app.core.settings.store import SettingsStore


def loaded() -> SettingsStore:
    store = SettingsStore()
    store.load()
    return store


def test_they_are_due_to_somebody_who_has_never_been_here(heron_home: Path) -> None:
    (heron_home / "logs").mkdir(parents=True)
    (heron_home / "server").mkdir()
    assert are_due(loaded())


@pytest.mark.parametrize(("stage", "expected"), [(DUE, True), (DONE, False), (UNKNOWN, False)])
def test_what_is_remembered_counts(heron_home: Path, *, stage: str, expected: bool) -> None:
    store = loaded()
    store.update(FirstSteps, stage=stage)
    store.update(Sound, volume=0.5)
    store.save()
    assert json.loads((heron_home / "settings.json").read_text())["first_steps"] == {"stage": stage}
    assert are_due(loaded()) is expected


def test_whoever_chose_something_before_there_were_such_steps_is_not_led_through_them() -> None:
    store = loaded()
    store.update(Sound, volume=0.5)
    store.save()
    assert not are_due(loaded())


def test_a_history_says_that_somebody_was_here(heron_home: Path) -> None:
    (heron_home / "history").mkdir(parents=True)
    assert are_due(loaded())
    (heron_home / "history" / "local.sqlite3").touch()
    assert not are_due(loaded())


@pytest.mark.parametrize("content", ["{", '{"version": 99}', '{"first_steps": {"stage": 3}}', "[]"])
def test_a_damaged_file_shows_them_to_nobody_who_knows_them(heron_home: Path, content: str) -> None:
    heron_home.mkdir()
    (heron_home / "settings.json").write_text(content)
    assert not are_due(loaded())
    assert not are_due(loaded())  # also when the file is gone that was put aside


def test_a_history_that_cannot_be_read_says_nothing(heron_home: Path) -> None:
    heron_home.mkdir()
    (heron_home / "history").touch()
    assert are_due(loaded())


def test_nobody_chooses_them() -> None:
    assert not [setting.key for concern, setting in all_settings() if concern is FirstSteps]
