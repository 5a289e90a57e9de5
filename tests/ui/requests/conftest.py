"""What the tests of requests need."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from app.ui.appearance import Appearance


@pytest.fixture(autouse=True)
def nothing_to_collect_for_threads(no_widgets_left_over: None) -> None:
    """Free what earlier tests left here, in the main thread: pictures are made ready in another one."""


@pytest.fixture
def appearance(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Appearance:
    monkeypatch.setenv("HERON_THEME", "light")
    return Appearance(qapp)
