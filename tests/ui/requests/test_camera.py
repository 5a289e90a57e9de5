"""A camera is used only where OpenCV is installed, which it need not be here: its place is taken."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from PySide6.QtGui import QColor, QImage

from app.core.errors import UserError
from app.ui.requests import camera


class Capture:
    """A camera as OpenCV has it: it gives so many pictures, each brighter than the one before."""

    frames = 20
    released = 0

    def __init__(self, source: object) -> None:
        self.source = source
        self._given = 0

    def read(self) -> tuple[bool, Any]:
        if self._given >= self.frames:
            return False, None
        self._given += 1
        picture = np.zeros((48, 64, 3), dtype=np.uint8)
        picture[:, :, 0] = self._given  # OpenCV has blue first
        return True, picture

    def release(self) -> None:
        type(self).released += 1


@pytest.fixture
def opencv(monkeypatch: pytest.MonkeyPatch) -> type[Capture]:
    module: Any = ModuleType("cv2")
    module.__spec__ = ModuleSpec("cv2", None)
    module.VideoCapture, module.COLOR_BGR2RGB = Capture, 4
    module.cvtColor = lambda picture, _: np.ascontiguousarray(picture[:, :, ::-1])
    monkeypatch.setitem(sys.modules, "cv2", module)
    monkeypatch.setattr(Capture, "released", 0)
    return Capture


def blue_of(image: QImage) -> int:
    color = QColor(image.pixel(0, 0))
    assert color.red() == color.green() == 0
    return color.blue()


def test_without_its_package_there_is_no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(camera, "_MODULE", "no_such_module")
    assert not camera.is_installed()
    assert not camera.is_there()


def test_with_it_there_may_be_one(opencv: type[Capture], monkeypatch: pytest.MonkeyPatch) -> None:
    assert camera.is_installed()
    monkeypatch.setattr(sys, "platform", "win32")
    assert camera.is_there()


def test_the_picture_is_taken_once_the_camera_sees_well(opencv: type[Capture]) -> None:
    image = camera.photograph()
    assert (image.width(), image.height()) == (64, 48)
    assert blue_of(image) == 12
    assert opencv.released == 1


def test_a_camera_that_ends_early_gives_its_last_picture(
    opencv: type[Capture], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Capture, "frames", 3)
    assert blue_of(camera.photograph()) == 3


def test_a_camera_that_gives_nothing_is_said_and_closed(
    opencv: type[Capture], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Capture, "frames", 0)
    with pytest.raises(UserError, match="Close other programs"):
        camera.photograph()
    assert opencv.released == 1
