"""A sentence above the form with what can be done about it: a failure, or a question before a deletion."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QWidget

from app.conversation.state import Severity
from app.ui.appearance import Appearance
from app.ui.pill_button import PillButton
from app.ui.theme import GAP_M, GAP_S


class CharacterBar(QWidget):
    """Shows one sentence and up to two buttons, or nothing."""

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._severity = Severity.INFO
        self._sentence = QLabel(self)
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._action = PillButton(appearance, "", self)
        self._dismiss = PillButton(appearance, "", self)
        self._on_action: Callable[[], object] = lambda: None
        buttons = QHBoxLayout()
        buttons.setSpacing(GAP_S)
        buttons.addWidget(self._action)
        buttons.addWidget(self._dismiss)
        grid = QGridLayout(self)
        grid.setContentsMargins(GAP_M, GAP_S, GAP_M, GAP_S)
        grid.setHorizontalSpacing(GAP_M)
        grid.setColumnStretch(0, 1)
        grid.addWidget(self._sentence, 0, 0)
        grid.addLayout(buttons, 0, 1)
        self._action.clicked.connect(self._act)
        self._dismiss.clicked.connect(self.dismiss)
        appearance.changed.connect(self._redress)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown; empty without one."""
        return "" if self.isHidden() else self._sentence.text()

    @property
    def severity(self) -> Severity:
        """How much the sentence matters that was shown last."""
        return self._severity

    @property
    def action(self) -> PillButton:
        """The button that does something about it."""
        return self._action

    @property
    def dismissal(self) -> PillButton:
        """The other one."""
        return self._dismiss

    def tell(self, sentence: str, severity: Severity, again: Callable[[], object] | None = None) -> None:
        """Say something; where ``again`` is given, it can be tried again."""
        self._show(sentence, severity, self.tr("Try again"), self.tr("Dismiss"), again)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, sentence))

    def ask(self, question: str, yes: str, do: Callable[[], object]) -> None:
        """Ask whether to do what cannot be undone; the keyboard goes to the harmless answer."""
        self._show(question, Severity.WARNING, yes, self.tr("Keep"), do)
        self._dismiss.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Show nothing."""
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape stand for the harmless answer."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._appearance.theme.notice(self._severity).ground)
        painter.drawRoundedRect(self.rect(), GAP_S, GAP_S)

    def _show(
        self,
        sentence: str,
        severity: Severity,
        action: str,
        dismissal: str,
        do: Callable[[], object] | None,
    ) -> None:
        self._severity = severity
        self._sentence.setText(sentence)
        self._sentence.setAccessibleName(sentence)
        for button, words in ((self._action, action), (self._dismiss, dismissal)):
            button.setText(words)
            button.describe(words)
            button.updateGeometry()
        self._on_action = do or (lambda: None)
        self._action.setVisible(do is not None)
        self._redress()
        self.show()

    def _act(self) -> None:
        self.hide()
        self._on_action()

    def _redress(self) -> None:
        tone = self._appearance.theme.notice(self._severity)
        palette = self._sentence.palette()
        palette.setColor(self._sentence.foregroundRole(), tone.text)
        self._sentence.setPalette(palette)
        self._action.set_colors(tone.ground, tone.text)
        self._dismiss.set_colors(tone.text, tone.ground)
        self.update()
