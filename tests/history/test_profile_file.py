from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.history.history_error import HistoryError
from app.history.profile_file import delete_history, history_file


def test_a_plain_name_is_the_name_of_the_file(heron_home: Path) -> None:
    assert history_file("local") == heron_home / "history" / "local.sqlite3"
    assert (heron_home / "history").is_dir()
    assert not history_file("local").exists()


def test_all_of_a_profile_is_deleted_and_nothing_of_another(heron_home: Path) -> None:
    gone, stays = history_file("home-1"), history_file("home-12")
    for name in ("", "-wal", "-shm", ".damaged-20260101-120000"):
        for file in (gone, stays):
            file.with_name(file.name + name).touch()
    delete_history("home-1")
    delete_history("never-there")
    assert {file.name.removeprefix(stays.name) for file in gone.parent.iterdir()} == {
        "",
        "-wal",
        "-shm",
        ".damaged-20260101-120000",
    }


def test_what_cannot_be_deleted_is_named(heron_home: Path) -> None:
    file = history_file("home-1")
    file.mkdir()
    with pytest.raises(HistoryError, match=r"home-1\.sqlite3 could not be deleted"):
        delete_history("home-1")


def test_other_names_are_still_told_and_never_leave_the_folder(heron_home: Path) -> None:
    for name in (
        "../../etc/passwd",
        "C:\\x",
        "con",
        "NUL",
        "a/b",
        ".",
        "..",
        "",
        "Büro",
        "x" * 300,
        "\ud800",
    ):
        file = history_file(name)
        assert file.parent == heron_home / "history"
        assert file.name.isascii()
        assert len(file.name) < 64
        assert file.name.partition(".")[0] not in {"con", "nul"} or "." in file.name[: -len(".sqlite3")]
    assert history_file("My Server!").name.startswith("my-server.")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.text(max_size=12), unique=True, max_size=20))
def test_two_profiles_never_have_one_file_even_where_case_does_not_count(names: list[str]) -> None:
    import unicodedata

    different = {unicodedata.normalize("NFC", name) for name in names}
    files = {history_file(name).name.casefold() for name in names}
    assert len(files) == len(different)


def test_names_that_differ_in_case_only_have_different_files() -> None:
    assert history_file("local") != history_file("Local")
    assert history_file("Büro") == history_file("Bu\u0308ro")
