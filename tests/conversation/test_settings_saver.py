from __future__ import annotations

import asyncio
import json
import os
import time
from pathlib import Path

import pytest

from app.conversation import settings_saver
from app.conversation.settings_saver import SettingsSaver
from app.core.errors import UserError
from app.core.settings import SettingsStore, Sound

pytestmark = pytest.mark.asyncio


def nobody(error: UserError) -> None:
    raise error


async def test_many_changes_are_written_once_and_hold_nothing_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[int] = []
    fsync = os.fsync

    def slow(descriptor: int) -> None:
        written.append(descriptor)
        time.sleep(0.2)
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", slow)
    monkeypatch.setattr(settings_saver, "GATHER_S", 0.05)
    store = SettingsStore(tmp_path / "settings.json")
    saver = SettingsSaver(store, nobody)
    saver.start()
    longest = 0.0
    for number in range(50):
        began = time.perf_counter()
        store.update(Sound, tail_ms=number)
        longest = max(longest, time.perf_counter() - began)
    assert longest < 0.008
    before = time.perf_counter()
    longest = 0.0
    while store.has_unsaved:
        await asyncio.sleep(0.001)
        now = time.perf_counter()
        longest, before = max(longest, now - before), now
    await saver.close()
    assert json.loads(store.file.read_text())["sound"] == {"tail_ms": 49}
    assert len(written) == 2  # the file and its folder
    assert longest < 0.1


async def test_what_is_changed_last_is_saved_at_the_end(tmp_path: Path) -> None:
    store = SettingsStore(tmp_path / "settings.json")
    saver = SettingsSaver(store, nobody)
    saver.start()
    store.update(Sound, tail_ms=300)
    began = time.perf_counter()
    await saver.close()
    assert time.perf_counter() - began < settings_saver.GATHER_S
    assert json.loads(store.file.read_text())["sound"] == {"tail_ms": 300}
    store.update(Sound, tail_ms=400)  # nobody follows any more
    assert store.has_unsaved


async def test_a_file_that_cannot_be_written_is_told_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_saver, "GATHER_S", 0.01)
    folder = tmp_path / "gone"
    store = SettingsStore(folder / "settings.json")
    told: asyncio.Queue[UserError] = asyncio.Queue()
    saver = SettingsSaver(store, told.put_nowait)
    saver.start()
    store.update(Sound, tail_ms=300)
    error = await asyncio.wait_for(told.get(), 5)
    assert "cannot be written" in str(error)
    folder.mkdir()
    store.update(Sound, volume=0.5)
    await saver.close()
    assert json.loads(store.file.read_text())["sound"] == {"tail_ms": 300, "volume": 0.5}
    assert told.empty()


async def test_what_could_not_be_written_is_tried_once_more_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings_saver, "GATHER_S", 0.01)
    folder = tmp_path / "gone"
    store = SettingsStore(folder / "settings.json")
    told: asyncio.Queue[UserError] = asyncio.Queue()
    saver = SettingsSaver(store, told.put_nowait)
    saver.start()
    store.update(Sound, tail_ms=300)
    await asyncio.wait_for(told.get(), 5)
    folder.mkdir()
    await saver.close()
    assert json.loads(store.file.read_text())["sound"] == {"tail_ms": 300}
