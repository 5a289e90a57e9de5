from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app.core.errors import UserError
from app.core.settings import Desktop, SettingsStore
from app.desktop.login_follower import LoginFollower
from app.desktop.start_at_login import AutostartFile, is_started_at_login, start_at_login


@pytest.fixture(autouse=True)
def configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(folder))
    return folder


@pytest.fixture
def broken(configuration: Path) -> None:
    """Have no folder to write into."""
    configuration.write_text("a file where the folder should be")


class Followed:
    """A store with a follower, and what it reports."""

    def __init__(self, *, is_wanted: bool = False) -> None:
        self.store = SettingsStore()
        self.store.update(Desktop, start_at_login=is_wanted)
        self.errors: list[UserError] = []
        self.follower = LoginFollower(self.store, self.errors.append)
        self.follower.start()

    @property
    def is_wanted(self) -> bool:
        return self.store.current.desktop.start_at_login

    def choose(self, is_wanted: bool) -> None:
        self.store.update(Desktop, start_at_login=is_wanted)


@pytest.mark.asyncio
async def test_a_choice_is_in_effect_at_once() -> None:
    followed = Followed()
    followed.choose(True)
    async with asyncio.timeout(5):
        while not is_started_at_login():  # noqa: ASYNC110 - a file has no event
            await asyncio.sleep(0.01)
    followed.choose(False)
    await followed.follower.close()
    assert not is_started_at_login()
    assert followed.errors == []


@pytest.mark.asyncio
async def test_the_last_of_many_choices_counts() -> None:
    followed = Followed()
    for is_wanted in (True, False, True, False, True):
        followed.choose(is_wanted)
        await asyncio.sleep(0)
    await followed.follower.close()
    assert is_started_at_login()


@pytest.mark.asyncio
async def test_whoever_took_the_entry_away_elsewhere_has_decided() -> None:
    followed = Followed(is_wanted=True)
    await followed.follower.close()
    assert not followed.is_wanted
    assert not is_started_at_login()


@pytest.mark.asyncio
async def test_an_entry_of_a_heron_that_has_moved_is_brought_up_to_date() -> None:
    start_at_login(True)
    file = AutostartFile().file
    fresh = file.read_text()
    file.write_text(fresh.replace("Exec=env", "Exec=/before/it/moved env"))
    followed = Followed(is_wanted=True)
    await followed.follower.close()
    assert file.read_text() == fresh
    assert followed.is_wanted


@pytest.mark.asyncio
async def test_switched_off_it_leaves_the_entry_of_another_data_folder_alone() -> None:
    start_at_login(True)
    followed = Followed()
    await followed.follower.close()
    assert is_started_at_login()


@pytest.mark.asyncio
async def test_what_the_system_does_not_take_is_said_and_goes_back(broken: None) -> None:
    followed = Followed()
    followed.choose(True)
    await followed.follower.close()
    assert not followed.is_wanted
    assert len(followed.errors) == 1


@pytest.mark.asyncio
async def test_after_the_end_nothing_is_followed() -> None:
    followed = Followed()
    await followed.follower.close()
    followed.choose(True)
    await asyncio.sleep(0)
    assert not is_started_at_login()
