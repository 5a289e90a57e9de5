"""The path of a file: written, or chosen in a dialog."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QWidget

from app.core.settings import Text
from app.ui.appearance import Appearance
from app.ui.pill_button import PillButton
from app.ui.settings.text_field import TextField
from app.ui.theme import GAP_S


class FileField(TextField):
    """The editor of a setting that names a file.

    Args:
        appearance: Where colours and sizes come from.
        kind: What the setting takes.
        pattern: Which files are offered: ``*.pem *.crt``.
        parent: Where it lives.
    """

    def __init__(
        self, appearance: Appearance, kind: Text, pattern: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(appearance, kind, parent)
        self._pattern = pattern
        self.dialog: QFileDialog | None = None
        self.choose = PillButton(appearance, self.tr("Choose…"), self)
        self.choose.describe(self.tr("Choose a file"))
        self.row.setSpacing(GAP_S)
        self.row.addWidget(self.choose)
        self.choose.clicked.connect(self._ask)

    def _ask(self) -> None:
        dialog = self.dialog = QFileDialog(self, self.tr("Choose a file"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([f"{self._pattern}", self.tr("All files (*)")])
        dialog.fileSelected.connect(self._chosen)
        dialog.open()  # not exec: there is no second event loop

    def _chosen(self, path: str) -> None:
        self.line.setText(path)
        self.line.setModified(False)
        self.edited.emit(path)
