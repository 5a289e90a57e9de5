"""A desktop's services on a private D-Bus: it shows notifications and takes pictures of the screen."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageType,
    new_error,
    new_method_call,
    new_method_return,
    new_signal,
)
from jeepney.io.blocking import DBusConnection, open_dbus_connection

_BUS: Final = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_NAMES: Final = ("org.freedesktop.Notifications", "org.freedesktop.portal.Desktop")
_REQUEST: Final = "org.freedesktop.portal.Request"
_LOOK_S: Final = 0.05


class Desktop:
    """What the services were asked, and how they answer.

    Attributes:
        notified: Title and text of each notification.
        capabilities: What notifications can be.
        picture: The file that a picture of the screen is; None for a person who does not allow it.
        is_broken: Whether every question is answered with an error.
        is_silent: Whether a picture is never taken.
        asked: Set when somebody wants a picture.
    """

    def __init__(self) -> None:
        self.notified: list[tuple[str, str]] = []
        self.capabilities: list[str] = ["body"]
        self.picture: Path | None = None
        self.is_broken = False
        self.is_silent = False
        self.asked = threading.Event()
        self._is_over = threading.Event()

    @contextmanager
    def at(self, address: str) -> Iterator[None]:
        """Serve on this bus."""
        with open_dbus_connection(address) as bus:
            for name in _NAMES:
                bus.send_and_get_reply(new_method_call(_BUS, "RequestName", "su", (name, 0)))
            thread = threading.Thread(target=self._serve, args=(bus,), name="desktop services")
            thread.start()
            try:
                yield
            finally:
                self._is_over.set()
                thread.join()

    def _serve(self, bus: DBusConnection) -> None:
        while not self._is_over.is_set():
            try:
                message = bus.receive(timeout=_LOOK_S)
            except TimeoutError:
                continue
            if message.header.message_type is MessageType.method_call:
                self._answer(bus, message)

    def _answer(self, bus: DBusConnection, message: Message) -> None:
        member: str = message.header.fields[HeaderFields.member]
        body: Any = message.body
        if self.is_broken:
            bus.send(new_error(message, "org.freedesktop.DBus.Error.Failed"))
        elif member == "GetCapabilities":
            bus.send(new_method_return(message, "as", (self.capabilities,)))
        elif member == "Notify":
            self.notified.append((body[3], body[4]))
            bus.send(new_method_return(message, "u", (1,)))
        elif member == "Screenshot":
            self._take_picture(bus, message, body[1]["handle_token"][1])

    def _take_picture(self, bus: DBusConnection, message: Message, token: str) -> None:
        sender = message.header.fields[HeaderFields.sender][1:].replace(".", "_")
        handle = f"/org/freedesktop/portal/desktop/request/{sender}/{token}"
        bus.send(new_method_return(message, "o", (handle,)))
        self.asked.set()
        if self.is_silent:
            return
        found = {} if self.picture is None else {"uri": ("s", self.picture.as_uri())}
        answer = (1 if self.picture is None else 0, found)
        for place in ("/org/freedesktop/portal/desktop/request/somebody/else", handle):
            signal = new_signal(DBusAddress(place, interface=_REQUEST), "Response", "ua{sv}", answer)
            bus.send(signal)
