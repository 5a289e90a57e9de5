"""The whole page on a real embedded server in a process of its own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from app.estuary.rest import Capabilities, CharactersClient
from app.ui.appearance import Appearance
from app.ui.settings.character_page import CharacterPage
from tests.ui.open_window import settle, until
from tests.ui.settings.pictures import plain

pytestmark = pytest.mark.asyncio


class Cloud(CharactersClient):
    """The same characters, on a server that does not tell what it makes of them."""

    async def capabilities(self) -> Capabilities | None:
        return None


@pytest_asyncio.fixture
async def page(qtbot: QtBot, book: CharactersClient, appearance: Appearance) -> AsyncIterator[CharacterPage]:
    page = CharacterPage(appearance, book, "default")
    page.resize(860, 640)
    page.show()
    page.start()
    await until(lambda: page.list.names == ["Heron"])
    await idle(page)
    yield page
    await page.stop()
    page.close()
    page.deleteLater()
    await settle()


async def idle(page: CharacterPage) -> None:
    """Wait until every call has ended."""
    await until(lambda: not page.desk._tasks)


def name_line(page: CharacterPage) -> QLineEdit:
    line = page.form.fields["name"].findChild(QLineEdit)
    assert isinstance(line, QLineEdit)
    return line


async def chosen_file(page: CharacterPage, path: Path) -> None:
    """Choose a file in the dialog that is open, as a person does."""
    dialog = page.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.selectFile(str(path))
    dialog.fileSelected.emit(str(path))
    dialog.close()
    await settle()
    await idle(page)


async def test_the_characters_are_there_and_one_is_open(page: CharacterPage) -> None:
    assert name_line(page).text() == "Heron"
    assert (page.talk.text(), page.talk.isEnabled()) == ("Talking to Heron", False)
    assert not page.delete.isVisible(), "the default cannot be deleted"
    assert page.bar.text == ""
    assert page.status.text() == ""


async def test_a_new_character_is_named_and_talked_to(page: CharacterPage, book: CharactersClient) -> None:
    chosen: list[str] = []
    page.chosen.connect(chosen.append)
    page.new.click()
    await until(lambda: name_line(page).text() == "New character")
    assert page.focusWidget() is name_line(page)
    QTest.keyClicks(name_line(page), "Ada")  # over the selected text
    assert page.list.names == ["Heron", "Ada"]
    assert page.talk.text() == "Talk to Ada"
    page.talk.click()
    await until(lambda: page.status.text() == "Saved")
    made = (await book.list()).characters[1]
    assert (made.name, chosen) == ("Ada", [made.id])
    assert page.talk.text() == "Talking to Ada"


async def test_another_one_is_chosen_by_keyboard_and_shown(page: CharacterPage) -> None:
    page.duplicate.click()
    await until(lambda: page.list.names == ["Heron", "Heron (copy)"])
    await idle(page)
    QTest.keyClick(page.list, Qt.Key.Key_Up)
    assert name_line(page).text() == "Heron"
    QTest.keyClick(page.list, Qt.Key.Key_Down)
    assert name_line(page).text() == "Heron (copy)"
    assert page.delete.isVisible()


async def test_a_deletion_is_asked_for_inline(page: CharacterPage, book: CharactersClient) -> None:
    page.duplicate.click()
    await until(lambda: len(page.list.names) == 2)
    await idle(page)
    page.delete.click()
    assert page.bar.text == "Delete Heron (copy) for good? What you told it is forgotten too."
    page.bar.dismissal.click()
    assert (await book.list()).total == 2
    page.delete.click()
    page.bar.action.click()
    await until(lambda: page.list.names == ["Heron"])
    await idle(page)
    assert (await book.list()).total == 1
    assert QApplication.activeModalWidget() is None


async def test_a_fault_is_said_at_the_field_and_goes_when_it_is_mended(page: CharacterPage) -> None:
    name_line(page).selectAll()
    QTest.keyClick(name_line(page), Qt.Key.Key_Backspace)
    await until(lambda: page.form.fields["name"].fault == "This must not be empty.")
    assert page.status.text() == "Not saved"
    QTest.keyClicks(name_line(page), "Egret")
    await until(lambda: page.status.text() == "Saved")
    assert page.form.fields["name"].fault == ""


async def test_what_the_engine_cannot_do_is_said(page: CharacterPage) -> None:
    note = page.form.fields["llm_temperature"].note
    assert note == "No effect here: the built-in character has no language model."
    assert page.form.fields["stt_language"].note == "The recognition here understands English only."
    assert page.form.voice.count() > 100


async def test_files_are_chosen_beside_everything_else(page: CharacterPage, tmp_path: Path) -> None:
    page.form.choose_picture.click()
    await chosen_file(page, plain(tmp_path / "a.png"))
    assert page.form.portrait.has_picture
    page.export.click()
    await chosen_file(page, tmp_path / "heron.json")
    assert page.bar.text == "Heron was written to heron.json."
    assert json.loads((tmp_path / "heron.json").read_bytes())["character"]["avatar"].startswith("data:image/")
    page.import_.click()
    await chosen_file(page, tmp_path / "heron.json")
    await until(lambda: page.list.names == ["Heron", "Heron"])
    assert page.form.portrait.has_picture
    assert QApplication.activeModalWidget() is None


async def test_a_foreign_file_is_refused_in_a_sentence(page: CharacterPage, tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text('{"name": "Ada"}')
    page.import_.click()
    await chosen_file(page, tmp_path / "x.json")
    assert page.bar.text == "x.json is no character that Heron has exported. Choose another file."
    assert page.list.names == ["Heron"]


async def test_a_cloud_s_characters_take_every_field_but_our_own(
    qtbot: QtBot, book: CharactersClient, appearance: Appearance
) -> None:
    page = CharacterPage(appearance, Cloud(book._rest, "ada"))
    qtbot.addWidget(page)
    page.show()
    page.start()
    await until(lambda: page.list.names == ["Heron"])
    assert page.form.fields["avatar"].isVisible()
    assert not page.form.fields["greeting"].isVisible()
    assert page.form.voice.count() == 0
    assert {field.note for field in page.form.fields.values()} == {""}
    await page.stop()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scale", [1.0, 2.0])
async def test_no_text_is_cut_at_any_size(
    qtbot: QtBot, book: CharactersClient, monkeypatch: pytest.MonkeyPatch, scheme: str, scale: float
) -> None:
    monkeypatch.setenv("HERON_THEME", scheme)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    page = CharacterPage(Appearance(app, scale), book)
    qtbot.addWidget(page)
    page.resize(860, 640)
    page.show()
    page.start()
    await until(lambda: page.list.names == ["Heron"])
    await idle(page)
    page._ask_to_delete()
    await settle()
    assert page.width() == 860, "the page asks for more room than it was given"
    for button in (page.new, page.import_, page.talk, page.duplicate, page.export, page.bar.action):
        assert button.size() == button.sizeHint()
        assert page.rect().contains(button.mapTo(page, button.rect().bottomRight()))
    for label in page.findChildren(QLabel):
        if label.isVisible() and label.wordWrap():
            assert label.height() >= label.heightForWidth(label.width()), label.text()
    await page.stop()
    page.close()
    Appearance(app)
