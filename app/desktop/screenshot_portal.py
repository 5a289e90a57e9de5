"""A picture of the screen where programs must not take one themselves: the desktop takes it, and may ask.

That is so under Wayland. The desktop shows the person a question of its own the first time.
"""

from __future__ import annotations

import asyncio
import logging
import os
import secrets
import threading
import time
from pathlib import Path
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from app.core.errors import UserError
from app.core.translation import translate

_LOG: Final = logging.getLogger(__name__)

PATIENCE_S: Final = 60.0
"""Seconds that the person may think about the desktop's question."""

_ANSWER_S: Final = 5.0
_LOOK_S: Final = 0.25
"""Seconds after which it is looked whether anybody still waits."""

_PLACE: Final = "/org/freedesktop/portal/desktop"
_NAME: Final = "org.freedesktop.portal.Desktop"
_SCREENSHOT: Final = "org.freedesktop.portal.Screenshot"
_REQUEST: Final = "org.freedesktop.portal.Request"


async def screenshot() -> bytes:
    """Return a picture file of all screens, as the desktop has made it.

    Raises:
        UserError: There is no such desktop, or the person has not allowed it.
    """
    given_up = threading.Event()
    try:
        return await asyncio.to_thread(_taken, given_up)
    finally:
        given_up.set()  # the thread must not go on waiting when nobody does


def _taken(given_up: threading.Event) -> bytes:
    if not os.environ.get("DBUS_SESSION_BUS_ADDRESS"):
        raise _no_portal()
    try:
        file = Path(unquote(urlsplit(_asked(given_up)).path))
        content = file.read_bytes()
        file.unlink(missing_ok=True)  # it was made for us
    except (OSError, RuntimeError, ValueError, ImportError, KeyError) as error:
        _LOG.warning("the desktop gave no picture of the screen: %s", error)
        raise _no_portal() from error
    return content


def _asked(given_up: threading.Event) -> str:
    """Ask the desktop, and return the address of the file it has made."""
    from jeepney import DBusAddress, HeaderFields, MatchRule, MessageType, message_bus, new_method_call
    from jeepney.io.blocking import Proxy, open_dbus_connection

    answers = MatchRule(type="signal", interface=_REQUEST, member="Response")
    options = {"handle_token": ("s", f"heron{secrets.token_hex(8)}"), "interactive": ("b", False)}
    place = DBusAddress(_PLACE, _NAME, _SCREENSHOT)
    question = new_method_call(place, "Screenshot", "sa{sv}", ("", options))
    with open_dbus_connection() as bus:
        Proxy(message_bus, bus, timeout=_ANSWER_S).AddMatch(answers)  # before it may have answered
        with bus.filter(answers, bufsize=16) as found:
            reply = bus.send_and_get_reply(question, timeout=_ANSWER_S)
            if reply.header.message_type is not MessageType.method_return:
                raise _no_portal()
            deadline = time.monotonic() + PATIENCE_S
            while not given_up.is_set() and time.monotonic() < deadline:
                try:
                    answer = bus.recv_until_filtered(found, timeout=_LOOK_S)
                except TimeoutError:
                    continue
                if answer.header.fields[HeaderFields.path] == reply.body[0]:
                    return _address_in(*answer.body)
    raise UserError(translate("Screenshot", "The desktop did not answer. Choose a picture file instead."))


def _address_in(code: int, results: dict[str, tuple[str, Any]]) -> str:
    if code != 0:
        text = translate("Screenshot", "The desktop was not allowed to show the screen. Nothing was sent.")
        raise UserError(text)
    address: str = results["uri"][1]
    return address


def _no_portal() -> UserError:
    return UserError(
        translate("Screenshot", "This desktop gives no picture of the screen. Choose a picture file instead.")
    )
