"""One setting in the window: its name, what it is changed with, what it does, and the way back."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from app.core.errors import BadInput
from app.ui.appearance import Appearance
from app.ui.pill_button import PillButton
from app.ui.settings.binding import Binding
from app.ui.settings.editor import Editor
from app.ui.settings.editors import editor_of
from app.ui.settings.style import paint_text, translated
from app.ui.theme import GAP_L, GAP_M, GAP_S, GAP_XS, TextSize


class SettingRow(QWidget):
    """Shows a setting and changes it; what cannot be taken is said below it.

    Args:
        appearance: Where colours and sizes come from.
        binding: The setting.
        editor: What it is changed with; by default what belongs to its kind.
        can_reset: Whether its default is worth a way back to.
        parent: Where it lives.
    """

    def __init__(
        self,
        appearance: Appearance,
        binding: Binding,
        editor: Editor | None = None,
        *,
        can_reset: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self.binding = binding
        self._can_reset = can_reset
        name, help_text = translated(binding.setting.label), translated(binding.setting.description)
        self.name = QLabel(name, self)
        self.name.setWordWrap(True)
        self.editor = editor or editor_of(appearance, binding.setting)
        self.editor.describe(name, help_text)
        self.name.setBuddy(self.editor.focused)
        self.reset = PillButton(appearance, self.tr("Reset"), self)
        self.reset.describe(self.tr("Reset to default: %1").replace("%1", name))
        keeps = self.reset.sizePolicy()
        keeps.setRetainSizeWhenHidden(can_reset and not self.editor.is_beside)
        self.reset.setSizePolicy(keeps)
        self.help = QLabel(help_text, self)
        self.help.setWordWrap(True)
        self.problem = QLabel(self)
        self.problem.setWordWrap(True)
        self.problem.hide()
        self._grid = QGridLayout(self)
        self._arrange()
        self.editor.edited.connect(self._edited)
        self.reset.clicked.connect(self._put_back)
        appearance.changed.connect(self._redress)
        self._redress()
        self.refresh()

    def refresh(self) -> None:
        """Show how it is now."""
        self.editor.show_value(self.binding.get())
        self.reset.setVisible(self._can_reset and not self.binding.is_default)

    def _arrange(self) -> None:
        grid = self._grid
        grid.setHorizontalSpacing(GAP_S)
        grid.setColumnStretch(0, 1)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.reset, 0, 1, top)
        if self.editor.is_beside:
            grid.addWidget(self.editor, 0, 2, top)
            grid.addWidget(self.help, 1, 0, 1, 3)
            grid.addWidget(self.problem, 2, 0, 1, 3)
        else:
            grid.addWidget(self.editor, 1, 0, 1, 2)
            grid.addWidget(self.help, 2, 0, 1, 2)
            grid.addWidget(self.problem, 3, 0, 1, 2)

    def _edited(self, value: object) -> None:
        try:
            self.binding.set(self.binding.setting.checked(value))
        except BadInput as error:
            self._say(str(error))
            return
        self._say("")
        self.refresh()

    def _put_back(self) -> None:
        self.binding.reset()
        self._say("")
        self.refresh()
        self.editor.focused.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say(self, sentence: str) -> None:
        self.problem.setText(sentence)
        self.problem.setAccessibleName(sentence)
        self.problem.setVisible(bool(sentence))

    def _redress(self) -> None:
        theme, gap = self._appearance.theme, self._appearance.gap
        self._grid.setContentsMargins(GAP_L, gap(GAP_M), GAP_L, gap(GAP_M))
        self._grid.setVerticalSpacing(gap(GAP_XS + 2))
        self.name.setFont(self._appearance.font(bold=True))
        for label in (self.help, self.problem):
            label.setFont(self._appearance.font(TextSize.SMALL))
        self.reset.set_colors(theme.accent, theme.surface)
        paint_text(self.name, theme.text)
        paint_text(self.help, theme.quiet)
        paint_text(self.problem, theme.danger)
