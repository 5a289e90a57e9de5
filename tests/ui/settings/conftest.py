"""A real embedded server in a process of its own, and what the pages ask of it."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from PySide6.QtWidgets import QApplication

from app.core.own_command import own_command
from app.estuary import EstuaryClient, EstuaryConfig
from app.estuary.rest import CharactersClient
from app.ui.appearance import Appearance


@pytest.fixture(autouse=True)
def nothing_to_collect_for_threads(no_widgets_left_over: None) -> None:
    """Free what earlier tests left here, in the main thread: pictures and files are read in another one."""


@pytest.fixture(scope="session")
def embedded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EstuaryConfig]:
    """Run the server as the window does."""
    home = {"HERON_HOME": str(tmp_path_factory.mktemp("embedded"))}
    process = subprocess.Popen(
        own_command("serve", "--embedded"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | home,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    said = json.loads(process.stdout.readline())
    yield EstuaryConfig(
        server_url=said["url"], api_key=said["api_key"], character_id="default", player_id="ada"
    )
    process.stdin.close()
    process.stdout.close()
    process.wait(10)


@pytest_asyncio.fixture
async def book(embedded: EstuaryConfig) -> AsyncIterator[CharactersClient]:
    """Give the characters of the server, and leave it as it was."""
    client = EstuaryClient(embedded)
    yield client.characters
    for character in (await client.characters.list(100)).characters[1:]:
        await client.characters.delete(character.id)
    await client.characters.update("default", name="Heron", tagline=None, avatar=None)
    await client.disconnect()


@pytest.fixture
def appearance(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Appearance:
    monkeypatch.setenv("HERON_THEME", "light")
    return Appearance(qapp)
