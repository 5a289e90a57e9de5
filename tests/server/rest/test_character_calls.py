"""Over real HTTP, from the real server."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio

from app.server.character_server import Address
from app.server.client_token import issue
from app.server.replies.words import words_of
from app.server.store import Store
from tests.server.foreign_client import ForeignClient
from tests.server.serving import KEY, auth, served

pytestmark = pytest.mark.asyncio

PICTURE = "data:image/png;base64,iVBORw0KGgo="


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("server")


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[Address]:
    with served(folder) as address:
        yield address


class Api:
    """The REST interface with one key or token."""

    def __init__(self, address: Address, headers: dict[str, str]) -> None:
        self._http = aiohttp.ClientSession(f"{address.url}/api/v1/", headers=headers)

    async def ask(self, method: str, path: str, body: Any = None, **query: Any) -> tuple[int, Any]:
        async with self._http.request(method, path, json=body, params=query) as answer:
            return answer.status, await answer.json() if answer.content_length else None

    async def made(self, name: str = "Ada", **body: Any) -> dict[str, Any]:
        status, character = await self.ask("POST", "characters", {"persona": {"name": name}} | body)
        assert status == 201
        return dict(character)

    async def close(self) -> None:
        await self._http.close()


@pytest_asyncio.fixture
async def api(server: Address) -> AsyncIterator[Api]:
    api = Api(server, {"X-API-Key": KEY})
    yield api
    _, page = await api.ask("GET", "characters", limit=100)
    for character in page["characters"][1:]:
        await api.ask("DELETE", f"characters/{character['id']}")
    await api.close()


async def test_a_character_is_made_read_changed_and_deleted(api: Api) -> None:
    made = await api.made(tts={"voice": "en-gb+f2", "speed": 1.2}, avatar=PICTURE)
    assert (made["name"], made["tts_voice"], made["avatar"]) == ("Ada", "en-gb+f2", PICTURE)
    path = f"characters/{made['id']}"
    assert await api.ask("GET", path) == (200, made)
    status, changed = await api.ask("PUT", path, {"persona": {"tagline": "A patient tutor"}})
    assert (status, changed["name"], changed["tagline"]) == (200, "Ada", "A patient tutor")
    assert changed == made | {"tagline": "A patient tutor", "updated_at": changed["updated_at"]}
    assert await api.ask("DELETE", path) == (204, None)
    assert await api.ask("GET", path) == (
        404,
        {"detail": f"There is no character “{made['id']}” here."},
    )


async def test_they_are_listed_in_pages_the_default_first(api: Api) -> None:
    for name in ("Ada", "Byron"):
        await api.made(name)
    status, page = await api.ask("GET", "characters")
    assert (status, page["total"], page["limit"], page["offset"]) == (200, 3, 20, 0)
    assert [each["name"] for each in page["characters"]] == ["Heron", "Ada", "Byron"]
    _, page = await api.ask("GET", "characters", limit=1, offset=1)
    assert [each["name"] for each in page["characters"]] == ["Ada"]
    assert (page["total"], page["limit"], page["offset"]) == (3, 1, 1)


@pytest.mark.parametrize("query", [{"limit": 0}, {"limit": 101}, {"offset": -1}, {"limit": "x"}])
async def test_a_page_there_cannot_be_is_refused(api: Api, query: dict[str, Any]) -> None:
    status, problem = await api.ask("GET", "characters", **query)
    assert status == 422
    assert "This must be a whole number" in problem["detail"][0]["msg"]


async def test_a_body_with_faults_names_them_all(api: Api) -> None:
    body = {"persona": {"tagline": 5}, "tts": {"voice": "Ashley"}}
    status, problem = await api.ask("POST", "characters", body)
    assert status == 422
    assert problem["detail"] == [
        {"loc": ["body", "persona", "tagline"], "msg": "This must be text.", "type": "value_error"},
        {
            "loc": ["body", "tts", "voice"],
            "msg": "There is no voice “Ashley” here; GET /api/v1/capabilities lists those there are.",
            "type": "value_error",
        },
    ]
    assert (await api.ask("PUT", "characters/default", {"stt": {"language": "de"}}))[0] == 422


async def test_the_default_can_be_changed_but_not_deleted(api: Api) -> None:
    sentence = "This character comes with Heron and cannot be deleted. Change it instead."
    assert await api.ask("DELETE", "characters/default") == (409, {"detail": sentence})
    assert (await api.ask("PUT", "characters/default", {"persona": {"name": "Egret"}}))[1]["name"] == "Egret"
    assert (await api.ask("PUT", "characters/default", {"persona": {"name": "Heron"}}))[0] == 200


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", "characters", "GET, POST, HEAD"),
        ("PATCH", "characters/default", "GET, PUT, DELETE, HEAD"),
        ("POST", "capabilities", "GET, HEAD"),
        ("GET", "characters/default/players/ada", "DELETE"),
    ],
)
async def test_what_an_address_cannot_do_is_refused(
    server: Address, method: str, path: str, allowed: str
) -> None:
    async with aiohttp.request(method, f"{server.url}/api/v1/{path}", headers={"X-API-Key": KEY}) as answer:
        assert (answer.status, answer.headers["Allow"]) == (405, allowed)
        assert await answer.json() == {"detail": f"{method} cannot be done with this address."}


async def test_other_addresses_lead_nowhere(api: Api) -> None:
    for path in ("", "characters/default/memories", "characters/a/players/b/c/d"):
        assert (await api.ask("GET", path))[0] == 404


async def test_a_server_says_what_it_makes_of_a_character(api: Api) -> None:
    status, told = await api.ask("GET", "capabilities")
    assert status == 200
    assert "tts_voice" in told["honoured"]
    assert "llm_temperature" not in told["honoured"]
    assert told["notes"]["llm_temperature"].startswith("No effect here")
    assert {"id": "en-us+f3", "name": "English (America), female 3", "language": "en-us"} in told["voices"]


async def test_what_was_said_is_not_kept(api: Api) -> None:
    assert await api.ask("GET", "characters/default/players/ada/messages", page=2) == (
        200,
        {"messages": [], "pagination": {"page": 2, "limit": 100, "total": 0, "hasMore": False}},
    )
    for method, path in (("GET", "players/ada/messages"), ("DELETE", "players/ada")):
        assert (await api.ask(method, f"characters/missing/{path}"))[0] == 404


async def test_a_player_s_facts_are_deleted_and_nobody_else_s(api: Api, folder: Path) -> None:
    store = Store(folder)
    for character, player in (("default", "ada"), ("default", "bert"), ("other", "ada")):
        store.remember(character, player, "my bike is blue")
    assert await api.ask("DELETE", "characters/default/players/ada") == (204, None)
    left = [
        bool(store.recall(*each, words_of("my bike")))
        for each in (("default", "ada"), ("default", "bert"), ("other", "ada"))
    ]
    store.close()
    assert left == [False, True, True]
    assert await api.ask("DELETE", "characters/default/players/nobody") == (204, None)


async def test_a_deleted_character_takes_its_facts_and_its_sessions_along(
    server: Address, api: Api, folder: Path
) -> None:
    made = await api.made()
    async with ForeignClient(server, auth(character_id=made["id"])) as client:
        await client.hear("session_info")
        await client.say("text", {"text": "remember that my bike is blue", "textOnly": True})
        await client.hear("bot_response", is_final=True)
        assert (await api.ask("DELETE", f"characters/{made['id']}"))[0] == 204
        told = await client.hear("auth_error")
        assert told == {"error": "The character you talked to was deleted. Choose another one."}
        await asyncio.wait_for(client.expelled(), 5)
    store = Store(folder)
    assert store.facts(made["id"], "ada") == []
    store.close()
    async with ForeignClient(server, auth(character_id=made["id"])) as client:
        assert "There is no character" in (await client.hear("auth_error"))["error"]


async def test_a_player_s_token_reads_but_does_not_write(server: Address, api: Api) -> None:
    token = issue(KEY, "ada", time.time() + 60)
    player = Api(server, {"Authorization": f"Bearer {token}"})
    assert (await player.ask("GET", "characters"))[0] == 200
    assert (await player.ask("GET", "characters/default/players/ada/messages"))[0] == 200
    assert (await player.ask("DELETE", "characters/default/players/ada"))[0] == 204
    for method, path, scope in (
        ("POST", "characters", "characters:write"),
        ("PUT", "characters/default", "characters:write"),
        ("DELETE", "characters/default", "characters:write"),
        ("DELETE", "characters/default/players/bert", "players:write"),
        ("GET", "characters/default/players/bert/messages", "players:read"),
    ):
        detail = {"error": "insufficient_scope", "requiredScope": scope}
        assert await player.ask(method, path) == (403, {"detail": detail})
    await player.close()
