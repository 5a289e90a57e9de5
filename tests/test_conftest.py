"""The ground of all tests is itself tested, in a pytest of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

_ROOT = Path(__file__).parents[1]


_SKIPS = """
import pytest

def test_skips():
    pytest.skip("no component")

@pytest.mark.xfail
def test_known():
    assert False
"""

_LEAKS = """
import asyncio, threading
from concurrent.futures import ThreadPoolExecutor
import pytest

@pytest.mark.asyncio
async def test_leaks_a_task():
    global task
    task = asyncio.create_task(asyncio.sleep(60))

@pytest.mark.asyncio
async def test_tidy_task():
    await asyncio.create_task(asyncio.sleep(0))

def test_leaks_a_thread():
    threading.Thread(target=threading.Event().wait, args=(1.5,)).start()

def test_tidy_thread():
    with ThreadPoolExecutor() as pool:
        pool.submit(int).result()
"""


def _run(folder: Path, **env: str) -> subprocess.CompletedProcess[str]:
    (folder / "test_skips.py").write_text(_SKIPS)
    (folder / "test_leaks.py").write_text(_LEAKS)
    (folder / "test_absent.py").write_text("import pytest\npytest.importorskip('no_such_module')\n")
    command = [sys.executable, "-m", "pytest", "-p", "tests.conftest", "-p", "no:pytest-qt", "-rA"]
    options = [f"--rootdir={folder}", "-c", os.devnull, "--continue-on-collection-errors"]
    environment = {**{k: v for k, v in os.environ.items() if k != "CI"}, **env, "PYTHONPATH": str(_ROOT)}
    return subprocess.run(
        [*command, *options], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_skips_stay_skips_at_a_desk_and_leftovers_are_errors(tmp_path: Path) -> None:
    result = _run(tmp_path)
    assert "ERROR test_leaks.py::test_leaks_a_task - AssertionError: tasks left" in result.stdout
    assert "ERROR test_leaks.py::test_leaks_a_thread - AssertionError: threads left" in result.stdout
    assert "4 passed, 2 skipped, 1 xfailed, 2 errors" in result.stdout


def test_skips_are_failures_where_everything_must_run(tmp_path: Path) -> None:
    result = _run(tmp_path, CI="true")
    assert "FAILED test_skips.py::test_skips - test_skips.py::test_skips was" in result.stdout
    assert "test_absent.py was skipped, and CI=true allows no skip" in result.stdout
    assert "1 failed, 4 passed, 1 xfailed, 3 errors" in result.stdout


def test_data_folder_is_the_tests_own(heron_home: Path, tmp_path: Path) -> None:
    from app.core import paths

    assert paths.home() == heron_home
    assert heron_home.is_relative_to(tmp_path)


@pytest.mark.asyncio
async def test_plain_coroutines_run_on_asyncio() -> None:
    assert type(asyncio.get_running_loop()).__module__.startswith("asyncio")


@pytest.mark.asyncio
async def test_coroutines_with_a_window_run_on_qt(qtbot: QtBot) -> None:
    assert type(asyncio.get_running_loop()).__module__.startswith("qasync")
