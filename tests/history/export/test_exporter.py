from __future__ import annotations

import asyncio
import json
import stat
import threading
from pathlib import Path

import pytest

from app.history import ExportFormat, HistoryError, Labels, Who
from app.history.export import exporter
from tests.history.samples import Kept, opened


def leftovers(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if file.name.endswith(".part")]


def talk(kept: Kept, count: int) -> None:
    other = kept.history.begin(kept.conversation.partner, "Crane", "Second")
    for number in range(count):
        conversation = other if number % 3 == 0 else kept.conversation
        kept.history.add(conversation, Who.CHARACTER, f"word {number}")


@pytest.mark.parametrize("form", ExportFormat)
@pytest.mark.asyncio
async def test_every_message_is_in_the_file_once_and_in_order(tmp_path: Path, form: ExportFormat) -> None:
    target = tmp_path / f"out.{form.value}"
    async with opened(tmp_path / "h.sqlite3") as kept:
        talk(kept, 1300)
        assert await kept.history.exporter.export(target, form) == 1300
    content = target.read_text(encoding="utf-8")
    at = [
        content.index(f"word {number}{end}") for number in range(1, 1300, 3) for end in ends(content, number)
    ]
    assert at == sorted(at)
    assert content.count("word ") == 1300
    assert content.index("Second") < content.index("word 0")
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert leftovers(tmp_path) == []


def ends(content: str, number: int) -> list[str]:
    return [end for end in ("\n", '"', "<") if f"word {number}{end}" in content]


@pytest.mark.asyncio
async def test_one_conversation_alone_can_be_exported(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    async with opened(tmp_path / "h.sqlite3") as kept:
        talk(kept, 30)
        chosen = kept.conversation.id
        assert await kept.history.exporter.export(target, ExportFormat.JSON, conversation_id=chosen) == 20
    (conversation,) = json.loads(target.read_text(encoding="utf-8"))["conversations"]
    assert conversation["id"] == str(chosen)
    assert len(conversation["messages"]) == 20


@pytest.mark.parametrize("form", ExportFormat)
@pytest.mark.asyncio
async def test_an_empty_history_is_a_file_too(tmp_path: Path, form: ExportFormat) -> None:
    target = tmp_path / "out"
    async with opened(tmp_path / "h.sqlite3") as kept:
        labels = Labels(title="Nothing")
        assert await kept.history.exporter.export(target, form, labels=labels) == 0
    assert target.read_text(encoding="utf-8").endswith("\n")


@pytest.mark.asyncio
async def test_progress_is_told_on_the_loop_and_ends_with_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporter, "_PAGE", 10)
    monkeypatch.setattr(exporter, "_PROGRESS_S", 0.0)
    async with opened(tmp_path / "h.sqlite3") as kept:
        talk(kept, 95)
        told: list[tuple[int, int]] = []
        threads: set[threading.Thread] = set()

        def progress(done: int, total: int) -> None:
            told.append((done, total))
            threads.add(threading.current_thread())

        await kept.history.exporter.export(tmp_path / "out", ExportFormat.MARKDOWN, on_progress=progress)
        await asyncio.sleep(0)
    assert told[0] == (0, 95)
    assert told[-1] == (95, 95)
    assert len(told) > 9
    assert told == sorted(told)
    assert threads == {threading.main_thread()}


@pytest.mark.asyncio
async def test_a_file_that_cannot_be_written_is_a_sentence_and_what_was_there_stays(tmp_path: Path) -> None:
    async with opened(tmp_path / "h.sqlite3") as kept:
        talk(kept, 3)
        with pytest.raises(
            HistoryError, match=r"gone.out cannot be written \(No such file.+\)\. Choose another folder"
        ):
            await kept.history.exporter.export(tmp_path / "gone" / "out", ExportFormat.HTML)
        taken = tmp_path / "taken"
        taken.mkdir()
        with pytest.raises(HistoryError, match="taken cannot be written"):
            await kept.history.exporter.export(taken, ExportFormat.HTML)
        assert taken.is_dir()
        assert leftovers(tmp_path) == []


@pytest.mark.asyncio
async def test_an_export_that_is_cancelled_leaves_the_file_that_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporter, "_PAGE", 1)
    monkeypatch.setattr(exporter, "_PROGRESS_S", 0.0)
    target = tmp_path / "out"
    target.write_text("before", encoding="utf-8")
    async with opened(tmp_path / "h.sqlite3") as kept:
        talk(kept, 2000)
        begun = asyncio.Event()
        export = kept.history.exporter.export(
            target, ExportFormat.JSON, on_progress=lambda done, _: begun.set() if done > 3 else None
        )
        task = asyncio.create_task(export)
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert target.read_text(encoding="utf-8") == "before"
        assert leftovers(tmp_path) == []
        assert not any(thread.name == "heron-history-export" for thread in threading.enumerate())


@pytest.mark.asyncio
async def test_what_is_said_and_deleted_meanwhile_harms_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporter, "_PAGE", 5)
    target = tmp_path / "out.json"
    async with opened(tmp_path / "h.sqlite3") as kept:
        talk(kept, 600)
        task = asyncio.create_task(kept.history.exporter.export(target, ExportFormat.JSON))
        for number in range(20):
            kept.say(f"meanwhile {number}")
            await kept.history.flush()
        await kept.history.erasure.everything()
        await task
    assert json.loads(target.read_text(encoding="utf-8"))["format"] == "heron-history"
