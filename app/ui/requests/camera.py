"""A picture from a camera, where OpenCV is installed: it is no part of Heron, since few need it."""

from __future__ import annotations

import importlib
import importlib.util
import sys
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QImage

from app.core.errors import UserError
from app.core.translation import translate

PACKAGE: Final = "opencv-python-headless"
"""What brings it."""

_MODULE: Final = "cv2"

_WARM_UP: Final = 12
"""Pictures that are thrown away: a camera needs a moment to find out how bright it is."""


def is_installed() -> bool:
    """Return whether there is what reads cameras."""
    return importlib.util.find_spec(_MODULE) is not None


def is_there() -> bool:
    """Return whether a camera can be used, as far as that is known without opening it."""
    return is_installed() and (sys.platform != "linux" or any(Path("/dev").glob("video*")))


def photograph(source: int | str = 0) -> QImage:
    """Open a camera, take a picture, and close it. Takes a second or two: to be called in a thread.

    Args:
        source: The camera's number, or a video file.

    Raises:
        UserError: There is no camera, or another program uses it.
    """
    cv2: Any = importlib.import_module(_MODULE)
    camera = cv2.VideoCapture(source)
    frame = None
    try:
        for _ in range(_WARM_UP):
            has_frame, newest = camera.read()
            if not has_frame:
                break
            frame = newest
    finally:
        camera.release()
    if frame is None:
        raise UserError(
            translate(
                "Camera",
                "The camera gives no picture. Close other programs that use it, or choose a picture file.",
            )
        )
    height, width = frame.shape[:2]
    rgb = cv2.cvtColor(frame, cv2.COLOR_BGR2RGB)
    return QImage(rgb.tobytes(), width, height, 3 * width, QImage.Format.Format_RGB888).copy()
