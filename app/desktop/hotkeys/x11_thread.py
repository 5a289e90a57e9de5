"""The thread that lives with an X server: it takes keys, watches them, and tells what becomes of them."""

from __future__ import annotations

import logging
import selectors
import socket
import threading
import time
from collections import deque
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, Final, TypeVar

from app.core.translation import translate
from app.desktop.hotkeys.action import Action
from app.desktop.hotkeys.chord import Chord, Modifier
from app.desktop.hotkeys.event import Cause, Changed, HotkeyEvent, Lost
from app.desktop.hotkeys.presses import Presses
from app.desktop.hotkeys.recording import Recording
from app.desktop.hotkeys.x11_keyboard import Seen, ServerGone, Taken, X11Keyboard

_LOG: Final = logging.getLogger(__name__)
_T = TypeVar("_T")

LOOK_S: Final = 0.25
"""Seconds between two looks at whether what is held is really down; nothing is looked at otherwise."""


class X11Thread(threading.Thread):
    """Connects to the server, and stays until it is stopped or the server has gone.

    Args:
        display: Name of the server.
        emit: Takes the events, in this thread.

    Attributes:
        connected: Done once the server has answered; its error says why it did not.
        refusals: Which actions have no key, each with a sentence why; a new one whenever it changes.
    """

    def __init__(self, display: str, emit: Callable[[HotkeyEvent], None]) -> None:
        super().__init__(name="heron-hotkeys", daemon=True)
        self.connected: Future[None] = Future()
        self.refusals: dict[Action, str] = {}
        self._display = display
        self._emit = emit
        self._presses = Presses(emit)
        self._bound: dict[Action, Chord] = {}
        self._taken: dict[tuple[int, frozenset[Modifier]], Action] = {}
        self._watched: dict[int, Action] = {}
        self._looked_at = 0.0
        self._recording = Recording()
        self._recorded: Future[Chord | None] | None = None
        self._has_all = False
        self._is_hushed = False
        """Nothing is told: from a recording until all its keys are up."""
        self._is_stopping = False
        self._is_over = False
        self._lock = threading.Lock()
        """Held to look at or change the three below and `_is_over`."""
        self._orders: deque[tuple[Callable[[X11Keyboard], Any], Future[Any]]] = deque()
        self._ear, self._mouth = socket.socketpair()

    def run(self) -> None:
        """Live with the server."""
        try:
            keyboard = X11Keyboard(self._display)
        except Exception as failure:  # it is told to who waits for it
            self._leave()
            self.connected.set_exception(failure)
            return
        self.connected.set_result(None)
        lost: Lost | None = None
        try:
            with selectors.DefaultSelector() as selector:
                for number in keyboard.filenos():
                    selector.register(number, selectors.EVENT_READ)
                selector.register(self._ear, selectors.EVENT_READ)
                while not self._is_stopping:
                    self._turn(keyboard, selector)
        except ServerGone as failure:
            _LOG.info("the X server has gone: %s", failure)
            lost = Lost(translate("Hotkeys", "The screen has gone, and the global hotkeys with it."))
        except Exception:
            _LOG.exception("the global hotkeys have ended")
            lost = Lost(
                translate("Hotkeys", "The global hotkeys have ended by an error; the log has the details.")
            )
        self._presses.release_all(time.monotonic(), Cause.LOST)
        keyboard.close()
        self._leave()
        if lost is not None:
            self._emit(lost)

    def bind(self, chords: dict[Action, Chord]) -> Future[None]:
        """Take and watch these chords instead of all others."""

        def bind(keyboard: X11Keyboard) -> None:
            self._presses.release_all(time.monotonic(), Cause.REBOUND)
            self._bound = chords
            self._bind(keyboard)

        return self._order(bind)

    def record(self) -> Future[Chord | None]:
        """Give the next chord; None for Escape. To cancel it is to give up, with `end_recording`."""
        recorded: Future[Chord | None] = Future()

        def begin(keyboard: X11Keyboard) -> None:
            self._presses.release_all(time.monotonic(), Cause.REBOUND)
            self._recording, self._recorded, self._is_hushed = Recording(), recorded, True
            self._has_all = keyboard.take_all()  # where it cannot, the keys are seen all the same

        def fail(begun: Future[None]) -> None:
            error = None if begun.cancelled() else begun.exception()
            if error is not None and recorded.set_running_or_notify_cancel():
                recorded.set_exception(error)

        self._order(begin).add_done_callback(fail)
        return recorded

    def end_recording(self) -> None:
        """Wait for no chord any more."""
        self._order(self._end_recording)

    def stop(self) -> None:
        """End the thread soon; what was ordered and is not done is cancelled."""
        self._is_stopping = True
        self._nudge()

    def _order(self, work: Callable[[X11Keyboard], _T]) -> Future[_T]:
        """Have something done in this thread."""
        answer: Future[_T] = Future()
        with self._lock:
            if self._is_over:
                answer.set_exception(ServerGone("the thread has ended"))
                return answer
            self._orders.append((work, answer))
        self._nudge()
        return answer

    def _nudge(self) -> None:
        with self._lock:
            if not self._is_over:
                self._mouth.send(b"!")

    def _leave(self) -> None:
        """Let nobody wait for this thread any more."""
        with self._lock:
            self._is_over = True
            self._ear.close()
            self._mouth.close()
        waiting = [answer for _, answer in self._orders]
        for answer in [*waiting, *filter(None, [self._recorded])]:
            if answer.set_running_or_notify_cancel():
                answer.set_exception(ServerGone("the thread has ended"))

    def _turn(self, keyboard: X11Keyboard, selector: selectors.BaseSelector) -> None:
        """Do what there is to do, then wait for more."""
        self._hear(keyboard)
        while self._orders:
            work, answer = self._orders.popleft()
            if answer.set_running_or_notify_cancel():
                try:
                    answer.set_result(work(keyboard))
                except BaseException as failure:
                    answer.set_exception(failure)
                    raise
            self._hear(keyboard)  # what came before an answer of the server is in no select
        is_curious = bool(self._presses.waiting) or self._is_hushed
        if is_curious and time.monotonic() - self._looked_at >= LOOK_S:
            self._look(keyboard)
        for key, _ in selector.select(LOOK_S if is_curious else None):
            if key.fileobj is self._ear:
                self._ear.recv(4096)

    def _hear(self, keyboard: X11Keyboard) -> None:
        is_remapped = has_gone_up = False
        for event in keyboard.events():
            if isinstance(event, Seen):
                has_gone_up |= not event.is_down
                if self._is_recording:
                    self._record(keyboard, event)
                elif not self._is_hushed:
                    self._take_seen(event)
            elif isinstance(event, Taken):
                action = self._taken.get((event.code, event.modifiers))
                if action is not None and not self._is_hushed:
                    self._presses.press(action, event.code, time.monotonic())
            else:
                is_remapped = True
        if has_gone_up and self._is_hushed and not keyboard.down():
            self._end_hush(keyboard)
        if is_remapped and self._has_moved(keyboard):
            self._bind(keyboard)
            self._emit(Changed())

    def _take_seen(self, event: Seen) -> None:
        if not event.is_down:
            self._presses.release(event.code, time.monotonic())
            return
        self._presses.use(event.code)
        action = self._watched.get(event.code)
        if action is None:
            return
        if self._bound[action].is_lone_modifier and not action.is_held:
            self._presses.tap(action, event.code)
        else:
            self._presses.press(action, event.code, time.monotonic())

    def _look(self, keyboard: X11Keyboard) -> None:
        """Release what is up although nobody saw it go up."""
        before = self._presses.waiting
        down = keyboard.down()
        self._hear(keyboard)  # whatever went up before the server looked comes before its answer
        self._looked_at = time.monotonic()
        self._presses.settle(before, down, self._looked_at)
        if not down:
            self._end_hush(keyboard)

    def _bind(self, keyboard: X11Keyboard) -> None:
        keyboard.give_back()
        self._taken, self._watched, refusals = {}, {}, {}
        for action, chord in self._bound.items():
            if chord.is_lone_modifier or chord.is_mouse_button:
                codes: frozenset[int] | None = keyboard.codes_of(chord.key)
                self._watched.update(dict.fromkeys(codes or (), action))
            else:
                codes = keyboard.take(chord)
                self._taken.update({(code, chord.modifiers): action for code in codes or ()})
            if codes is None:
                said = translate("Hotkeys", "Another program has {chord}. Choose another key.")
                refusals[action] = said.format(chord=chord)
            elif not codes:
                said = translate("Hotkeys", "This keyboard has no key for {chord}. Choose another one.")
                refusals[action] = said.format(chord=chord)
        self.refusals = refusals

    def _has_moved(self, keyboard: X11Keyboard) -> bool:
        """Return whether a new layout has put one of our keys elsewhere."""
        codes = {code for code, _ in self._taken} | set(self._watched)
        return codes != set().union(*(keyboard.codes_of(chord.key) for chord in self._bound.values()))

    @property
    def _is_recording(self) -> bool:
        return self._recorded is not None

    def _record(self, keyboard: X11Keyboard, event: Seen) -> None:
        name = keyboard.name_of(event.code)
        if name is not None:
            (self._recording.down if event.is_down else self._recording.up)(name)
        if self._recording.is_done and self._recorded is not None:
            recorded, self._recorded = self._recorded, None
            if recorded.set_running_or_notify_cancel():
                recorded.set_result(self._recording.chord)
            # The keys are given back once all are up: until then, nobody else gets any of them.

    def _end_recording(self, keyboard: X11Keyboard) -> None:
        was_recording, self._recorded = self._is_recording, None
        if was_recording:
            self._end_hush(keyboard)

    def _end_hush(self, keyboard: X11Keyboard) -> None:
        """Let the keys be told again, and let other programs have them; not while a chord is recorded."""
        if self._is_recording:
            return
        self._is_hushed = False
        if self._has_all:
            self._has_all = False
            keyboard.give_back_all()
