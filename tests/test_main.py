"""What the command line makes of its arguments. What the commands do is in tests/integration."""

from __future__ import annotations

import argparse
import logging
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app import __main__ as module
from app import __version__
from app.conversation.account import Account
from app.conversation.backend import LocalBackend, RemoteBackend
from app.core.errors import AudioError, BadInput, UserError
from app.desktop.control_message import COMMANDS, LONGEST, Answer, request_in
from app.desktop.instance import Instance

ROOT = Path(__file__).parents[1]
URL = "https://estuary.example.org"


@pytest.fixture(autouse=True)
def plain_environment(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Take Heron's variables away, and put the process's log back as it was."""
    for variable in ("HERON_SERVER", "HERON_API_KEY"):
        monkeypatch.delenv(variable, raising=False)
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    yield
    for handler in [handler for handler in root.handlers if handler not in handlers]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Callable[..., argparse.Namespace]:
    """Return what tells the options that a command would be run with."""

    def options(*arguments: str) -> argparse.Namespace:
        caught: list[argparse.Namespace] = []

        def note(found: argparse.Namespace) -> int:
            caught.append(found)
            return 0

        for command in ("_window", "_talk", "_serve", "_doctor", "_microphone", "_settings"):
            monkeypatch.setattr(module, command, note)
        assert module.main(arguments) == 0
        return caught[0]

    return options


def fails_with(error: BaseException) -> Callable[[argparse.Namespace], int]:
    def run(_: argparse.Namespace) -> int:
        raise error

    return run


def test_without_a_command_it_is_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_window", lambda _: 42)
    assert module.main([]) == 42


@pytest.mark.parametrize("command", ["talk", "serve", "doctor", "microphone", "settings"])
def test_each_command_is_run(monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.setattr(module, f"_{command}", lambda _: 42)
    assert module.main([command]) == 42


def test_what_talk_takes(given: Callable[..., argparse.Namespace]) -> None:
    options = given("talk", "a.wav", "b c.wav", "--text", "one", "--text", "two", "--out", "r.wav", "--json")
    assert options.files == [Path("a.wav"), Path("b c.wav")]
    assert options.text == ["one", "two"]
    assert options.out == Path("r.wav")
    assert options.json is True
    assert options.mode == "continuous"
    assert given("talk", "a.wav", "--mode", "ptt").mode == "ptt"


def test_what_serve_takes(given: Callable[..., argparse.Namespace]) -> None:
    options = given("serve")
    assert (options.host, options.port, options.api_key) == ("127.0.0.1", 0, None)
    options = given("serve", "--host", "::1", "--port", "8080", "--api-key", "k")
    assert (options.host, options.port, options.api_key) == ("::1", 8080, "k")


def test_what_settings_takes(given: Callable[..., argparse.Namespace]) -> None:
    options = given("settings")
    assert (options.name, options.value, options.reset, options.json) == (None, None, None, False)
    options = given("settings", "sound.tail_ms", "-5", "--json")
    assert (options.name, options.value, options.reset, options.json) == ("sound.tail_ms", "-5", None, True)
    assert given("settings", "--reset", "sound.tail_ms").reset == "sound.tail_ms"


@pytest.mark.parametrize("command", [[], ["talk", "a.wav"], ["doctor"]])
def test_the_server_may_be_named_before_or_after_the_command(
    given: Callable[..., argparse.Namespace], command: list[str]
) -> None:
    account = ["--server", URL, "--api-key", "k", "--character", "zeus"]
    for arguments in ([*account, *command], [*command, *account]):
        options = given(*arguments)
        assert (options.server, options.api_key, options.character) == (URL, "k", "zeus")


def parsed(*arguments: str) -> argparse.Namespace:
    return module._parser().parse_args(arguments)


def test_without_a_server_the_character_is_the_local_one() -> None:
    assert module._account(parsed()) is None


def test_the_environment_stands_in_for_the_account(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HERON_API_KEY", "est_from_the_environment")
    assert module._account(parsed()) is None  # a key alone asks for no server
    expected = Account(URL, "est_from_the_environment")
    assert module._account(parsed("--server", URL)) == expected
    assert module._account(parsed("--server", URL, "--api-key", "k")) == Account(URL, "k")
    monkeypatch.setenv("HERON_SERVER", URL)
    assert module._account(parsed("--character", "zeus")) == Account(URL, expected.api_key, "zeus")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["--api-key", "k"], "--api-key and --character belong to a server: name it with --server URL."),
        (["--character", "zeus"], "--api-key and --character belong to a server"),
        (["--server", URL], f"{URL} needs an API key: "),
    ],
)
def test_half_an_account_is_bad_input(arguments: list[str], sentence: str) -> None:
    with pytest.raises(BadInput) as caught:
        module._account(parsed(*arguments))
    assert str(caught.value).startswith(sentence)


@pytest.mark.parametrize("port", ["70000", "-1", "http", "", "8080x", "٣", "1.5"])
def test_a_port_that_is_none_is_bad_input(port: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        module.main(["serve", f"--port={port}"])
    assert ended.value.code == 2
    assert "take one from 1 to 65535" in capsys.readouterr().err


def test_the_version_is_the_packages(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        module.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"Heron {__version__}\n"


def test_the_help_names_every_command_but_not_what_is_internal(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (["--help"], ["serve", "--help"]):
        with pytest.raises(SystemExit) as ended:
            module.main(arguments)
        assert ended.value.code == 0
    said = capsys.readouterr().out
    assert all(
        command in said for command in ("talk", "serve", "doctor", "microphone", "settings", "HERON_API_KEY")
    )
    assert "--embedded" not in said


@pytest.mark.parametrize(
    ("error", "code"),
    [(UserError("It went wrong."), 1), (BadInput("That is bad."), 2), (AudioError("No microphone."), 2)],
)
def test_an_error_for_the_person_is_one_line_and_an_exit_code(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: UserError, code: int
) -> None:
    monkeypatch.setattr(module, "_doctor", fails_with(error))
    assert module.main(["doctor"]) == code
    assert capsys.readouterr() == ("", f"heron: {error}\n")


def test_ctrl_c_is_no_error(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(module, "_doctor", fails_with(KeyboardInterrupt()))
    assert module.main(["doctor"]) == 130
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("name", "part"), [("numpy", "audio"), ("socketio.asgi", "server"), ("PySide6.QtCore", "desktop")]
)
def test_a_part_that_is_not_installed_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], name: str, part: str
) -> None:
    monkeypatch.setattr(module, "_doctor", fails_with(ModuleNotFoundError(name=name)))
    assert module.main(["doctor"]) == 1
    said = capsys.readouterr().err
    assert said == f"heron: This needs {name}. Install it: pip install 'heron-voice[{part}]'\n"


def test_a_fault_of_our_own_is_not_hidden(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_doctor", fails_with(ModuleNotFoundError(name="app.no_such_module")))
    with pytest.raises(ModuleNotFoundError):
        module.main(["doctor"])


def test_every_extra_that_is_named_is_one(monkeypatch: pytest.MonkeyPatch) -> None:
    extras = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    assert all(f"\n{part} = [\n" in extras for part in module._PARTS.values())


@pytest.mark.parametrize("arguments", [["talk", "--json"], ["talk", "--out", "reply.wav"]])
def test_talk_wants_something_to_say_where_its_output_is_wanted(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert module.main(arguments) == 2
    assert "--out and --json need a recording or --text" in capsys.readouterr().err


def test_talk_is_told_who_to_talk_to_and_how(monkeypatch: pytest.MonkeyPatch) -> None:
    from app.terminal import talk

    seen: list[Any] = []

    def run(plan: talk.Plan, backend: object, report: object) -> int:
        seen.extend((plan, backend))
        return 0

    monkeypatch.setattr(talk, "run", run)
    assert module.main(["talk", "--text", "hello", "--mode", "ptt"]) == 0
    assert isinstance(seen[1], LocalBackend)
    assert seen[0].push_to_talk
    assert seen[0].texts == ("hello",)
    assert module.main(["talk", "--text", "hello", "--server", URL, "--api-key", "k"]) == 0
    assert isinstance(seen[3], RemoteBackend)
    assert not seen[2].push_to_talk


def test_it_starts_without_loading_what_a_command_does_not_need() -> None:
    heavy = (
        "aiohttp",
        "numpy",
        "PySide6",
        "sounddevice",
        "pocketsphinx",
        "socketio",
        "uvicorn",
        "websockets",
    )
    script = f"import sys, app.__main__; print([name for name in {heavy!r} if name in sys.modules])"
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    loaded = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert loaded.stdout == "[]\n"


def test_output_that_nobody_reads_is_no_error(heron_home: Path) -> None:
    script = "import sys; from app.__main__ import main; sys.exit(main(['doctor']))"
    reader, writer = os.pipe()
    os.close(reader)
    ended = subprocess.run(
        [sys.executable, "-c", script],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        stdout=writer,
        stderr=subprocess.PIPE,
        check=False,
        text=True,
    )
    os.close(writer)
    assert (ended.returncode, ended.stderr) == (1, "")


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_for_the_heron_that_runs_is_passed_on(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    passed: list[str] = []

    def note(command: str) -> int:
        passed.append(command)
        return 1

    monkeypatch.setattr(module, "_remote", note)
    assert module.main([command]) == 1
    assert passed == [command]
    with pytest.raises(SystemExit) as ended:
        module.main([command, "--help"])
    assert ended.value.code == 0
    assert "foot pedal" in capsys.readouterr().out
    assert module._command(parsed(command)) == 1


def test_a_command_without_a_heron_is_quick_to_say_so() -> None:
    slow = ("PySide6", "app.core.settings", "argparse", "asyncio", "dataclasses", "hashlib", "logging")
    script = (
        "import sys; from app.__main__ import main; code = main(['press']); "
        f"print(code, [name for name in {slow!r} if name in sys.modules])"
    )
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    assert ended.stdout == "2 []\n"
    assert ended.stderr.startswith("heron: Heron is not running.")
    assert len(ended.stderr.splitlines()) == 1


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Have a Heron run that answers whatever it is asked, and return what it was."""
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    asked: list[str] = []
    with Instance() as instance:
        assert instance.claim()
        listening = instance.listening
        assert listening is not None

        def answer() -> None:
            while True:
                link, _ = listening.accept()
                with link:
                    line = link.recv(LONGEST)
                    if not line:
                        return
                    asked.append(request_in(line).command)
                    link.sendall(Answer(True).encoded())

        listening.setblocking(True)
        thread = threading.Thread(target=answer)
        thread.start()
        yield asked
        with socket.socket(socket.AF_UNIX) as last:
            last.connect(listening.getsockname())
        thread.join()


def test_a_second_start_shows_the_first(running: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert module.main([]) == 0
    assert running == ["show"]
    assert capsys.readouterr() == ("", "")
    assert module.main(["--hidden"]) == 0
    assert running == ["show"]


def test_a_second_start_with_another_server_says_that_it_is_not_used(
    running: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert module.main(["--server", URL, "--api-key", "k"]) == 0
    assert running == ["show"]
    assert "runs already" in capsys.readouterr().err


def test_a_hidden_start_without_a_display_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("QT_QPA_PLATFORM", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert module.main(["--hidden"]) == 1
    assert "There is no display" in capsys.readouterr().err
