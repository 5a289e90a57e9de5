"""That the window gets the keyboard from another program's is in tests/integration/test_instance.py."""

from __future__ import annotations

import os

import pytest
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.ui import raising
from app.ui.raising import raise_window
from tests.ui.open_window import opened, settle, until

pytestmark = pytest.mark.asyncio

_VARIABLE = "XDG_ACTIVATION_TOKEN"


@pytest.fixture(autouse=True)
def no_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(_VARIABLE, "")


@pytest.mark.parametrize(("platform", "kept"), [("wayland", "the token"), ("offscreen", "")])
async def test_a_token_is_left_where_qt_takes_it_under_wayland(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, platform: str, kept: str
) -> None:
    async with opened() as heron:
        monkeypatch.setattr(QGuiApplication, "platformName", lambda: platform)
        raise_window(heron.window, "the token")
        assert os.environ[_VARIABLE] == kept
        await until(heron.window.isActiveWindow)


async def test_the_window_manager_is_asked_only_if_it_has_refused(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    monkeypatch.setattr(raising, "activate", asked.append)
    monkeypatch.setattr(raising, "_GRACE_MS", 1)
    monkeypatch.setattr(QGuiApplication, "platformName", lambda: "xcb")
    async with opened() as heron:
        raise_window(heron.window)
        await settle()
        assert asked == []
        monkeypatch.setattr(heron.window, "isActiveWindow", lambda: False)
        raise_window(heron.window)
        await until(lambda: asked == [int(heron.window.winId())])
