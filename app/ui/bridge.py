"""The one narrow bridge between conversation and widgets: states become signals, actions become tasks."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from app.conversation.audio_tap import AudioTap
from app.conversation.state import Notice, Severity, State
from app.core.errors import UserError
from app.estuary.voice_mode import VoiceMode

if TYPE_CHECKING:
    from app.conversation.diagnosis import Diagnosis
    from app.conversation.requests import Requests
    from app.estuary.rest.characters import CharactersClient

_LOG = logging.getLogger(__name__)

UPDATE_MS = 40
"""Least milliseconds between two updates that only bring more words: 25 a second."""


class Conversation(Protocol):
    """What the window needs of a conversation; everything is called on the loop."""

    @property
    def state(self) -> State:
        """Everything there is to show."""

    def subscribe(self, listener: Callable[[State], None]) -> Callable[[], None]:
        """Call `listener` at each change until the returned function is called."""

    def on_audio(self, listener: Callable[[AudioTap, bytes], None]) -> Callable[[], None]:
        """Call `listener` with each 20 ms of PCM16LE mono, 16 kHz, until the returned function is called."""

    async def start(self) -> None:
        """Connect and open the voice; an ordinary failure becomes a notice in the state."""

    async def stop(self) -> None:
        """End everything that was started; a second call does nothing."""

    async def press(self) -> None:
        """Begin a push-to-talk turn."""

    async def release(self, *, is_abandoned: bool = False) -> None:
        """End the turn and send it; one that is abandoned leaves no microphone open."""

    async def set_mode(self, mode: VoiceMode) -> None:
        """Choose who ends a turn."""

    def toggle_mute(self) -> None:
        """Mute or unmute the microphone."""

    async def send_text(self, text: str) -> None:
        """Send a typed message."""

    async def interrupt(self) -> None:
        """Stop the character's speech."""

    async def replay(self, message_id: str) -> None:
        """Play a reply's voice again, or stop it where it is played."""

    async def retry(self) -> None:
        """Connect again after a failure."""

    def dismiss_notice(self) -> None:
        """Take the notice away."""

    def diagnose(self) -> Diagnosis:
        """Return what there is to know when something is slow or silent."""

    async def introduce(self) -> None:
        """Ask the server what the character is called and looks like by now."""

    @property
    def characters(self) -> CharactersClient | None:
        """The characters of the server; None while there is no connection."""

    @property
    def archive(self) -> Archive | None:
        """What was said, kept; None where nothing is."""

    @property
    def requests(self) -> Requests | None:
        """What the character asks for; None where it cannot ask."""


class Archive(Protocol):
    """What the window needs of a history; everything is called on the loop."""

    async def search(self, words: str) -> Sequence[int]:
        """Return the numbers of the lines in which the words are, oldest first."""

    async def earlier(self, number: int) -> None:
        """Bring back the lines before one."""

    async def back_to(self, number: int) -> None:
        """Bring back everything from a line on."""

    async def export(self, file: str) -> None:
        """Write all conversations into a file, as its ending says."""

    async def delete(self, number: int) -> None:
        """Delete a line for good."""

    async def delete_conversation(self, number: int) -> None:
        """Delete all of the conversation that a line belongs to, for good."""

    async def delete_everything(self) -> None:
        """Delete all conversations for good."""

    async def forget_profile(self, profile: str) -> None:
        """Delete what is kept of a profile that is no more."""


