"""The house rules that a linter of lines cannot see."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path, PurePath

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "app").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("test_*.py"))

LONGEST = 400
"""Lines above which a module is asked to become two."""

ABOUT_THE_WHOLE = {
    "test_architecture.py",
    "test_setup.py",
    "test_conftest.py",
    "estuary/test_public_api.py",
    "ui/test_views.py",
}
"""Tests of the repository or of a whole package, which mirror no module."""


def test_imports_go_down_only() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    command = [str(lint_imports), "--no-cache"]
    outcome = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert outcome.returncode == 0, outcome.stdout + outcome.stderr
    assert "0 broken" in outcome.stdout


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_module_is_short_and_says_what_it_is(module: Path) -> None:
    text = module.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= LONGEST
    assert ast.get_docstring(ast.parse(text)), "the first thing in a module is what it is for"


def test_qt_runs_in_the_tests_of_the_window_only() -> None:
    """Qt outlives the test that began it, and its garbage must not be collected on a server's thread."""
    elsewhere = [test for test in TESTS if "ui" not in test.parts and test.name not in ABOUT_THE_WHOLE]
    begun = [str(test.relative_to(ROOT)) for test in elsewhere if "qtbot" in test.read_text(encoding="utf-8")]
    assert begun == [], "run it in a process of its own"


def test_tests_mirror_the_modules() -> None:
    strays = [str(test.relative_to(ROOT)) for test in TESTS if not any(map(Path.exists, _mirrored(test)))]
    assert strays == [], "no module has these names: a test file is called after what it tests"


def _mirrored(test: Path) -> Iterator[Path]:
    """Yield where the module that ``test`` is named after may be; the test itself where it mirrors none."""
    place = PurePath(test.relative_to(ROOT / "tests"))
    if place.parts[0] == "integration" or str(place) in ABOUT_THE_WHOLE:
        yield test
        return
    name = place.stem.removeprefix("test_")
    # A folder of tests belongs to the package of that name in app/, but for those of the other code.
    home = ROOT if place.parts[0] in {"benchmarks", "packaging"} else ROOT / "app"
    folder = home / place.parent
    yield folder / f"{name}.py"
    yield folder / f"__{name}__.py"
    yield folder / name / "__init__.py"
