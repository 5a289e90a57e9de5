from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.core.logs import LEVEL, level_for_children, log_to_file, set_level, told_level


@pytest.fixture(autouse=True)
def own_log() -> Iterator[None]:
    """Put the process's log back as it was."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    talkers = {
        name: logging.getLogger(name).level for name in ("websockets", "uvicorn", "socketio", "engineio")
    }
    yield
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)
    for name, before in talkers.items():
        logging.getLogger(name).setLevel(before)


def test_the_log_goes_to_a_file_in_home(heron_home: Path) -> None:
    log_to_file("test.log")
    logging.getLogger("app.somewhere").info("the sky is %s", "grau – grün")
    (line,) = (heron_home / "logs" / "test.log").read_text(encoding="utf-8").splitlines()
    assert line.endswith("INFO app.somewhere: the sky is grau – grün")


def test_no_file_is_made_before_there_is_something_to_log(heron_home: Path) -> None:
    log_to_file("test.log")
    assert not (heron_home / "logs" / "test.log").exists()


def test_what_libraries_say_about_every_frame_is_left_out(heron_home: Path) -> None:
    log_to_file("test.log", logging.DEBUG)
    for name in ("websockets.any", "uvicorn.any", "socketio.any", "engineio.any"):
        logging.getLogger(name).info("api_key=est_secret")
        logging.getLogger(name).warning("something is wrong with %s", name)
    log = (heron_home / "logs" / "test.log").read_text(encoding="utf-8")
    assert "est_secret" not in log
    assert log.count("something is wrong") == 4


def test_another_level_is_in_effect_at_once(heron_home: Path) -> None:
    log_to_file("test.log")
    logging.getLogger("app").debug("not told")
    set_level(logging.DEBUG)
    logging.getLogger("app").debug("told")
    set_level(logging.WARNING)
    logging.getLogger("app").info("nor this")
    text = (heron_home / "logs" / "test.log").read_text(encoding="utf-8")
    assert text.count("\n") == 1
    assert "DEBUG app: told" in text


def test_a_child_logs_from_the_same_level_on(monkeypatch: pytest.MonkeyPatch) -> None:
    set_level(logging.DEBUG)
    told = level_for_children()
    assert told_level() == logging.INFO
    for name, value in told.items():
        monkeypatch.setenv(name, value)
    assert told_level() == logging.DEBUG
    monkeypatch.setenv(LEVEL, "nonsense")
    assert told_level() == logging.INFO


def test_a_full_file_is_put_aside_and_only_three_are_kept(heron_home: Path) -> None:
    log_to_file("test.log")
    for _ in range(50):
        logging.getLogger("app").info("x" * 100_000)
    names = sorted(path.name for path in (heron_home / "logs").iterdir())
    assert names == ["test.log", "test.log.1", "test.log.2", "test.log.3"]
    assert all(path.stat().st_size <= 1_000_000 for path in (heron_home / "logs").iterdir())


def test_no_secret_gets_into_the_file(heron_home: Path) -> None:
    log_to_file("test.log")
    try:
        raise ValueError("refused: api_key=abc123")
    except ValueError:
        logging.getLogger("app.somewhere").exception("opening https://me:pass@host/ with est_4711aB failed")
    text = (heron_home / "logs" / "test.log").read_text(encoding="utf-8")
    assert "opening https://host/ with … failed" in text
    assert "refused: api_key=…" in text
    assert not {"pass@", "abc123", "4711aB"} & set(text.split())
