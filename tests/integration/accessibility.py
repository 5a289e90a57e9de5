"""What a screen reader meets: an accessibility bus of its own, and a program's tree and events on it.

Imports nothing of Heron and no test library.
"""

from __future__ import annotations

import os
import subprocess
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.desktop.secret_service import session_bus

_PACKAGES: Final = "at-spi2-core dbus-x11"
_REGISTRIES: Final = ("/usr/libexec/at-spi2-registryd", "/usr/lib/at-spi2-core/at-spi2-registryd")
_REGISTRY: Final = "org.a11y.atspi.Registry"
_ACCESSIBLE: Final = "org.a11y.atspi.Accessible"
_EVENTS: Final = "org.a11y.atspi.Event.Object"
_BUS: Final = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_DEADLINE_S: Final = 30.0
_POLL_S: Final = 0.1

_STATES: Final = {
    4: "checked", 8: "enabled", 11: "focusable", 12: "focused", 16: "modal", 23: "selected",
    24: "sensitive", 25: "showing", 30: "visible",
}  # fmt: skip
"""States by their number in AT-SPI, those that are asked for here."""


class AccessibilityError(Exception):
    """The accessibility bus cannot be started or used."""


@dataclass(frozen=True, slots=True)
class Node:
    """Where something is on the bus."""

    owner: str
    path: str


@dataclass(frozen=True, slots=True)
class Thing:
    """Something in a program's tree, as a screen reader meets it."""

    node: Node
    role: str
    name: str
    description: str
    states: frozenset[str]

    @property
    def is_usable(self) -> bool:
        """Whether the keyboard can come to it now."""
        return {"focusable", "showing", "sensitive"} <= self.states


@dataclass(frozen=True, slots=True)
class Event:
    """Something that was told: its kind, such as ``Announcement`` or ``StateChanged``, and what of it."""

    node: Node
    kind: str
    detail: str
    number: int
    value: Any


