from __future__ import annotations

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.history.profile_file import history_file


def test_a_plain_name_is_the_name_of_the_file(heron_home: Path) -> None:
    assert history_file("local") == heron_home / "history" / "local.sqlite3"
    assert (heron_home / "history").is_dir()
    assert not history_file("local").exists()


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
