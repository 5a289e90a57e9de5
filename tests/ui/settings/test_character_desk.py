"""Against a real embedded server in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Unpack

import pytest
import pytest_asyncio
from pytestqt.qtbot import QtBot

from app.estuary import EstuaryClient, EstuaryConfig
from app.estuary.rest import Character, CharacterChanges, CharactersClient
from app.ui.settings import character_desk
from app.ui.settings.character_desk import CharacterDesk
from tests.ui.open_window import until
from tests.ui.settings.pictures import plain

pytestmark = pytest.mark.asyncio


class Desk(CharacterDesk):
    """A desk that keeps what it told."""

    def __init__(self, book: Any) -> None:
        super().__init__(book)
        self.failures: list[tuple[str, str]] = []
        self.phrases: list[str] = []
        self.news: list[str] = []
        self.openings: list[bool] = []
        self.failed.connect(lambda sentence, field: self.failures.append((sentence, field)))
        self.working.connect(self.phrases.append)
        self.told.connect(self.news.append)
        self.opened.connect(self.openings.append)

    @property
    def names(self) -> list[str]:
        return [character.name for character in self.characters]

    @property
    def here(self) -> Character:
        character = self.open_character
        assert character is not None
        return character

    async def rest(self) -> None:
        """Wait until every call has ended."""
        await until(lambda: not self._tasks)


@pytest_asyncio.fixture
async def desk(qtbot: QtBot, book: CharactersClient) -> AsyncIterator[Desk]:
    desk = Desk(book)
    desk.start()
    await desk.rest()
    yield desk
    await desk.stop()


async def test_the_characters_and_what_is_possible_are_fetched(desk: Desk) -> None:
    assert (desk.names, desk.here.id, desk.has_more) == (["Heron"], "default", False)
    assert desk.capabilities is not None
    assert "tts_voice" in desk.capabilities.honoured
    assert desk.phrases == ["Loading…", ""]
    assert desk.openings == [False]


async def test_what_is_typed_is_saved_a_moment_later_and_once(
    desk: Desk, book: CharactersClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[object] = []
    update = CharactersClient.update

    async def counted(self: CharactersClient, id_: str, **changes: Unpack[CharacterChanges]) -> Character:
        calls.append(changes)
        return await update(self, id_, **changes)

    monkeypatch.setattr(CharactersClient, "update", counted)
    for text in ("E", "Eg", "Egret"):
        desk.edit("name", text)
    assert desk.names == ["Egret"]
    await until(lambda: len(calls) == 1)
    await desk.rest()
    assert calls == [{"name": "Egret"}]
    assert (await book.get("default")).name == "Egret"
    assert desk.failures == []


async def test_a_new_one_is_open_at_once_and_a_duplicate_is_like_it(
    desk: Desk, book: CharactersClient
) -> None:
    desk.create()
    await desk.rest()
    assert (desk.here.name, desk.openings) == ("New character", [False, True])
    desk.edit("tts_voice", "de")
    desk.edit("greeting", "Hello.")
    desk.duplicate()
    await desk.rest()
    assert desk.names == ["Heron", "New character", "New character (copy)"]
    copy = await book.get(desk.here.id)
    assert (copy.name, copy.tts_voice, copy.greeting) == ("New character (copy)", "de", "Hello.")


async def test_a_deleted_one_is_gone_and_the_one_before_it_is_open(
    desk: Desk, book: CharactersClient
) -> None:
    desk.create()
    await desk.rest()
    desk.edit("name", "")  # what was typed goes along
    desk.delete()
    await desk.rest()
    assert (desk.names, desk.here.id, desk.failures) == (["Heron"], "default", [])
    assert (await book.list()).total == 1


async def test_pages_are_fetched_as_they_are_asked_for(
    qtbot: QtBot, book: CharactersClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(character_desk, "PAGE", 2)
    made = [await book.create(name) for name in "abc"]
    desk = Desk(book)
    desk.start(made[2].id)
    await desk.rest()
    assert (desk.names, desk.here.name, desk.has_more) == (["Heron", "a", "c"], "c", True)
    desk.more()
    await desk.rest()
    assert (sorted(desk.names), desk.has_more) == (["Heron", "a", "b", "c"], False)
    await desk.stop()


async def test_what_a_server_does_not_take_is_kept_and_said_at_its_field(
    desk: Desk, book: CharactersClient
) -> None:
    desk.edit("name", " ")
    desk.save()
    await desk.rest()
    assert desk.failures == [("This must not be empty.", "name")]
    assert desk.here.name == " "
    desk.create()  # other work goes on
    await desk.rest()
    assert desk.here.name == "New character"
    assert desk.failures[1] == ("Heron was not changed. This must not be empty.", "")
    desk.open("default")
    desk.edit("name", "Egret")
    desk.save()
    await desk.rest()
    assert (await book.get("default")).name == "Egret"


async def test_one_that_is_gone_is_said_to_be_and_does_not_block_the_rest(
    desk: Desk, book: CharactersClient
) -> None:
    desk.create()
    await desk.rest()
    await book.delete(desk.here.id)
    desk.edit("name", "Ada")
    desk.save()
    await desk.rest()
    assert desk.failures == [("This character is no longer there. Load the list again.", "")]
    desk.start()
    await desk.rest()
    assert (desk.names, desk.here.id, len(desk.failures)) == (["Heron"], "default", 1)


async def test_a_character_goes_to_a_file_and_comes_back(desk: Desk, tmp_path: Path) -> None:
    desk.edit("tagline", "A bird")
    desk.export_file(tmp_path / "heron.json")
    await desk.rest()
    assert desk.news == ["Heron was written to heron.json."]
    desk.import_file(tmp_path / "heron.json")
    await desk.rest()
    assert (desk.names, desk.here.tagline) == (["Heron", "Heron"], "A bird")
    assert desk.here.id != "default"
    assert desk.failures == []


async def test_a_foreign_file_makes_no_character(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}")
    desk.import_file(tmp_path / "x.json")
    await desk.rest()
    sentence = "x.json is no character that Heron has exported. Choose another file."
    assert (desk.names, desk.failures) == (["Heron"], [(sentence, "")])


async def test_a_file_of_another_server_comes_without_the_voice_it_had_there(
    desk: Desk, tmp_path: Path
) -> None:
    desk.export_file(tmp_path / "a.json")
    await desk.rest()
    text = (tmp_path / "a.json").read_text().replace('"tts_speed"', '"tts_voice": "Ashley", "tts_speed"')
    (tmp_path / "a.json").write_text(text)
    desk.import_file(tmp_path / "a.json")
    await desk.rest()
    assert len(desk.names) == 2
    assert desk.news[1:] == ["This server does not have the voice or the language of Heron."]
    assert desk.failures == []


async def test_a_picture_is_kept(desk: Desk, book: CharactersClient, tmp_path: Path) -> None:
    desk.take_picture(plain(tmp_path / "a.png"))
    await desk.rest()
    desk.save()
    await desk.rest()
    avatar = (await book.get("default")).avatar
    assert avatar is not None
    assert avatar.startswith("data:image/png;base64,")
    (tmp_path / "b.png").write_text("no picture")
    desk.take_picture(tmp_path / "b.png")
    await desk.rest()
    assert desk.failures[0][0].startswith("b.png is no picture")


async def test_a_server_that_is_out_of_reach_is_a_sentence_and_can_be_tried_again(
    qtbot: QtBot, embedded: EstuaryConfig, book: CharactersClient
) -> None:
    away = EstuaryClient(replace(embedded, server_url="http://127.0.0.1:9"))
    desk = Desk(away.characters)
    desk.start()
    await until(lambda: bool(desk.failures), seconds=20)
    assert desk.failures == [("The server cannot be reached. Check the connection and try again.", "")]
    desk._book = book
    desk.try_again()
    await desk.rest()
    assert desk.names == ["Heron"]
    await desk.stop()
    await away.disconnect()


async def test_closing_saves_what_was_typed(qtbot: QtBot, book: CharactersClient) -> None:
    desk = Desk(book)
    desk.start()
    await desk.rest()
    desk.edit("tagline", "A bird")
    await desk.stop()
    assert (await book.get("default")).tagline == "A bird"


async def test_closing_does_not_wait_for_a_server_that_hangs(
    qtbot: QtBot, book: CharactersClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hangs(*_: object, **__: object) -> None:
        await asyncio.Event().wait()

    desk = Desk(book)
    desk.start()
    await desk.rest()
    monkeypatch.setattr(CharactersClient, "update", hangs)
    monkeypatch.setattr(character_desk, "_LAST_SAVE_S", 0.05)
    desk.edit("tagline", "A bird")
    desk.save()
    await until(lambda: "Saving…" in desk.phrases)
    async with asyncio.timeout(2):
        await desk.stop()
    monkeypatch.undo()
    assert desk.here.tagline == "A bird"