class AccessibilityBus:
    """A D-Bus with AT-SPI's registry, and a reader on it. A context manager.

    Args:
        folder: Where its socket lies.
        env: Variables for the registry, such as the screen's.

    Attributes:
        env: Variables that lead programs, and Qt's accessibility, to this bus and to no other.
    """

    def __init__(self, folder: Path, env: dict[str, str]) -> None:
        self._folder = folder
        self._outer = env
        self._stack = ExitStack()
        self._told: deque[Any] = deque()
        self.env: dict[str, str] = {}

    def __enter__(self) -> Self:
        registry = next((path for path in _REGISTRIES if Path(path).exists()), None)
        if registry is None:
            raise AccessibilityError(f"The registry is missing. Install it: apt-get install {_PACKAGES}")
        with ExitStack() as stack:
            address = stack.enter_context(session_bus(self._folder))["DBUS_SESSION_BUS_ADDRESS"]
            self.env = {
                "AT_SPI_BUS_ADDRESS": address,
                "DBUS_SESSION_BUS_ADDRESS": address,
                "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            }
            stack.enter_context(_running(registry, {**self._outer, **self.env}))
            self._bus: DBusConnection = stack.enter_context(open_dbus_connection(address))
            self._await(self._has_registry, "the registry does not start")
            rule = MatchRule(type="signal", interface=_EVENTS)
            stack.enter_context(self._bus.filter(rule, queue=self._told))
            self._ask(_BUS, "AddMatch", "s", rule.serialise())
            place = DBusAddress("/org/a11y/atspi/registry", _REGISTRY, _REGISTRY)
            self._ask(place, "RegisterEvent", "sass", "object:", [], "")
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def await_program(self, name: str) -> Node:
        """Wait until a program is there, and return it."""
        root = Node(_REGISTRY, "/org/a11y/atspi/accessible/root")
        found: list[Node] = []

        def is_there() -> bool:
            found[:] = [child for child in self.children(root) if self._property(child, "Name") == name]
            return bool(found)

        self._await(is_there, f"{name} is not on the bus")
        return found[0]

    def await_window(self, program: Node, title: str) -> Node:
        """Wait until a window of a program can be seen, and return it."""
        found: list[Node] = []

        def is_there() -> bool:
            things = [self.look(child) for child in self.children(program)]
            found[:] = [
                thing.node for thing in things if thing and thing.name == title and "showing" in thing.states
            ]
            return bool(found)

        self._await(is_there, f"there is no window {title}")
        return found[0]

    def children(self, node: Node) -> list[Node]:
        """Return what is in something; nothing if it is gone."""
        reply = self._try(_address(node, _ACCESSIBLE), "GetChildren")
        return [Node(owner, path) for owner, path in reply[0]] if reply else []

    def look(self, node: Node) -> Thing | None:
        """Return what something is; None if it is gone."""
        role = self._try(_address(node, _ACCESSIBLE), "GetRoleName")
        states = self._try(_address(node, _ACCESSIBLE), "GetState")
        if not role or not states:
            return None
        low, high = (*states[0], 0)[:2]
        bits = low | high << 32
        return Thing(
            node,
            role[0],
            str(self._property(node, "Name")),
            str(self._property(node, "Description")),
            frozenset(name for bit, name in _STATES.items() if bits >> bit & 1),
        )

    def walk(self, node: Node) -> Iterator[Thing]:
        """Yield everything that shows in something, itself first."""
        thing = self.look(node)
        if thing is not None and ("showing" in thing.states or thing.role == "application"):
            yield thing
            for child in self.children(node):
                yield from self.walk(child)

    def find(self, within: Node, wanted: Callable[[Thing], bool]) -> Thing | None:
        """Return the first thing that is wanted."""
        return next((thing for thing in self.walk(within) if wanted(thing)), None)

    def await_thing(self, within: Node, what: str, wanted: Callable[[Thing], bool]) -> Thing:
        """Wait until something is there, and return it."""
        found: list[Thing] = []

        def is_there() -> bool:
            thing = self.find(within, wanted)
            found.extend([thing] if thing else [])
            return bool(found)

        try:
            self._await(is_there, f"never there: {what}")
        except AccessibilityError as error:
            seen = [f"{thing.role} {thing.name}" for thing in self.walk(within) if thing.name]
            raise AccessibilityError(f"{error}; there are: {seen}") from None
        return found[0]

    def press(self, thing: Thing) -> None:
        """Do what a screen reader's user does to a button: its first action."""
        self._ask(_address(thing.node, "org.a11y.atspi.Action"), "DoAction", "i", 0)

    def forget_events(self) -> None:
        """Take no account of what was told so far."""
        self._property(Node(_REGISTRY, "/org/a11y/atspi/accessible/root"), "Name")  # reads what has arrived
        self._told.clear()

    def await_event(self, what: str, wanted: Callable[[Event], bool]) -> Event:
        """Wait for an event that is wanted; those before it are forgotten."""
        deadline = time.monotonic() + _DEADLINE_S
        passed: list[str] = []
        while True:
            try:
                message = self._bus.recv_until_filtered(
                    self._told, timeout=max(0.0, deadline - time.monotonic())
                )
            except TimeoutError:
                raise AccessibilityError(f"never told: {what}; told: {passed[-20:]}") from None
            event = _event(message)
            if wanted(event):
                return event
            passed.append(f"{event.kind}:{event.detail} {event.value}")

    def await_announcement(self, words: str) -> Event:
        """Wait until something with these words in it is to be read out."""
        return self.await_event(words, lambda event: event.kind == "Announcement" and words in event.value)

    def await_focus(self) -> Thing:
        """Wait until the keyboard has come to something, and return it."""
        event = self.await_event(
            "focus",
            lambda event: event.kind == "StateChanged" and event.detail == "focused" and event.number == 1,
        )
        thing = self.look(event.node)
        if thing is None:
            raise AccessibilityError("what has the keyboard is gone")
        return thing

    def _has_registry(self) -> bool:
        return bool(self._ask(_BUS, "NameHasOwner", "s", _REGISTRY)[0])

    def _property(self, node: Node, name: str) -> Any:
        address = _address(node, "org.freedesktop.DBus.Properties")
        reply = self._try(address, "Get", "ss", _ACCESSIBLE, name)
        return reply[0][1] if reply else ""

    def _ask(
        self, address: DBusAddress, method: str, signature: str | None = None, *body: Any
    ) -> tuple[Any, ...]:
        reply = self._try(address, method, signature, *body)
        if reply is None:
            raise AccessibilityError(f"{method} was refused")
        return reply

    def _try(
        self, address: DBusAddress, method: str, signature: str | None = None, *body: Any
    ) -> tuple[Any, ...] | None:
        call = new_method_call(address, method, signature, body)
        reply = self._bus.send_and_get_reply(call, timeout=_DEADLINE_S)
        answer: tuple[Any, ...] = reply.body
        return answer if reply.header.message_type is MessageType.method_return else None

    def _await(self, is_so: Callable[[], bool], complaint: str) -> None:
        deadline = time.monotonic() + _DEADLINE_S
        while not is_so():
            if time.monotonic() > deadline:
                raise AccessibilityError(complaint)
            time.sleep(_POLL_S)


def _address(node: Node, interface: str) -> DBusAddress:
    return DBusAddress(node.path, node.owner, interface)


def _event(message: Any) -> Event:
    fields = message.header.fields
    node = Node(fields[HeaderFields.sender], fields[HeaderFields.path])
    detail, number, _other, (_signature, value) = message.body[:4]
    return Event(node, fields[HeaderFields.member], detail, number, value)


@contextmanager
def _running(program: str, env: dict[str, str]) -> Iterator[None]:
    """Run a program until the end of the block."""
    with subprocess.Popen(
        [program], env={**os.environ, **env}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        try:
            yield
        finally:
            process.terminate()
