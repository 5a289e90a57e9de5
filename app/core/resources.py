"""Where the files that are not code lie: icons, palettes, sounds."""

from __future__ import annotations

import sys
from pathlib import Path

ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)
"""The sizes in pixels there are PNGs of; 16 and 24 are drawn simpler."""


def resources() -> Path:
    """Return the folder of the resource files.

    It is ``resources/`` of the source tree, ``app/_resources`` of an installed wheel, or ``resources``
    beside the libraries of the packaged application.
    """
    bundle = getattr(sys, "_MEIPASS", None)  # PyInstaller's folder of collected files
    if bundle is not None:
        return Path(bundle) / "resources"
    package = Path(__file__).parents[1]
    installed = package / "_resources"
    return installed if installed.is_dir() else package.parent / "resources"


def icon(size: int | None = None) -> Path:
    """Return the application's icon: the drawing (SVG), or its PNG of ``size`` pixels in the square."""
    return resources() / "icons" / ("heron.svg" if size is None else f"heron-{size}.png")
