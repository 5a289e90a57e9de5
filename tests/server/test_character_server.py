from __future__ import annotations

import asyncio
import errno
import socket
from pathlib import Path

import pytest

from app.core.errors import BadInput
from app.server.character_server import Address, CharacterServer, _bind_problem, bind
from tests.server.foreign_client import ForeignClient
from tests.server.serving import KEY, served


@pytest.mark.parametrize(
    ("host", "url", "is_loopback"),
    [
        ("127.0.0.1", "http://127.0.0.1:8080", True),
        ("127.9.9.9", "http://127.9.9.9:8080", True),
        ("::1", "http://[::1]:8080", True),
        ("localhost", "http://localhost:8080", True),
        ("0.0.0.0", "http://0.0.0.0:8080", False),
        ("::", "http://[::]:8080", False),
        ("192.168.1.7", "http://192.168.1.7:8080", False),
        ("localhost.example.org", "http://localhost.example.org:8080", False),
    ],
)
def test_an_address_says_how_to_reach_it_and_who_can(host: str, url: str, is_loopback: bool) -> None:
    address = Address(host, 8080)
    assert address.url == url
    assert address.is_loopback is is_loopback


def test_port_zero_takes_a_free_one() -> None:
    with bind(Address()) as one, bind(Address()) as another:
        assert one.getsockname()[1] != another.getsockname()[1]


def test_a_port_in_use_is_a_sentence() -> None:
    with bind(Address()) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(BadInput) as caught:
            bind(Address(port=port))
    assert str(caught.value) == (
        f"Port {port} on 127.0.0.1 is in use by another program. Choose another with --port."
    )
    bind(Address(port=port)).close()


def test_a_port_that_was_just_in_use_is_free() -> None:
    with bind(Address()) as listener:
        port = listener.getsockname()[1]
        with socket.create_connection(("127.0.0.1", port)):
            accepted, _ = listener.accept()
        accepted.close()  # the server's end closes first, and its address lingers
    bind(Address(port=port)).close()


@pytest.mark.parametrize(
    ("host", "sentence"),
    [
        ("192.0.2.1", r"192\.0\.2\.1 is no address of this machine\. Try --host 127\.0\.0\.1\."),
        ("no such host", r"no such host:0 is no address to listen on\. Try --host 127\.0\.0\.1\."),
        ("x" * 300, r"x+:0 is no address to listen on\."),
    ],
)
def test_an_address_of_another_machine_is_a_sentence(host: str, sentence: str) -> None:
    with pytest.raises(BadInput, match=sentence):
        bind(Address(host)).close()


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (
            errno.EACCES,
            "Port 80 needs the system administrator's rights. Choose one above 1023 with --port.",
        ),
        (errno.ENOBUFS, "Cannot listen on 127.0.0.1:80 (no memory). Choose another --host or --port."),
    ],
)
def test_other_problems_are_sentences_too(number: int, sentence: str) -> None:
    assert _bind_problem(Address(port=80), OSError(number, "no memory")) == sentence


@pytest.mark.asyncio
async def test_it_serves_where_it_was_told_until_it_is_stopped(tmp_path: Path) -> None:
    with bind(Address()) as probe:
        wanted = Address("127.0.0.1", probe.getsockname()[1])
    with served(tmp_path, wanted) as address:
        assert address == wanted
        async with ForeignClient(address, {"api_key": KEY, "player_id": "ada"}) as client:
            await client.hear("session_info")
            with pytest.raises(BadInput, match="in use by another program"):
                await CharacterServer(address, KEY, tmp_path).run(lambda _: None)
            await client.say("say_line", {"text": "I am still here. " * 20})
            await client.hear("bot_voice")
    with pytest.raises(ConnectionRefusedError):
        await asyncio.open_connection(address.host, address.port)


@pytest.mark.asyncio
async def test_a_folder_that_cannot_be_used_is_known_before_anything_is_served(tmp_path: Path) -> None:
    folder = tmp_path / "a file"
    folder.touch()
    ready: list[Address] = []
    with pytest.raises(Exception, match=r"^[A-Z].*\.$") as caught:
        await CharacterServer(Address(), KEY, folder).run(ready.append)
    assert type(caught.value).__name__ == "StoreError"
    assert ready == []
