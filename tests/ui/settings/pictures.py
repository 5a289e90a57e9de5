"""Pictures to give to characters."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtGui import QColor, QImage


def plain(path: Path, color: str = "#7a2a5a", width: int = 600, height: int = 400) -> Path:
    """Write a picture of one colour."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(color))
    assert image.save(str(path))
    return path


def photograph(path: Path) -> Path:
    """Write a picture that a PNG is no good for: noise."""
    noise = np.random.default_rng(1).integers(0, 255, (400, 400, 3), dtype=np.uint8)
    image = QImage(noise.tobytes(), 400, 400, 1200, QImage.Format.Format_RGB888).copy()
    assert image.save(str(path))
    return path
