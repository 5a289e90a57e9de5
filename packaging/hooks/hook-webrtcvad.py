"""PyInstaller's own hook asks for the metadata of ``webrtcvad``; ours comes from ``webrtcvad-wheels``."""

from PyInstaller.utils.hooks import copy_metadata

datas = copy_metadata("webrtcvad-wheels")
