"""What a character may have done on this computer: the list of it, and nothing else.

Whatever is not on the list is shown and not done. Everything comes from a server, so each part of it is
checked: where a link leads, how long a text is, how long a timer runs.
"""

from __future__ import annotations

import ipaddress
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final
from urllib.parse import quote, urlsplit, urlunsplit

LONGEST_LINK: Final = 2_048
LONGEST_TITLE: Final = 80
LONGEST_TEXT: Final = 400
LONGEST_LABEL: Final = 60
"""Characters of what is opened and shown."""

SHORTEST_TIMER_S: Final = 1
LONGEST_TIMER_S: Final = 24 * 3600

_LINK_NAMES: Final = frozenset({"open_link", "open_url", "open_website", "open_web_page", "open_page"})
_NOTICE_NAMES: Final = frozenset({"notify", "notification", "show_notification", "send_notification"})
_TIMER_NAMES: Final = frozenset({"timer", "set_timer", "start_timer"})

_UNITS: Final = {
    "seconds": 1,
    "duration": 1,
    "duration_seconds": 1,
    "minutes": 60,
    "duration_minutes": 60,
    "hours": 3_600,
}
"""What a timer's length may be called, and the seconds of one."""

_LABEL: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
"""A part of a host's name between dots."""

_LONGEST_HOST: Final = 253
_LONGEST_NAME: Final = 100
"""Characters of an action's name that are looked at."""

_JOINERS: Final = "\u200c\u200d"
"""Without width, and needed inside words and emoji; everything else that cannot be seen is taken out."""


@dataclass(frozen=True, slots=True)
class OpenLink:
    """Open a page, once the person has clicked.

    Attributes:
        address: The whole of it, in ASCII: ``https://example.org/a?b``.
        host: Where it leads, in ASCII, so that letters that look alike do not deceive.
    """

    address: str
    host: str


@dataclass(frozen=True, slots=True)
class Notify:
    """Show a notification of the system's.

    Attributes:
        title: Its heading; may be empty.
        text: What it says; may be empty if there is a title.
    """

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Ring after a while.

    Attributes:
        seconds: How long, `SHORTEST_TIMER_S` to `LONGEST_TIMER_S`.
        label: What it is for; empty for nothing in particular.
    """

    seconds: int
    label: str


class Reason(Enum):
    """Why something is not done."""

    UNKNOWN = "unknown"
    """It is not on the list."""
    LINK = "link"
    """The address leads to no page, or hides where it leads."""
    EMPTY = "empty"
    """There is nothing to show."""
    LENGTH = "length"
    """The timer is too short or too long."""
    MANY = "many"
    """There are too many of the kind already."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Something that is not done.

    Attributes:
        name: What the character called it.
        reason: Why not.
    """

    name: str
    reason: Reason


Plan = OpenLink | Notify | SetTimer | Refused
"""What is to become of an action."""


def plan_of(name: str, arguments: Mapping[str, object]) -> Plan:
    """Return what may be done of an action.

    Args:
        name: What the character calls it: ``open_link``, ``notify``, ``set_timer``, or anything else.
        arguments: What belongs to it; what is not known there is passed over.
    """
    key, known = _key(name), {_key(each): value for each, value in arguments.items()}
    made: Plan | Reason = Reason.UNKNOWN
    if key in _LINK_NAMES:
        made = _link(known)
    elif key in _NOTICE_NAMES:
        made = _notice(known)
    elif key in _TIMER_NAMES:
        made = _timer(known)
    return Refused(plain(name, LONGEST_LABEL), made) if isinstance(made, Reason) else made


def plain(text: str, longest: int) -> str:
    """Return a text in one line of at most ``longest`` characters, without what cannot be seen."""
    words = " ".join(text[: 4 * longest].split())
    seen = "".join(letter for letter in words if letter.isprintable() or letter in _JOINERS)
    seen = " ".join(seen.split()).strip(f" {_JOINERS}")
    return seen if len(seen) <= longest else f"{seen[: longest - 1].rstrip()}…"


def link_to(address: str) -> OpenLink | None:
    """Return the link that an address stands for; None where it must not be opened.

    Only pages are opened, by http or https. An address that holds a user name, a backslash, a space or
    something that cannot be seen, or whose host is a number in disguise, is none.
    """
    if not 0 < len(address) <= LONGEST_LINK or "\\" in address:
        return None
    if not address.isprintable() or any(letter.isspace() for letter in address):
        return None
    try:
        url = urlsplit(address)
        port = url.port
        host = _plain_host(url.hostname or "")
        if url.scheme not in {"http", "https"} or "@" in url.netloc or not host or port == 0:
            return None
        place = f"[{host}]" if ":" in host else host
        if port is not None:
            place += f":{port}"
        path, query, fragment = (quote(part, safe="%/?:@!$&'()*+,;=~") for part in url[2:])
    except ValueError:  # a port that is none, half a bracket, a host that cannot be written in ASCII
        return None
    return OpenLink(urlunsplit((url.scheme, place, path, query, fragment)), host)


def _link(arguments: Mapping[str, object]) -> OpenLink | Reason:
    address = _first(arguments, "url", "link", "href", "address")
    return (link_to(address.strip()) if isinstance(address, str) else None) or Reason.LINK


def _notice(arguments: Mapping[str, object]) -> Notify | Reason:
    title = _text(_first(arguments, "title", "heading"), LONGEST_TITLE)
    text = _text(_first(arguments, "text", "message", "body", "content"), LONGEST_TEXT)
    return Notify(title, text) if title or text else Reason.EMPTY


def _timer(arguments: Mapping[str, object]) -> SetTimer | Reason:
    parts = [(_number(arguments[unit]), seconds) for unit, seconds in _UNITS.items() if unit in arguments]
    if not parts or any(number is None for number, _ in parts):
        return Reason.LENGTH
    length = sum(number * seconds for number, seconds in parts if number is not None)
    if not SHORTEST_TIMER_S <= length <= LONGEST_TIMER_S:
        return Reason.LENGTH
    label = _text(_first(arguments, "label", "name", "title", "text", "message"), LONGEST_LABEL)
    return SetTimer(round(length), label)


def _first(arguments: Mapping[str, object], *names: str) -> object:
    return next((arguments[name] for name in names if arguments.get(name) is not None), None)


def _text(value: object, longest: int) -> str:
    return plain(value, longest) if isinstance(value, str) else ""


def _number(value: object) -> float | None:
    """Return a number that is one, or is written as one; None for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) and number >= 0 else None


def _plain_host(host: str) -> str:
    """Return a host in ASCII; empty for none, and for a number that browsers take for an address.

    Raises:
        ValueError: It cannot be written in ASCII, or is a broken address.
    """
    if ":" in host:
        return "" if "%" in host else ipaddress.IPv6Address(host).compressed
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    host = host.lower().removesuffix(".")
    labels = host.split(".")
    if len(host) > _LONGEST_HOST or not all(_LABEL.fullmatch(label) for label in labels):
        return ""
    if labels[-1].isdigit() or re.fullmatch(r"0x[0-9a-f]*", labels[-1]):
        return str(ipaddress.IPv4Address(host))
    return host


def _key(name: str) -> str:
    """Return a name in one form: ``openLink``, ``open-link`` and ``Open Link`` are ``open_link``."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name[:_LONGEST_NAME])
    return re.sub(r"[^a-z0-9]+", "_", spaced.lower()).strip("_")
