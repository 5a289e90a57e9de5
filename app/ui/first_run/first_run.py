"""The first steps as a page in the window: one at a time, with a way back, on and out at every moment."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.conversation.state import State
from app.core.settings import FirstSteps
from app.core.settings.first_steps import DONE, DUE
from app.ui.appearance import Appearance
from app.ui.chat.announcer import announce
from app.ui.face import Face
from app.ui.first_run.account_step import AccountStep
from app.ui.first_run.microphone_step import MicrophoneStep
from app.ui.first_run.place_step import PlaceStep
from app.ui.first_run.step import Step
from app.ui.first_run.step_dots import StepDots
from app.ui.first_run.talk_step import TalkStep
from app.ui.hold import Hold, SpaceUse
from app.ui.pill_button import PillButton
from app.ui.settings.desk import Desk
from app.ui.theme import COLUMN_WIDTH, GAP_L, GAP_M, GAP_S, scroll_bar


class FirstRun(QWidget):
    """Leads the person through the steps and remembers that it did.

    Args:
        appearance: Where colours and sizes come from.
        desk: What is chosen on the way, and where it is remembered.
        hold: What the talk key holds.
        face: What characters look like.
        parent: Where it lives.

    Signals:
        ended: The steps are finished or skipped.
    """

    ended = Signal()

    def __init__(
        self, appearance: Appearance, desk: Desk, hold: Hold, face: Face, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._appearance = appearance
        self._desk = desk
        self._has_ended = False
        self._others: tuple[QWidget, ...] = ()
        self.place = PlaceStep(appearance, desk, self)
        self.account = AccountStep(appearance, desk, self)
        self.microphone = MicrophoneStep(appearance, desk, self)
        self.talk = TalkStep(appearance, desk, hold, face, self)
        self._dots_of: dict[Step, int] = {self.place: 0, self.account: 0, self.microphone: 1, self.talk: 2}
        self._way: list[Step] = []
        self.dots = StepDots(
            appearance, (self.tr("Where to talk"), self.tr("Microphone"), self.tr("Talk key"))
        )
        self.skip = PillButton(appearance, self.tr("Skip"))
        self.skip.describe(self.tr("Skip the first steps (Esc)"))
        self.back = PillButton(appearance, self.tr("Back"))
        self.next = PillButton(appearance, "")
        self.area = QScrollArea()
        self._arrange()
        self._connect()
        self._redress()

    @property
    def step(self) -> Step:
        """The step that is shown."""
        return self._way[-1]

    @property
    def use_of_space(self) -> SpaceUse:
        """What Space does: it talks in the last step only."""
        return self.talk.use_of_space if self.step is self.talk else SpaceUse.LETTER

    def begin_instead_of(self, *others: QWidget) -> None:
        """Begin with the first step, in the place of other widgets of a column; they come back at the end.

        It is remembered that the steps are not done.
        """
        self._others = others
        parent = self.parentWidget()
        column = None if parent is None else parent.layout()
        if isinstance(column, QVBoxLayout):
            column.insertWidget(column.indexOf(others[0]), self, 1)
        for other in others:
            other.hide()
        self.show()
        self._desk.store.update(FirstSteps, stage=DUE)
        self._go_to(self.place)

    def show_state(self, state: State) -> None:
        """Follow the conversation."""
        self.talk.show_state(state)

    def type_key(self, event: QKeyEvent) -> None:
        """Take a key that was pressed where nobody had a use for it."""
        if self.step is self.talk:
            self.talk.type_key(event)

    def end(self) -> None:
        """Finish or skip: the steps are not shown again by themselves, and this is gone."""
        if self._has_ended:
            return
        self._has_ended = True
        if self._way:
            self.step.leave()
        self._desk.store.update(FirstSteps, stage=DONE)
        self.hide()
        for other in self._others:
            other.show()
        self.ended.emit()
        self.deleteLater()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the grounds, with hairlines between them."""
        theme, area = self._appearance.theme, self.area.geometry()
        painter = QPainter(self)
        painter.fillRect(self.rect(), theme.surface)
        painter.fillRect(area, theme.window)
        painter.fillRect(0, area.top() - 1, self.width(), 1, theme.border)
        painter.fillRect(0, area.bottom() + 1, self.width(), 1, theme.border)

    def _arrange(self) -> None:
        for step in self._dots_of:
            step.hide()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        top, bottom = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(GAP_M)
        top.addWidget(self.dots, 1)
        top.addWidget(self.skip)
        bottom.addWidget(self.back)
        bottom.addStretch(1)
        bottom.addWidget(self.next)
        self._top, self._bottom = _centered(top), _centered(bottom)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(1)
        column.addLayout(self._top)
        column.addWidget(self.area, 1)
        column.addLayout(self._bottom)

    def _connect(self) -> None:
        self.skip.clicked.connect(self.end)
        self.back.clicked.connect(self._go_back)
        self.next.clicked.connect(self._pass)
        self.place.passed.connect(lambda: self._go_to(self.microphone))
        self.place.account_wanted.connect(lambda: self._go_to(self.account))
        self.account.passed.connect(lambda: self._go_to(self.microphone))
        self.microphone.passed.connect(lambda: self._go_to(self.talk))
        self.talk.passed.connect(self.end)
        self.talk.changed.connect(self._show_buttons)
        self._appearance.changed.connect(self._redress)

    def _go_to(self, step: Step) -> None:
        if self._way:
            self.step.leave()
        self._way.append(step)
        self._show()

    def _go_back(self) -> None:
        if len(self._way) > 1:
            self._way.pop().leave()
            self._show()

    def _pass(self) -> None:
        self.step.passed.emit()

    def _show(self) -> None:
        step = self.step
        if (before := self.area.takeWidget()) is not None:
            before.setParent(self)
            before.hide()
        self.area.setWidget(step)
        step.show()
        self.dots.show_step(self._dots_of[step])
        self._show_buttons()
        step.enter()
        if step is self.microphone:
            self.next.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self.dots, f"{self.dots.words}. {step.title.text()}")

    def _show_buttons(self) -> None:
        self.back.setEnabled(len(self._way) > 1)
        words = self.step.next_words
        self.next.setText(words)
        self.next.describe(words)
        self.next.setVisible(bool(words))
        self.next.updateGeometry()
        self._redress()
        if self.step is self.talk and self.talk.has_answered:
            self.area.ensureWidgetVisible(self.talk.said)

    def _redress(self) -> None:
        theme, gap = self._appearance.theme, self._appearance.gap
        self.next.set_colors(theme.primary.text, theme.primary.ground)
        if self.back.isEnabled():
            self.back.set_colors(theme.soft.text, theme.soft.ground)
        else:
            self.back.set_colors(theme.faint, theme.surface)
        self._top.setContentsMargins(GAP_L, gap(GAP_S), GAP_L, gap(GAP_S))
        self._bottom.setContentsMargins(GAP_L, gap(GAP_M), GAP_L, gap(GAP_M))
        self.area.verticalScrollBar().setStyleSheet(scroll_bar(theme))
        palette = self.area.palette()
        palette.setColor(palette.ColorRole.Window, theme.window)
        self.area.setPalette(palette)
        self.update()


def _centered(row: QHBoxLayout) -> QHBoxLayout:
    """Return a row in the middle of the window, as wide as the conversation gets."""
    holder = QWidget()
    holder.setMaximumWidth(COLUMN_WIDTH)
    row.setContentsMargins(0, 0, 0, 0)
    holder.setLayout(row)
    frame = QHBoxLayout()
    frame.addStretch(1)
    frame.addWidget(holder, 10_000)
    frame.addStretch(1)
    return frame
