"""A portal of its own process with GlobalShortcuts on it, told by lines what to do: a desktop for the tests.

Run as ``python -m tests.desktop.hotkeys.fake_portal OPTIONS`` on the bus that the environment names. It reads
``press NAME``, ``release NAME``, ``rename NAME KEY``, ``end`` (the session) and ``answer CODE`` (the question
that was left open); it writes one JSON object a line: what it was asked.
"""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from typing import Any

from dbus_fast import BusType, Message, MessageType, Variant
from dbus_fast.aio import MessageBus

NAME = "org.freedesktop.portal.Desktop"
PATH = "/org/freedesktop/portal/desktop"
SHORTCUTS = "org.freedesktop.portal.GlobalShortcuts"
REQUEST = "org.freedesktop.portal.Request"
SESSION = "org.freedesktop.portal.Session"


def say(**what: Any) -> None:
    print(json.dumps(what), flush=True)


class Portal:
    """Answers as a desktop does.

    Args:
        bus: Where it is met.
        version: Of the interface; 0 has none.
        code: What the person answers: 0 yes, 1 closed, 2 failed; None leaves the question open.
        needs_id: Whether it wants to know who asks.
        is_old: It chooses the paths of requests itself, and knows no registry.
        leaves_out: The shortcut to which the person gives no key.
    """

    def __init__(
        self,
        bus: MessageBus,
        *,
        version: int = 2,
        code: int | None = 0,
        needs_id: bool = False,
        is_old: bool = False,
        leaves_out: str = "",
    ) -> None:
        self._bus = bus
        self._version = version
        self._code = code
        self._needs_id = needs_id
        self._is_old = is_old
        self._leaves_out = leaves_out
        self._app_id = ""
        self._session = ""
        self._peer = ""
        self._bound: list[list[Any]] = []
        self._asked: Callable[[int], None] | None = None
        self._number = 0

    def handle(self, message: Message) -> Message | bool | None:
        if message.message_type is not MessageType.METHOD_CALL or message.path is None:
            return None
        if not message.path.startswith(PATH):
            return None
        act = getattr(self, f"on_{message.member}", None)
        if act is None or (message.interface == SHORTCUTS and not self._version):
            return Message.new_error(message, "org.freedesktop.DBus.Error.UnknownMethod", "there is none")
        answer: Message = act(message)
        return answer

    def on_Register(self, message: Message) -> Message:  # noqa: N802 - its name on the bus
        if self._is_old:
            return Message.new_error(message, "org.freedesktop.DBus.Error.UnknownInterface", "too old")
        self._app_id = message.body[0]
        say(call="Register", app_id=self._app_id)
        return Message.new_method_return(message)

    def on_Get(self, message: Message) -> Message:  # noqa: N802
        if not self._version:
            return Message.new_error(message, "org.freedesktop.DBus.Error.InvalidArgs", "no such interface")
        return Message.new_method_return(message, "v", [Variant("u", self._version)])

    def on_CreateSession(self, message: Message) -> Message:  # noqa: N802
        options = message.body[0]
        if self._needs_id and not self._app_id:
            name = "org.freedesktop.portal.Error.NotAllowed"
            return Message.new_error(message, name, "An app id is required")
        sender = str(message.sender).removeprefix(":").replace(".", "_")
        self._session = f"{PATH}/session/{sender}/{options['session_handle_token'].value}"
        self._peer = str(message.sender)
        self._bound = []
        say(call="CreateSession", session=self._session)
        return self._later(message, options, 0, {"session_handle": Variant("s", self._session)})

    def on_ListShortcuts(self, message: Message) -> Message:  # noqa: N802
        return self._later(message, message.body[1], 0, self._shortcuts())

    def on_BindShortcuts(self, message: Message) -> Message:  # noqa: N802
        session, wanted, _window, options = message.body
        assert session == self._session
        assert not self._bound, "a session is bound once"
        say(
            call="BindShortcuts",
            wanted={name: {key: each.value for key, each in about.items()} for name, about in wanted},
        )
        self._bound = [[name, about["description"].value, self._key(name, about)] for name, about in wanted]
        return self._later(message, options, self._code, self._shortcuts())

    def on_ConfigureShortcuts(self, message: Message) -> Message:  # noqa: N802
        say(call="ConfigureShortcuts", session=message.body[0])
        return Message.new_method_return(message)

    def on_Close(self, message: Message) -> Message:  # noqa: N802
        say(call="Close", session=message.path)
        self._session = ""
        return Message.new_method_return(message)

    def obey(self, line: str) -> None:
        what, *rest = line.split()
        match what:
            case "press":
                self._tell(SHORTCUTS, "Activated", "osta{sv}", [self._session, rest[0], 1, {}])
            case "release":
                self._tell(SHORTCUTS, "Deactivated", "osta{sv}", [self._session, rest[0], 2, {}])
            case "rename":
                self._bound = [[n, d, rest[1] if n == rest[0] else key] for n, d, key in self._bound]
                shortcuts = self._shortcuts()["shortcuts"].value
                self._tell(SHORTCUTS, "ShortcutsChanged", "oa(sa{sv})", [self._session, shortcuts])
            case "end":
                self._tell(SESSION, "Closed", "a{sv}", [{}], path=self._session)
            case "answer" if self._asked is not None:
                self._asked(int(rest[0]))

    def _key(self, name: str, about: dict[str, Variant]) -> str:
        wish = about.get("preferred_trigger")
        return "" if name == self._leaves_out or wish is None else f"Press {wish.value}"

    def _shortcuts(self) -> dict[str, Variant]:
        found = [
            [name, {"description": Variant("s", text), "trigger_description": Variant("s", key)}]
            for name, text, key in self._bound
        ]
        return {"shortcuts": Variant("a(sa{sv})", found)}

    def _later(
        self, message: Message, options: dict[str, Variant], code: int | None, results: dict[str, Variant]
    ) -> Message:
        """Return the handle of a request, and answer it a little later."""
        self._number += 1
        sender = str(message.sender).removeprefix(":").replace(".", "_")
        token = f"own{self._number}" if self._is_old else options["handle_token"].value
        handle = f"{PATH}/request/{sender}/{token}"

        def answer(said: int) -> None:
            body = [said, results if said == 0 else {}]
            self._tell(REQUEST, "Response", "ua{sv}", body, path=handle, to=str(message.sender))

        if code is None:
            self._asked = answer
        else:
            asyncio.get_running_loop().call_later(0.005, answer, code)
        return Message.new_method_return(message, "o", [handle])

    def _tell(
        self, interface: str, member: str, signature: str, body: list[Any], *, path: str = PATH, to: str = ""
    ) -> None:
        signal = Message.new_signal(path, interface, member, signature, body)
        signal.destination = to or self._peer
        self._bus.send(signal)


async def main(options: dict[str, Any]) -> None:
    bus = await MessageBus(bus_type=BusType.SESSION).connect()
    portal = Portal(bus, **options)
    bus.add_message_handler(portal.handle)
    await bus.request_name(NAME)
    say(call="ready")
    reader = asyncio.StreamReader()
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    while line := await reader.readline():
        portal.obey(line.decode())
    bus.disconnect()


if __name__ == "__main__":
    asyncio.run(main(json.loads(sys.argv[1])))
