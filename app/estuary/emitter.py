"""Delivery of events to listeners: to each one in order, and to each at its own pace."""

from __future__ import annotations

import asyncio
import difflib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from app.estuary.errors import EstuaryError
from app.estuary.events import EventName, SttResponse
from app.estuary.listener import Callback, Listener


@dataclass(frozen=True, slots=True, eq=False)
class _Registration:
    listener: Listener
    once: bool


class Emitter:
    """Registers listeners and delivers events to them.

    A plain listener is called at once. Each coroutine listener is awaited for one event after the other, in a
    task of its own, so that a slow one delays neither the connection nor the other listeners. What a listener
    raises is logged and reported as an ``error`` event, and goes no further.

    Args:
        on_full: Called with True when a listener is so far behind that nothing more should be read, and with
            False when none is any more.
    """

    def __init__(self, on_full: Callable[[bool], None] = lambda _: None) -> None:
        self._on_full = on_full
        self._full = 0
        self._registered: dict[EventName, tuple[_Registration, ...]] = dict.fromkeys(EventName, ())
        self._leaving: set[Listener] = set()
        self._settling: set[asyncio.Task[Any] | None] = set()

    def on(self, event: str, callback: Callback, *, once: bool = False) -> None:
        """Call ``callback`` for each ``event``, or for the next one only.

        Raises:
            ValueError: There is no event of that name.
            TypeError: ``callback`` cannot be called.
        """
        name = _event_name(event)
        if not callable(callback):
            raise TypeError(f"a listener of {name} must be a function, not {type(callback).__name__}")
        listener = Listener(
            name,
            callback,
            partial(self._failed, name),
            is_stale=_is_interim if name is EventName.STT_RESPONSE else None,
            on_full=self._filled,
        )
        self._registered[name] += (_Registration(listener, once),)

    def off(self, event: str, callback: Callback) -> None:
        """Take back every registration of ``callback`` for ``event``; what it was given already stays.

        Raises:
            ValueError: There is no event of that name.
        """
        name = _event_name(event)
        for registration in self._registered[name]:
            if registration.listener.callback == callback:
                self._remove(name, registration)

    def off_all(self, event: str | None = None) -> None:
        """Take back every registration for ``event``, or for all events.

        Raises:
            ValueError: There is no event of that name.
        """
        for name in EventName if event is None else (_event_name(event),):
            for registration in self._registered[name]:
                self._remove(name, registration)

    def emit(self, event: EventName, *arguments: object) -> None:
        """Deliver one event to everyone registered for it."""
        for registration in self._registered[event]:
            if registration.once:
                self._remove(event, registration)
            registration.listener.call(*arguments)

    async def settle(self, seconds: float) -> None:
        """Wait until every listener has had its events; after ``seconds`` cancel those that still work.

        Listeners that call this are not waited for, neither by themselves nor by each other.
        """
        task = asyncio.current_task()
        self._settling.add(task)
        try:
            await self._settle(seconds)
        finally:
            self._settling.discard(task)

    async def _settle(self, seconds: float) -> None:
        listeners = {each.listener for group in self._registered.values() for each in group} | self._leaving
        self._leaving = set()
        idle = {None, *self._settling}
        await asyncio.gather(*(each.settle(seconds) for each in listeners if each.task not in idle))

    def _remove(self, event: EventName, registration: _Registration) -> None:
        self._registered[event] = tuple(
            other for other in self._registered[event] if other is not registration
        )
        self._leaving = {gone for gone in self._leaving if gone.task} | {registration.listener}

    def _filled(self, is_full: bool) -> None:
        before = bool(self._full)
        self._full += 1 if is_full else -1
        if bool(self._full) is not before:
            self._on_full(bool(self._full))

    def _failed(self, event: EventName, error: BaseException) -> None:
        if event is not EventName.ERROR:
            why = f"A listener of {event} failed with {type(error).__name__}."
            self.emit(EventName.ERROR, EstuaryError(why, details={"event": event.value}))


def _is_interim(heard: SttResponse) -> bool:
    """Tell a caption that the next one says better."""
    return not heard.is_final


def _event_name(event: str) -> EventName:
    try:
        return EventName(event)
    except ValueError:
        close = difflib.get_close_matches(event, list(EventName), 1)
        hint = f"did you mean {close[0]}?" if close else f"there are {', '.join(EventName)}."
        raise ValueError(f"there is no event {event!r}: {hint}") from None