class Bridge(QObject):
    """Carries states to the window and the person's actions to the conversation.

    The window is there before its conversation is: what is typed before `attach` waits, everything else
    has no meaning yet and is dropped. Each action is a task of the bridge's; what it raises becomes a notice.

    Signals:
        state_changed: A new `State`; updates that only bring more words come at most every `UPDATE_MS`.
        notice_changed: The `Notice` to show now, or None.
        frame_arrived: An `AudioTap` and a frame of sound.
        archived: There is an `Archive`; what is done with it goes through the bridge.
    """

    state_changed = Signal(object)
    notice_changed = Signal(object)
    frame_arrived = Signal(object, object)
    archived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._conversation: Conversation | None = None
        self._undo: list[Callable[[], None]] = []
        self._tasks: set[asyncio.Task[None]] = set()
        self._typed: list[str] = []
        self._state = State()
        self._shown = self._state
        self._own_notice: Notice | None = None
        self._clock = QTimer(self)
        self._clock.setSingleShot(True)
        self._clock.setInterval(UPDATE_MS)
        self._clock.setTimerType(Qt.TimerType.PreciseTimer)
        self._clock.timeout.connect(self._catch_up)

    @property
    def shown(self) -> State:
        """The state that was sent to the window last."""
        return self._shown

    def repeat(self) -> None:
        """Say again how everything stands: to a window that was made after it had been said."""
        if self._archive is not None:
            self.archived.emit()
        self.state_changed.emit(self._shown)
        self._show_notice()

    def attach(self, conversation: Conversation) -> None:
        """Serve `conversation` from now on and start it."""
        self._conversation = conversation
        self._undo = [conversation.subscribe(self._on_state), conversation.on_audio(self.frame_arrived.emit)]
        self._on_state(conversation.state)
        if conversation.archive is not None:
            self.archived.emit()
        self._run(conversation.start(), "start")
        typed, self._typed = self._typed, []
        for text in typed:
            self.send_text(text)

    async def close(self) -> None:
        """Listen no more and cancel what is still going on."""
        self._clock.stop()
        for undo in reversed(self._undo):
            undo()
        self._undo = []
        self._conversation = None
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def press(self) -> None:
        """Begin a push-to-talk turn."""
        if self._conversation is not None:
            self._run(self._conversation.press(), "press")

    def release(self) -> None:
        """End the turn; it does not wait for its press, which may still wait for the server."""
        if self._conversation is not None:
            self._run(self._conversation.release(), "release")

    def abandon(self) -> None:
        """End the turn although nobody saw the key being let go."""
        if self._conversation is not None:
            self._run(self._conversation.release(is_abandoned=True), "abandon")

    def set_mode(self, mode: VoiceMode) -> None:
        """Choose who ends a turn."""
        if self._conversation is not None:
            self._run(self._conversation.set_mode(mode), "set_mode")

    def toggle_mute(self) -> None:
        """Mute or unmute the microphone."""
        if self._conversation is not None:
            self._conversation.toggle_mute()

    def send_text(self, text: str) -> None:
        """Send a typed message; before there is a conversation it waits for it."""
        if self._conversation is None:
            self._typed.append(text)
        else:
            self._run(self._conversation.send_text(text), "send_text")

    def interrupt(self) -> None:
        """Stop the character's speech."""
        if self._conversation is not None:
            self._run(self._conversation.interrupt(), "interrupt")

    def replay(self, message_id: str) -> None:
        """Play a reply's voice again, or stop it where it is played."""
        if self._conversation is not None:
            self._run(self._conversation.replay(message_id), "replay")

    def retry(self) -> None:
        """Connect again after a failure."""
        if self._conversation is not None:
            self._run(self._conversation.retry(), "retry")

    async def search(self, words: str) -> Sequence[int]:
        """Return the numbers of the lines in which the words are, oldest first."""
        return () if (archive := self._archive) is None else await archive.search(words)

    def bring_earlier(self, number: int) -> None:
        """Bring back the lines before one."""
        if (archive := self._archive) is not None:
            self._run(archive.earlier(number), "earlier")

    def bring_back_to(self, number: int) -> None:
        """Bring back everything from a line on."""
        if (archive := self._archive) is not None:
            self._run(archive.back_to(number), "back_to")

    def export(self, file: str) -> None:
        """Write all conversations into a file, as its ending says."""
        if (archive := self._archive) is not None:
            self._run(archive.export(file), "export")

    def delete(self, number: int) -> None:
        """Delete a line for good."""
        if (archive := self._archive) is not None:
            self._run(archive.delete(number), "delete")

    def delete_conversation(self, number: int) -> None:
        """Delete all of the conversation that a line belongs to, for good."""
        if (archive := self._archive) is not None:
            self._run(archive.delete_conversation(number), "delete_conversation")

    def delete_everything(self) -> None:
        """Delete all conversations for good."""
        if (archive := self._archive) is not None:
            self._run(archive.delete_everything(), "delete_everything")

    def forget_profile(self, profile: str) -> None:
        """Delete what is kept of a profile that is no more."""
        if (archive := self._archive) is not None:
            self._run(archive.forget_profile(profile), "forget_profile")

    @property
    def _archive(self) -> Archive | None:
        return None if self._conversation is None else self._conversation.archive

    def dismiss_notice(self) -> None:
        """Take the notice away that is shown now."""
        had_own, self._own_notice = self._own_notice is not None, None
        if self._conversation is not None and (self._state.notice is not None or not had_own):
            # Also the conversation's older one that stood behind ours: it must not come back.
            self._conversation.dismiss_notice()
        if had_own:
            self._show_notice()

    def diagnose(self) -> Diagnosis:
        """Return what there is to know when something is slow or silent."""
        if self._conversation is None:
            from app.conversation.diagnosis import Diagnosis

            return Diagnosis()
        return self._conversation.diagnose()

    def introduce(self) -> None:
        """Have the character introduce itself anew: the person may have changed it."""
        if self._conversation is not None:
            self._run(self._conversation.introduce(), "introduce")

    def characters(self) -> CharactersClient | None:
        """Return the characters of the server; None while there is no connection."""
        return None if self._conversation is None else self._conversation.characters

    @property
    def requests(self) -> Requests | None:
        """Where the character's requests are answered; None while there is no conversation."""
        return None if self._conversation is None else self._conversation.requests

    def do(self, action: Coroutine[Any, Any, None], name: str) -> None:
        """Do something that takes time; what it raises becomes a notice."""
        self._run(action, name)

    def report(self, error: BaseException) -> None:
        """Tell the person of an error, and the log all of it."""
        if isinstance(error, UserError):
            notice = Notice(str(error), Severity.ERROR)
        else:
            from app.conversation.error_report import error_report

            _LOG.error("unexpected error", exc_info=error)
            text = self.tr("Something went wrong inside Heron. It goes on; the log file has the details.")
            notice = Notice(text, Severity.ERROR, error_report(error))
        self._own_notice = notice
        self._show_notice()

    def _run(self, action: Coroutine[Any, Any, None], name: str) -> None:
        task = asyncio.get_running_loop().create_task(action, name=f"ui-{name}")
        self._tasks.add(task)
        task.add_done_callback(self._on_done)

    def _on_done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.report(error)

    def _on_state(self, state: State) -> None:
        self._state = state
        if not (self._clock.isActive() and _brings_only_words(self._shown, state)):
            self._show()

    def _catch_up(self) -> None:
        if self._state is not self._shown:
            self._show()

    def _show(self) -> None:
        has_new_notice = self._state.notice is not self._shown.notice
        self._shown = self._state
        if has_new_notice and self._shown.notice is not None:
            self._own_notice = None
        self._clock.start()
        self.state_changed.emit(self._shown)
        if has_new_notice:
            self._show_notice()

    def _show_notice(self) -> None:
        self.notice_changed.emit(self._own_notice or self._state.notice)


def _brings_only_words(shown: State, state: State) -> bool:
    """Return whether nothing but the text of the last lines differs: that can wait a moment."""
    if len(shown.lines) != len(state.lines) or replace(shown, lines=()) != replace(state, lines=()):
        return False
    if not state.lines:
        return True
    old, new = shown.lines[-1], state.lines[-1]
    return (old.number, old.is_final, old.is_interrupted) == (new.number, new.is_final, new.is_interrupted)
