"""What a character is called and looks like is asked of its server, picture and all."""

from __future__ import annotations

import base64
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from app.conversation import happening as h
from app.conversation import introduction
from app.conversation.introduction import introduce, picture_at
from app.estuary.rest import CharactersClient, RestClient
from tests.estuary.rest.conftest import KEY, SOON, by_key, config_for
from tests.estuary.rest.rest_server import RestServer

pytestmark = pytest.mark.asyncio

PNG = b"\x89PNG\r\n\x1a\n and so on"
PNG_ADDRESS = f"data:image/png;base64,{base64.b64encode(PNG).decode()}"


@pytest.fixture(autouse=True)
def no_proxy_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest_asyncio.fixture
async def server() -> AsyncIterator[RestServer]:
    async with RestServer() as running:
        yield running


async def met(server: RestServer) -> list[h.Happening]:
    config = config_for(server.url)
    rest = RestClient(config, by_key, retry=SOON)
    told: list[h.Happening] = []
    try:
        await introduce(CharactersClient(rest, "me"), config, told.append)
    finally:
        await rest.close()
    return told


@pytest.mark.parametrize("avatar", [None, "", PNG_ADDRESS])
async def test_a_name_and_a_picture_that_the_server_keeps_are_told_at_once(
    server: RestServer, avatar: str | None
) -> None:
    server.says({"id": "character-1", "name": " Ada ", "avatar": avatar})
    assert await met(server) == [h.Met("Ada", avatar or "")]
    assert server.last.path == "/api/v1/characters/character-1"


@pytest.mark.parametrize(
    "address", ["/pictures/ada.png?size=2&of=a%20b", "{url}/pictures/ada.png?size=2&of=a%20b"]
)
async def test_a_picture_elsewhere_is_fetched_and_told_later_and_nobody_gets_the_key(
    server: RestServer, address: str
) -> None:
    server.says({"id": "character-1", "name": "Ada", "avatar": address.format(url=server.url)})
    server.says(PNG, headers={"Content-Type": "image/png"})
    assert await met(server) == [h.Met("Ada", ""), h.Met("Ada", PNG_ADDRESS)]
    asked = server.last
    assert (asked.path, asked.query) == ("/pictures/ada.png", {"size": "2", "of": "a b"})
    assert KEY not in str(asked.headers)
    assert not [name for name in asked.headers if name.lower() in {"x-api-key", "authorization"}]


async def test_without_the_picture_the_name_is_there(
    server: RestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(introduction, "LARGEST_PICTURE", 100)
    for status, content in ((404, b"gone"), (200, b"<html>"), (200, PNG + bytes(100)), (200, b"")):
        server.says({"id": "character-1", "name": "Ada", "avatar": "/a.png"}).says(content, status=status)
        assert await met(server) == [h.Met("Ada", "")]


async def test_a_picture_that_does_not_come_is_given_up(
    server: RestServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(introduction, "PICTURE_S", 0.05)
    server.says({"id": "character-1", "name": "Ada", "avatar": "/a.png"}).hangs()
    assert await met(server) == [h.Met("Ada", "")]
    await server.hang_ended.wait()


@pytest.mark.parametrize(
    "address",
    ["http://192.0.2.1/a.png", "file:///etc/hostname", "ftp://localhost/a", "https://[a/b", "mailto:a@b"],
)
async def test_a_picture_is_not_fetched_from_just_anywhere(server: RestServer, address: str) -> None:
    assert await picture_at(address, config_for(server.url)) == ""
    assert server.asked == []


async def test_who_does_not_say_its_name_is_left_as_it_is(server: RestServer) -> None:
    server.says({"detail": "no"}, status=403)
    assert await met(server) == []
