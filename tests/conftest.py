"""What every test stands on: a data folder of its own, the right event loop, and no leftovers."""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Generator, Iterator, Mapping
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

_JOIN_S = 1.0
"""Seconds a thread may take to end after the test that started it."""


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """Run a coroutine that uses Qt on Qt's own event loop, as the window does."""
    if "qtbot" in getattr(item, "fixturenames", ()):
        return {"qt": _qt_loop}
    return {"asyncio": asyncio.new_event_loop}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a skipped test where everything must be there: with ``CI=true``."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail") and _everything_must_run():
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} was skipped, and CI=true allows no skip: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Fail a module that skips itself where everything must be there: with ``CI=true``."""
    report = yield
    if report.skipped and _everything_must_run():
        report.outcome = "failed"
        report.longrepr = f"{collector.nodeid} was skipped, and CI=true allows no skip: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def heron_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give each test a data folder of its own."""
    folder = tmp_path / "heron-home"
    monkeypatch.setenv("HERON_HOME", str(folder))
    return folder


@pytest.fixture(autouse=True)
def no_leftovers(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a task or a thread behind."""
    loop = _loop_of(request)
    threads = set(threading.enumerate())
    yield
    tasks = asyncio.all_tasks(loop) if loop is not None else set()
    assert not tasks, f"tasks left behind: {[task.get_coro() for task in tasks]}"
    left = [thread for thread in threading.enumerate() if thread not in threads and not _is_of_a_loop(thread)]
    for thread in left:
        thread.join(_JOIN_S)
    alive = [thread for thread in left if thread.is_alive()]
    assert not alive, f"threads left behind: {alive}"


def _loop_of(request: pytest.FixtureRequest) -> asyncio.AbstractEventLoop | None:
    """Return the loop of an asynchronous test. To ask for it here is to be done before it is closed."""
    marker = request.node.get_closest_marker("asyncio")
    if marker is None or marker.kwargs.get("loop_scope", "function") != "function":
        return None
    if "qtbot" in request.fixturenames:
        request.getfixturevalue("qapp")
    runner: asyncio.Runner = request.getfixturevalue("_function_scoped_runner")
    return runner.get_loop()


def _is_of_a_loop(thread: threading.Thread) -> bool:
    """Tell the worker threads of a loop's executor, which end with the loop, and Qt's own threads."""
    return thread.name.startswith(("asyncio_", "Dummy-"))


def _qt_loop() -> asyncio.AbstractEventLoop:
    import qasync
    from PySide6.QtWidgets import QApplication

    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(QApplication.instance() or QApplication([]))
    return loop


def _everything_must_run() -> bool:
    return os.environ.get("CI") == "true"
