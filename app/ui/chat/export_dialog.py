"""Where exported conversations go: the system's own dialog, not in the way of what goes on."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QDir, QStandardPaths, Signal
from PySide6.QtWidgets import QFileDialog, QWidget


class ExportDialog(QFileDialog):
    """Asks for a file; its ending says how it is written.

    Signals:
        chosen: The file's path, as a text.
    """

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        super().__init__(parent, "", documents or QDir.homePath())
        self.setWindowTitle(self.tr("Export all conversations"))
        self.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        self._endings = {
            self.tr("Web page (*.html)"): ".html",
            self.tr("Markdown (*.md)"): ".md",
            self.tr("JSON (*.json)"): ".json",
        }
        self.setNameFilters(list(self._endings))
        self.selectFile("heron")
        self.fileSelected.connect(self._choose)

    def _choose(self, file: str) -> None:
        """Give the file the ending that was chosen, unless it has one that is known."""
        is_known = Path(file).suffix.lower() in self._endings.values()
        ending = self._endings.get(self.selectedNameFilter(), ".html")
        self.chosen.emit(file if is_known else file + ending)
