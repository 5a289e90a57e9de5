"""The characters as the page works on them: what is open, what is not saved yet, and every call made."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, cast

import msgspec
from PySide6.QtCore import QObject, QTimer, Signal

from app.core.errors import UserError
from app.estuary import EstuaryError
from app.estuary.rest import Capabilities, Character, CharacterChanges
from app.ui.settings import character_file
from app.ui.settings.character_book import CharacterBook
from app.ui.settings.character_failure import field_of, sentence_of
from app.ui.settings.character_picture import picture_of

PAGE: Final = 50
"""Characters that are fetched at once."""

SAVE_MS: Final = 700
"""Milliseconds of rest after which what was typed is saved."""

_LAST_SAVE_S: Final = 3.0
"""Seconds that the last save may take when the page is closed."""

_GONE: Final = 404
"""HTTP status of a character that is no longer there."""

_Work = Callable[[], Awaitable[None]]


class CharacterDesk(QObject):
    """Lists, opens and changes characters; one call goes out after the other, each in a task of its own.

    What a person types is kept here as a draft until the server has it, also when a call fails.

    Signals:
        listed: The characters, or what is known of one, have changed.
        opened: Another character is open; whether it was made just now.
        working: What is being done, as a phrase; empty for nothing.
        failed: Something did not work: a sentence, and the name of the field it is about, if it is about one.
        recovered: What failed has worked since.
        saved: The server has everything that was typed.
        told: Something worth saying that is no failure.

    Args:
        book: Where the characters are.
        parent: Who owns it; `stop` it before it goes.
    """

    listed = Signal()
    opened = Signal(bool)
    working = Signal(str)
    failed = Signal(str, str)
    recovered = Signal()
    saved = Signal()
    told = Signal(str)

    def __init__(self, book: CharacterBook, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._book = book
        self._characters: dict[str, Character] = {}
        self._drafts: dict[str, dict[str, Any]] = {}
        self._open = ""
        self._total = 0
        self._paged = 0
        self._capabilities: Capabilities | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._turn = asyncio.Lock()
        self._again: _Work | None = None
        self._again_phrase = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(SAVE_MS)
        self._timer.timeout.connect(self.save)

    @property
    def characters(self) -> list[Character]:
        """Those that have been fetched, with what is not saved yet."""
        return [self._drafted(each) for each in self._characters.values()]

    @property
    def open_character(self) -> Character | None:
        """The one that is open, with what is not saved yet."""
        character = self._characters.get(self._open)
        return None if character is None else self._drafted(character)

    @property
    def has_more(self) -> bool:
        """Whether the server has more than have been fetched."""
        return len(self._characters) < self._total

    @property
    def capabilities(self) -> Capabilities | None:
        """What the server makes of a character; None when it takes everything as Estuary's cloud does."""
        return self._capabilities

    def start(self, character_id: str = "") -> None:
        """Fetch the characters, and open one if none is."""

        async def load() -> None:
            self._capabilities = await self._book.capabilities()
            page = await self._book.list(PAGE)
            self._characters = {each.id: each for each in page.characters}
            self._total, self._paged = page.total, len(page.characters)
            wanted = self._open or character_id
            if wanted and wanted not in self._characters:
                with suppress(EstuaryError):
                    self._characters[wanted] = await self._book.get(wanted)
            self._open = wanted if wanted in self._characters else next(iter(self._characters), "")
            self.listed.emit()
            self.opened.emit(False)

        self._begin(load, self.tr("Loading…"))

    def more(self) -> None:
        """Fetch the next page."""

        async def load() -> None:
            page = await self._book.list(PAGE, self._paged)
            self._paged += len(page.characters)
            self._characters |= {each.id: each for each in page.characters}
            self._total = page.total if page.characters else len(self._characters)
            self.listed.emit()

        self._begin(load, self.tr("Loading…"))

    def open(self, character_id: str) -> None:
        """Open a character; what was typed for another is saved meanwhile."""
        if character_id == self._open or character_id not in self._characters:
            return
        self._open = character_id
        self.opened.emit(False)
        self.save()

    def edit(self, name: str, value: object) -> None:
        """Change a field of the open character; it is saved a moment after the last change."""
        if not self._open:
            return
        self._drafts.setdefault(self._open, {})[name] = value
        self._timer.start()
        if name in {"name", "tagline", "avatar"}:
            self.listed.emit()

    def save(self) -> None:
        """Save now what was typed."""
        self._timer.stop()
        if self._drafts:
            self._begin(self._nothing, self.tr("Saving…"))

    def create(self) -> None:
        """Make a new character and open it."""

        async def make() -> None:
            self._take_in(await self._book.create(self.tr("New character")))

        self._begin(make, self.tr("Making a character…"))

    def duplicate(self) -> None:
        """Make another character like the open one, and open it."""

        async def make() -> None:
            if (original := self.open_character) is not None:
                name = self.tr("{name} (copy)").format(name=original.name)
                await self._make(msgspec.structs.replace(original, name=name))

        self._begin(make, self.tr("Duplicating…"))

    def delete(self) -> None:
        """Delete the open character for good, and open the one before it."""
        doomed = self._open

        async def remove() -> None:
            await self._book.delete(doomed)
            ids = list(self._characters)
            at = ids.index(doomed) if doomed in ids else 0
            self._characters.pop(doomed, None)
            self._total = max(self._total - 1, len(self._characters))
            self._paged = max(self._paged - 1, 0)
            if self._open == doomed:
                self._open = ids[at - 1] if at else next(iter(self._characters), "")
            self.listed.emit()
            self.opened.emit(False)

        self._drafts.pop(doomed, None)
        self._begin(remove, self.tr("Deleting…"))

    def take_picture(self, path: Path) -> None:
        """Give the open character the picture in a file."""

        async def take() -> None:
            address = await asyncio.to_thread(picture_of, path)
            self.edit("avatar", address)
            self.opened.emit(False)

        self._begin(take, self.tr("Reading the picture…"))

    def import_file(self, path: Path) -> None:
        """Make a character out of a file, and open it."""

        async def make() -> None:
            await self._make(await asyncio.to_thread(character_file.load, path))

        self._begin(make, self.tr("Importing…"))

    def export_file(self, path: Path) -> None:
        """Write the open character to a file."""

        async def write() -> None:
            if (character := self.open_character) is not None:
                await asyncio.to_thread(character_file.save, character, path)
                self.told.emit(self.tr("{name} was written to {file}.").format(
                    name=character.name, file=path.name
                ))  # fmt: skip

        self._begin(write, self.tr("Exporting…"))

    def try_again(self) -> None:
        """Do once more what failed."""
        again, self._again = self._again, None
        if again is not None:
            self._begin(again, self._again_phrase)

    async def stop(self) -> None:
        """Save what was typed if that is quick, and end every call."""
        self._timer.stop()
        with suppress(TimeoutError, EstuaryError):
            async with asyncio.timeout(_LAST_SAVE_S):
                async with self._turn:
                    await self._save_drafts()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _begin(self, work: _Work, phrase: str) -> None:
        task = asyncio.get_running_loop().create_task(self._done(work, phrase), name="characters")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _done(self, work: _Work, phrase: str) -> None:
        """Do some work after what was begun before, and say how it went."""
        async with self._turn:
            self.working.emit(phrase)
            try:
                unsaved = await self._save_drafts()
                await work()
            except EstuaryError as error:
                self._fail(error, work, phrase)
            except UserError as error:
                self._again = None
                self.failed.emit(str(error), "")
            else:
                self._settle(unsaved)
            finally:
                self.working.emit("")

    def _settle(self, unsaved: tuple[str, EstuaryError] | None) -> None:
        """Say that everything has worked, but for what the server would not take."""
        if unsaved is None:
            self._again = None
            self.recovered.emit()
            self.saved.emit()
            return
        character_id, error = unsaved
        self._again, self._again_phrase = self._nothing, self.tr("Saving…")
        if character_id == self._open:
            self.failed.emit(sentence_of(error), field_of(error))
        else:
            character = self._characters.get(character_id)
            name = "" if character is None else character.name
            words = self.tr("{name} was not changed. {why}").format(name=name, why=sentence_of(error))
            self.failed.emit(words.strip(), "")

    def _fail(self, error: EstuaryError, work: _Work, phrase: str) -> None:
        self._again, self._again_phrase = work, phrase
        self.failed.emit(sentence_of(error), field_of(error))

    async def _save_drafts(self) -> tuple[str, EstuaryError] | None:
        """Give the server what was typed; return what it would not take, if there is such a thing."""
        unsaved = None
        for character_id in list(self._drafts):
            draft = self._drafts.pop(character_id)
            try:
                changed = await self._book.update(character_id, **cast(CharacterChanges, draft))
            except EstuaryError as error:
                unsaved = character_id, error
                if error.details.get("status") != _GONE:
                    self._restore(character_id, draft)
            except BaseException:  # the page is closed in the middle of it
                self._restore(character_id, draft)
                raise
            else:
                if character_id in self._characters:
                    self._characters[character_id] = changed
                    self.listed.emit()
        return unsaved

    def _restore(self, character_id: str, draft: dict[str, Any]) -> None:
        """Keep a draft after all, below what has been typed since."""
        self._drafts[character_id] = draft | self._drafts.get(character_id, {})

    async def _make(self, character: Character) -> None:
        """Make a character like this one, without what the server does not offer."""
        fields, left_out = character_file.settable(character, self._capabilities)
        self._take_in(await self._book.create(character.name, **fields))
        if left_out:
            words = self.tr("This server does not have the voice or the language of {name}.")
            self.told.emit(words.format(name=character.name))

    def _take_in(self, made: Character) -> None:
        self._characters[made.id] = made
        self._total += 1
        self._open = made.id
        self.listed.emit()
        self.opened.emit(True)

    def _drafted(self, character: Character) -> Character:
        return msgspec.structs.replace(character, **self._drafts.get(character.id, {}))

    async def _nothing(self) -> None:
        """Do nothing but what comes before everything: save."""
