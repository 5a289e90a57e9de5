"""A connection to D-Bus, on which the desktop and the system can be asked and listened to."""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal, Self

if TYPE_CHECKING:
    from dbus_fast import Message
    from dbus_fast.aio import MessageBus

_LOG: Final = logging.getLogger(__name__)

ANSWER_S: Final = 5.0
"""Seconds that somebody on the bus may take to answer."""

DAEMON: Final = "org.freedesktop.DBus"
_DAEMON_PATH: Final = "/org/freedesktop/DBus"
_PROPERTIES: Final = "org.freedesktop.DBus.Properties"


@dataclass(frozen=True, slots=True)
class Signal:
    """Something that is told on the bus.

    Attributes:
        path: The object that tells it.
        interface: Of which kind it is.
        member: What it is called.
        body: What it says; `plain` takes the wrappings off.
    """

    path: str
    interface: str
    member: str
    body: Sequence[Any]


class BusError(Exception):
    """There is no bus, or nobody on it who answers; the message says why.

    Args:
        text: What happened.
        name: What kind of error it was on the bus; empty where the bus itself failed.
    """

    def __init__(self, text: str, name: str = "") -> None:
        super().__init__(text)
        self.name = name


class DBus:
    """A connection of our own, opened with `open`. Who opens it closes it."""

    def __init__(self, bus: MessageBus, on_lost: Callable[[], None]) -> None:
        self._bus = bus
        self._on_lost = on_lost
        self._listeners: list[Callable[[Signal], None]] = []
        bus.add_message_handler(self._handle)
        self._end = asyncio.get_running_loop().create_task(self._await_end(), name="heron-d-bus")

    @classmethod
    async def open(cls, kind: Literal["session", "system"], on_lost: Callable[[], None]) -> Self:
        """Connect to one of the two buses.

        Args:
            kind: The person's own bus, or that of the whole computer.
            on_lost: Called once if the bus ends before `close`.

        Raises:
            BusError: There is none, or the package that speaks with it is missing.
        """
        try:
            library = await asyncio.to_thread(importlib.import_module, "dbus_fast")
            aio = await asyncio.to_thread(importlib.import_module, "dbus_fast.aio")
        except ImportError as error:
            raise BusError(f"dbus-fast is not installed: {error}") from error
        try:
            bus = aio.MessageBus(bus_type=library.BusType[kind.upper()])
            async with asyncio.timeout(ANSWER_S):
                await bus.connect()
        except Exception as error:  # the package lets through whatever its socket or the address raises
            raise BusError(f"the {kind} bus cannot be reached: {error}") from error
        return cls(bus, on_lost)

    @property
    def name(self) -> str:
        """What we are called on the bus: ``:1.42``."""
        return self._bus.unique_name or ""

    async def close(self) -> None:
        """Leave the bus."""
        if self._bus.connected:
            self._bus.disconnect()
        self._end.cancel()
        await asyncio.wait({self._end})

    async def call(
        self,
        to: tuple[str, str, str, str],
        signature: str = "",
        *body: Any,
        patience_s: float = ANSWER_S,
    ) -> list[Any]:
        """Ask somebody and return the answer.

        Args:
            to: Name on the bus, object, interface and method.
            signature: Types of the body.
            body: What is asked.
            patience_s: Seconds until there is no answer.

        Raises:
            BusError: It was refused, or nobody answers.
        """
        from dbus_fast import Message, MessageType

        destination, path, interface, member = to
        question = Message(
            destination=destination,
            path=path,
            interface=interface,
            member=member,
            signature=signature,
            body=list(body),
        )
        if self._end.done():
            raise BusError("the bus has ended")
        asking = asyncio.ensure_future(self._bus.call(question))
        # Whoever asks when the bus ends gets no answer from the package.
        await asyncio.wait({asking, self._end}, timeout=patience_s, return_when=asyncio.FIRST_COMPLETED)
        if not asking.done():
            asking.cancel()
            raise BusError("the bus has ended" if self._end.done() else f"{member}: no answer")
        try:
            answer = asking.result()
        except Exception as error:
            raise BusError(f"{member}: {error}") from error
        if answer.message_type is MessageType.ERROR:
            raise BusError(f"{member}: {answer.body[0] if answer.body else ''}", answer.error_name or "")
        return list(answer.body)

    async def get(self, destination: str, path: str, interface: str, member: str) -> Any:
        """Return a property.

        Raises:
            BusError: There is none.
        """
        answer = await self.call((destination, path, _PROPERTIES, "Get"), "ss", interface, member)
        return answer[0].value

    async def listen(self, rule: str, listener: Callable[[Signal], None]) -> None:
        """Have `listener` called with all signals that are subscribed to on this connection.

        Args:
            rule: Which ones are subscribed to with this call, in the words of D-Bus.
            listener: Called on the loop; it looks at what it gets, since others may have subscribed to more.

        Raises:
            BusError: The bus does not want to.
        """
        if listener not in self._listeners:
            self._listeners.append(listener)
        await self.call((DAEMON, _DAEMON_PATH, DAEMON, "AddMatch"), "s", f"type='signal',{rule}")

    def _handle(self, message: Message) -> None:
        from dbus_fast import MessageType

        if message.message_type is MessageType.SIGNAL:
            signal = Signal(message.path or "", message.interface or "", message.member or "", message.body)
            for listener in list(self._listeners):
                listener(signal)

    async def _await_end(self) -> None:
        try:
            await self._bus.wait_for_disconnect()  # type: ignore[no-untyped-call]
        except Exception as error:  # whatever it was, the bus has ended
            _LOG.debug("the bus has ended: %s", error)
        self._on_lost()


def plain(value: Any) -> Any:
    """Return a value of the bus without the wrappings that say its type, all the way down."""
    from dbus_fast import Variant

    if isinstance(value, Variant):
        return plain(value.value)
    if isinstance(value, dict):
        return {key: plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return value
