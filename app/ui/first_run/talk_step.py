"""The third step: the talk key is held once, and the character answers."""

# ruff: noqa: N802 - Qt's names

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from app.conversation.line import Author, Line
from app.conversation.state import Link, State
from app.estuary.voice_mode import VoiceMode
from app.ui.appearance import Appearance
from app.ui.chat.announcer import announce
from app.ui.chat.list import ChatList
from app.ui.face import Face
from app.ui.first_run.step import Step
from app.ui.hold import Hold, SpaceUse
from app.ui.settings.desk import Desk
from app.ui.status import is_replying
from app.ui.talk_button import TalkButton
from app.ui.text_box import TextBox

REST_MS = 6_000
"""Milliseconds of rest after the answer until the conversation is shown by itself: time to read on."""

_LEAST_LINES = 6
"""Least height of what is said, in lines of text."""


class TalkStep(Step):
    """A real turn with the character: what is said and answered here stands in the conversation afterwards.

    Args:
        appearance: Where colours and sizes come from.
        desk: Where what is typed goes.
        hold: What the talk key and the button hold.
        face: What characters look like.
        parent: Where it lives.
    """

    def __init__(
        self,
        appearance: Appearance,
        desk: Desk,
        hold: Hold,
        face: Face,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, parent)
        self.said = _Said(appearance, face)
        self._hold = hold
        self._state = State()
        self._since = 0
        self._is_shown = False
        self._has_answered = False
        self.talk = TalkButton(appearance, hold)
        self.text = TextBox(appearance)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self.passed)
        self.column.addWidget(self.said, 1)
        self.column.addWidget(self.talk)
        self.column.addWidget(self.text)
        self.said.replay_asked.connect(desk.bridge.replay)
        self.text.sent.connect(desk.bridge.send_text)
        self.text.line.textEdited.connect(self._on_typing)
        hold.began.connect(self._show)
        hold.ended.connect(self._show)
        self._redress()

    @property
    def next_words(self) -> str:
        """What the button says that goes on, once the character has answered."""
        return self.tr("Done") if self._has_answered else ""

    @property
    def has_answered(self) -> bool:
        """Whether the character has begun to answer what was said here."""
        return self._has_answered

    @property
    def use_of_space(self) -> SpaceUse:
        """What Space does here."""
        if self.text.is_typing:
            return SpaceUse.LETTER
        if self.talk.can_talk:
            return SpaceUse.TALK
        is_waiting = self.talk.has_key or self.text.line.hasFocus()
        return SpaceUse.NOTHING if is_waiting else SpaceUse.LETTER

    def enter(self) -> None:
        """Begin with nothing said; the keyboard goes to what is there to be used."""
        lines = self._state.lines
        self._since = lines[-1].number if lines else 0
        self._is_shown = True
        self._has_answered = False
        self._show()
        has_key = self._state.has_microphone and self.talk.isEnabled()
        (self.talk if has_key else self.text).setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """Let go of the talk key, and wait for nothing."""
        self._is_shown = False
        self._rest.stop()
        self._hold.end_all()

    def type_key(self, event: QKeyEvent) -> None:
        """Take a key that was pressed where nobody had a use for it."""
        self.text.type_key(event)

    def show_state(self, state: State) -> None:
        """Show what is said, and whether it was answered."""
        self._state = state
        self._show()

    def _show(self) -> None:
        state = self._state
        lines = tuple(line for line in state.lines if line.number > self._since)
        self.said.show_state(replace(state, lines=lines))
        self.talk.show_state(state)
        self.talk.setVisible(state.has_microphone)
        self.text.show_state(state)
        if self._is_shown and not self._has_answered and _is_answered(lines):
            self._has_answered = True
            self.changed.emit()
            announce(self.title, self.tr("It works."))
        self.say(*self._words())
        is_at_rest = self._has_answered and not (is_replying(state) or self._hold.is_held)
        if not is_at_rest or self.text.is_typing:
            self._rest.stop()
        elif self._is_shown and not self._rest.isActive():
            self._rest.start()

    def _words(self) -> tuple[str, str]:
        """Return what to do now, and how."""
        state, name = self._state, self._state.character_name
        if self._has_answered:
            how = self.tr("{name} has heard you and answers. Talk like this whenever you like.")
            return self.tr("It works"), how.format(name=name)
        if not state.has_microphone:
            how = self.tr("There is no microphone to be used, so write to {name}; it answers all the same.")
            return self.tr("Type hello"), how.format(name=name)
        if state.link is not Link.READY:
            failed = self.tr("{name} is not connected. Try again above, or go back.")
            how = failed if state.link is Link.FAILED else self.tr("{name} is waking up. One moment.")
            return self._title, how.format(name=name)
        return self._title, self._how_to_talk()

    def _how_to_talk(self) -> str:
        if self._state.is_muted:
            return self.tr("The microphone is muted. Press Ctrl+M to unmute it.")
        if self._state.mode is VoiceMode.CONTINUOUS:
            return self.tr("Just speak. Your turn ends when you pause.")
        if self._hold.is_held or self._state.is_recording:
            return self.tr("Speak now, and let go when you are done.")
        return self.tr("Keep it down while you speak, and let go when you are done.")

    @property
    def _title(self) -> str:
        if self._state.mode is VoiceMode.CONTINUOUS:
            return self.tr("Say hello")
        return self.tr("Hold Space and say hello")

    def _on_typing(self) -> None:
        self._hold.end_all()
        self._rest.stop()

    def _redress(self) -> None:
        super()._redress()
        self.said.setMinimumHeight(self.appearance.em(_LEAST_LINES))


class _Said(ChatList):
    """Takes what room there is, and asks for no more than it needs."""

    def sizeHint(self) -> QSize:
        return self.minimumSize()


def _is_answered(lines: tuple[Line, ...]) -> bool:
    """Return whether the character has words after some of the person's."""
    authors = [line.author for line in lines if line.text]
    return Author.PERSON in authors and Author.CHARACTER in authors[authors.index(Author.PERSON) :]
