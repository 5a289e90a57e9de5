from __future__ import annotations

import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from app.server.characters.cast import Cast
from app.server.characters.character import HERON
from app.server.characters.character_store import CharacterError, CharacterStore, NotPossible, NotThere

pytestmark = pytest.mark.asyncio

PICTURE = "data:image/png;base64,iVBORw0KGgo="


@pytest_asyncio.fixture
async def cast(tmp_path: Path) -> AsyncIterator[Cast]:
    cast = Cast(tmp_path)
    await cast.load()
    yield cast
    cast.close()


async def test_what_is_changed_is_at_hand_at_once_without_its_picture(cast: Cast) -> None:
    made = await cast.create({"name": "Ada", "avatar": PICTURE})
    assert made.id in cast
    assert made.avatar == PICTURE
    assert (cast.current(made.id).name, cast.current(made.id).avatar) == ("Ada", None)
    await cast.update(made.id, {"name": "Byron"})
    assert cast.current(made.id).name == "Byron"
    assert (await cast.get(made.id)).avatar == PICTURE
    await cast.delete(made.id)
    assert made.id not in cast
    assert cast.current(made.id) is HERON
    with pytest.raises(NotThere):
        await cast.get(made.id)


async def test_it_is_there_after_a_restart(tmp_path: Path) -> None:
    first = Cast(tmp_path)
    await first.load()
    made = await first.create({"name": "Ada"})
    first.close()
    again = Cast(tmp_path)
    await again.load()
    assert again.current(made.id).name == "Ada"
    page, total = await again.page(1, 1)
    assert (page, total) == ([made], 2)
    again.close()


async def test_what_another_program_has_changed_is_noticed_when_it_is_asked_for(
    tmp_path: Path, cast: Cast
) -> None:
    other = CharacterStore(tmp_path)
    other.create("a", {"name": "Ada"})
    other.close()
    assert "a" not in cast
    await cast.refresh()
    assert cast.current("a").name == "Ada"


async def test_the_file_is_touched_in_one_thread_and_never_in_the_loop_s(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads: list[threading.Thread] = []
    run = CharacterStore._run

    def noting(self: CharacterStore, work: object) -> object:
        threads.append(threading.current_thread())
        return run(self, work)  # type: ignore[arg-type]

    monkeypatch.setattr(CharacterStore, "_run", noting)
    made = await cast.create({"name": "Ada"})
    await cast.update(made.id, {"name": "Byron"})
    await cast.page(9, 0)
    await cast.delete(made.id)
    assert len(set(threads)) == 1
    assert threading.current_thread() not in threads


async def test_refusals_come_out_and_change_nothing(cast: Cast) -> None:
    with pytest.raises(NotPossible):
        await cast.delete("default")
    with pytest.raises(NotThere):
        await cast.update("missing", {"name": "x"})
    assert cast.current("default").name == "Heron"


async def test_one_that_is_not_loaded_knows_the_default_alone(tmp_path: Path) -> None:
    cast = Cast(tmp_path)
    assert "default" in cast
    with pytest.raises(CharacterError, match="not loaded"):
        await cast.page(1, 0)
    cast.close()


async def test_a_folder_that_cannot_be_used_gets_a_sentence(tmp_path: Path) -> None:
    cast = Cast(tmp_path / "missing")
    with pytest.raises(CharacterError, match="Make its folder writable"):
        await cast.load()
    cast.close()
