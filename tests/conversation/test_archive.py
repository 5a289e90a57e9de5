"""The lines of a conversation go to the history and come back from it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from app.conversation import archive as module
from app.conversation import happening as h
from app.conversation.archive import Archive
from app.conversation.line import Author
from app.conversation.reduce import reduce
from app.conversation.state import State
from app.core.settings import Privacy, Settings
from app.estuary import ErrorCode, EstuaryError
from app.history.history import History
from app.history.message import Message, MessageState
from app.history.profile_file import history_file

pytestmark = pytest.mark.asyncio

BEGUN = datetime(2026, 3, 4, 12, 0, tzinfo=UTC)


class Server:
    """Forgets what it is told to forget, where it can."""

    def __init__(self) -> None:
        self.forgotten: list[tuple[str, str]] = []
        self.is_there = True

    async def forget(self, character_id: str, player_id: str) -> None:
        if not self.is_there:
            raise EstuaryError("nobody answers", ErrorCode.CONNECTION_FAILED)
        self.forgotten.append((character_id, player_id))


class Talk:
    """A state with an archive behind it."""

    def __init__(self) -> None:
        self.state = State(series=5)
        self.server = Server()
        self.archive = Archive(self.happened, lambda: self.server)  # type: ignore[arg-type,return-value]
        self._seconds = 0

    def happened(self, happening: h.Happening) -> None:
        state = reduce(self.state, happening)
        if state is not self.state:
            self.state = state
            self.archive.follow(state)

    def now(self) -> datetime:
        self._seconds += 1
        return BEGUN + timedelta(seconds=self._seconds)

    def say(self, words: str) -> int:
        self.happened(h.Typed(words, self.now()))
        return self.state.lines[-1].number

    @property
    def texts(self) -> list[str]:
        return [line.text for line in self.state.lines]

    @property
    def notice(self) -> str:
        return "" if self.state.notice is None else self.state.notice.text


@asynccontextmanager
async def talking(settings: Settings | None = None) -> AsyncIterator[Talk]:
    talk = Talk()
    await talk.archive.open(settings or Settings())
    talk.archive.meet("heron", "me")
    try:
        yield talk
    finally:
        await talk.archive.close()


async def kept(profile: str = "local") -> list[Message]:
    history = History(history_file(profile), pytest.fail)
    await history.open()
    page = await history.pages.newest()
    await history.close()
    return list(page.messages)


def files_with(folder: Path, words: bytes) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and words in file.read_bytes()]


def current() -> str:
    return Settings().profiles.current_id


async def test_what_was_said_is_there_again_at_the_next_start(heron_home: Path) -> None:
    async with talking() as talk:
        talk.happened(h.Heard("set a", is_final=False, time=talk.now()))
        talk.happened(h.Heard("set a timer", is_final=True, time=talk.now()))
        talk.happened(h.Replied("r1", "For how", is_final=False, time=talk.now()))
        talk.happened(h.Replied("r1", "For how long?", is_final=True, time=talk.now()))
        talk.happened(h.Spoken("r1", 7))
        talk.happened(h.Interrupted("r1"))
        before = talk.state.lines
    async with talking() as talk:
        assert talk.state.lines == before
        assert [line.author for line in before] == [Author.PERSON, Author.CHARACTER]
        assert (before[1].is_interrupted, before[1].heard_chars) == (True, 7)
        talk.say("again")
        assert talk.texts == ["set a timer", "For how long?", "again"]
        numbers = [line.number for line in talk.state.lines]
        assert numbers == sorted(set(numbers))
    assert [message.text for message in await kept(current())] == ["set a timer", "For how long?", "again"]


async def test_a_reply_that_was_never_finished_comes_back_as_cut(heron_home: Path) -> None:
    async with talking() as talk:
        talk.happened(h.Replied("r1", "Once upon", is_final=False, time=talk.now()))
    assert (await kept(current()))[0].state is MessageState.INTERRUPTED
    async with talking() as talk:
        (line,) = talk.state.lines
        assert (line.is_final, line.is_interrupted) == (True, True)


async def test_a_caption_that_was_withdrawn_is_kept_nowhere(heron_home: Path) -> None:
    async with talking() as talk:
        talk.say("hello")
        talk.happened(h.Heard("uh", is_final=False, time=talk.now()))
        talk.happened(h.Heard("", is_final=True, time=talk.now()))
        async with asyncio.timeout(5):
            while asyncio.all_tasks() != {asyncio.current_task()}:  # noqa: ASYNC110 - taken out in one
                await asyncio.sleep(0.01)
    assert [message.text for message in await kept(current())] == ["hello"]


async def test_nothing_is_kept_that_is_not_to_be(heron_home: Path) -> None:
    quiet = replace(Settings(), privacy=Privacy(keep_history=False))
    async with talking(quiet) as talk:
        talk.say("a secret")
        talk.archive.apply(Settings())
        talk.say("no secret")
        talk.archive.apply(quiet)
        talk.say("another secret")
    assert [message.text for message in await kept(current())] == ["no secret"]


async def test_earlier_lines_come_page_by_page(heron_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_LINES", 3)
    monkeypatch.setattr(module, "PAGE_LINES", 2)
    async with talking() as talk:
        for number in range(9):
            talk.say(f"line {number}")
    async with talking() as talk:
        talk.say("now")
        assert talk.texts == ["line 6", "line 7", "line 8", "now"]
        await talk.archive.earlier(talk.state.lines[0].number)
        assert talk.texts[:3] == ["line 4", "line 5", "line 6"]
        while talk.texts[0] != "line 0":
            await talk.archive.earlier(talk.state.lines[0].number)
        await talk.archive.earlier(talk.state.lines[0].number)
        assert len(talk.texts) == 10


async def test_what_is_found_is_brought_back(heron_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_LINES", 2)
    monkeypatch.setattr(module, "FAR_LINES", 4)
    async with talking() as talk:
        wanted = [talk.say(words) for words in ("a grey heron", "a duck", "two herons")]
        for number in range(9):
            talk.say(f"line {number}")
    async with talking() as talk:
        assert list(await talk.archive.search("heron")) == [wanted[0], wanted[2]]
        await talk.archive.back_to(wanted[2])
        assert "two herons" in talk.texts
        await talk.archive.back_to(wanted[0])
        assert talk.texts[0] == "a grey heron"
        assert len(talk.texts) == len(set(talk.texts)) == 12


async def test_a_deleted_line_is_gone_for_good(heron_home: Path) -> None:
    async with talking() as talk:
        first = talk.say("the secret word")
        talk.say("something else")
        await talk.archive.delete(first)
        assert talk.texts == ["something else"]
        assert "server keeps its part" in talk.notice
        assert talk.server.forgotten == []
        await talk.archive.delete(talk.state.lines[0].number)
        assert talk.server.forgotten == [("heron", "me")]
    assert await kept(current()) == []
    assert files_with(heron_home, b"secret word") == []


async def test_everything_is_deleted_here_even_if_the_server_is_not_there(heron_home: Path) -> None:
    async with talking() as talk:
        talk.say("one")
        talk.say("two")
        talk.server.is_there = False
        await talk.archive.delete_everything()
        assert talk.texts == []
        assert talk.notice.startswith("Deleted here, but not at the server")
        talk.say("three")
    assert [message.text for message in await kept(current())] == ["three"]


async def test_a_conversation_is_deleted_whole_and_no_other(heron_home: Path) -> None:
    async with talking() as talk:
        talk.say("an old heron")
        talk.say("an old duck")
    async with talking() as talk:
        old = talk.state.lines[0].number
        new = talk.say("a new heron")
        await talk.archive.delete_conversation(old)
        assert talk.texts == ["a new heron"]
        assert talk.server.forgotten == []
        assert talk.notice.startswith("Deleted here. The server keeps its part")
        await talk.archive.delete_conversation(new)
        assert (talk.texts, talk.server.forgotten) == ([], [("heron", "me")])
        talk.say("another one")
        await talk.archive.delete_conversation(old)
        assert talk.notice == "Nothing of this conversation is kept."
    assert [message.text for message in await kept(current())] == ["another one"]
    assert files_with(heron_home, b"duck") == []


async def test_what_the_server_owes_is_made_up_for_once_it_is_there(heron_home: Path) -> None:
    async with talking() as talk:
        talk.say("one")
        talk.server.is_there = False
        await talk.archive.delete_everything()
        talk.happened(h.Noticed(None))
        await talk.archive.settle_debts()
        assert (talk.server.forgotten, talk.notice) == ([], "")
    async with talking() as talk:
        await talk.archive.settle_debts()
        assert talk.server.forgotten == [("heron", "me")]
        assert talk.notice == "The server has now forgotten what you deleted."
        await talk.archive.settle_debts()
        assert len(talk.server.forgotten) == 1


async def test_debts_with_another_character_wait_for_it(heron_home: Path) -> None:
    async with talking() as talk:
        talk.say("one")
        talk.server.is_there = False
        await talk.archive.delete_everything()
    async with talking() as talk:
        talk.archive.meet("ada", "me")
        await talk.archive.settle_debts()
        assert talk.server.forgotten == []


async def test_lines_are_signed_as_the_character_was_called_then(heron_home: Path) -> None:
    async with talking() as talk:
        talk.say("hello")
        talk.happened(h.Replied("r1", "Hello!", is_final=True, time=talk.now()))
        talk.happened(h.Met("Ada", ""))
    async with talking() as talk:
        assert [line.speaker for line in talk.state.lines] == ["", "Ada"]
        talk.archive.meet("bob", "me")
        talk.happened(h.Met("Bob", ""))
        talk.happened(h.Replied("r2", "I am Bob.", is_final=True, time=talk.now()))
    async with talking() as talk:
        assert [line.speaker for line in talk.state.lines] == ["", "Ada", "Bob"]


async def test_nothing_is_left_of_a_profile_that_is_no_more(heron_home: Path) -> None:
    other = history_file("home-1")
    other.touch()
    async with talking() as talk:
        talk.say("a grey heron")
        await talk.archive.forget_profile("home-1")
        assert not other.exists()
        await talk.archive.forget_profile(current())
        talk.say("goes on until it is closed")
        assert history_file(current()).exists()
    assert list(other.parent.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "begin"), [("a.md", "#"), ("a.json", "{"), ("a.html", "<!"), ("a.txt", "<!")]
)
async def test_all_conversations_are_exported_as_the_file_is_called(
    heron_home: Path, tmp_path: Path, name: str, begin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MANY_MESSAGES", 0)
    async with talking() as talk:
        talk.say("a grey heron")
        file = tmp_path / name
        await talk.archive.export(str(file))
        assert talk.notice == f"1 messages were written to {file}."
        text = await asyncio.to_thread(file.read_text, encoding="utf-8")
        assert text.startswith(begin)
        assert "a grey heron" in text
        await talk.archive.export(str(tmp_path / "no" / "folder" / name))
        assert "cannot be written" in talk.notice


async def test_without_a_history_everything_goes_on(heron_home: Path) -> None:
    talk = Talk()
    talk.archive.meet("heron", "me")
    number = talk.say("a grey heron")
    talk.say("a duck")
    assert list(await talk.archive.search("HERON grey")) == [number]
    await talk.archive.earlier(number)
    await talk.archive.delete_everything()
    await talk.archive.delete(number)
    assert talk.texts == ["a duck"]
    await talk.archive.export("nowhere.md")
    assert talk.notice == "There is no history to export."
    await talk.archive.close()


async def test_a_file_that_cannot_be_used_is_said_and_nothing_else_changes(
    heron_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    history_file(current()).mkdir(parents=True)
    async with talking() as talk:
        assert talk.notice
        talk.say("hello")
        assert talk.texts == ["hello"]
