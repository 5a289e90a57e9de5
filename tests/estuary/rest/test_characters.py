from __future__ import annotations

import pytest

from app.estuary.errors import EstuaryError
from app.estuary.rest import Capabilities, Character, CharactersClient, OfferedLanguage, RestClient
from tests.estuary.rest.peer_rest import Call, PeerCharacters, asked_by_both, peer_client
from tests.estuary.rest.rest_server import RestServer

C = {"id": "c", "name": "Heron", "llm_temperature": 0.5}
BASE = "/api/v1/characters"


@pytest.fixture
def characters(rest: RestClient) -> CharactersClient:
    return CharactersClient(rest, "player-1")


@pytest.mark.asyncio
async def test_characters_are_listed_for_the_player(server: RestServer, characters: CharactersClient) -> None:
    server.says({"characters": [C], "total": 41, "limit": 1, "offset": 40})
    page = await characters.list(limit=1, offset=40)
    assert server.last.call == ("GET", BASE, {"limit": "1", "offset": "40"}, None)
    assert server.last.headers["X-Player-Id"] == "player-1"
    assert page.characters == (Character(id="c", name="Heron", llm_temperature=0.5),)
    assert page.total == 41


@pytest.mark.asyncio
async def test_one_is_read(server: RestServer, characters: CharactersClient) -> None:
    server.says(C)
    assert (await characters.get("a/b")).name == "Heron"
    assert server.last.call == ("GET", f"{BASE}/a%2Fb", {}, None)
    assert "X-Player-Id" not in server.last.headers


@pytest.mark.asyncio
async def test_one_is_made(server: RestServer, characters: CharactersClient) -> None:
    server.says(C, status=201)
    made = await characters.create("Heron", tagline=None, llm_model="m", actions=[])
    assert made.id == "c"
    body = {
        "persona": {"name": "Heron"},
        "llm": {"model": "m"},
        "actions": [],
        "verbose": False,
        "is_public": False,
    }
    assert server.last.call == ("POST", BASE, {}, body)


@pytest.mark.asyncio
async def test_one_is_changed(server: RestServer, characters: CharactersClient) -> None:
    server.says(C)
    assert (await characters.update("c", name="Heron", tagline=None)).id == "c"
    assert server.last.call == ("PUT", f"{BASE}/c", {}, {"persona": {"name": "Heron", "tagline": None}})


@pytest.mark.parametrize(("status", "content"), [(204, None), (200, {"deleted": True}), (200, b"gone")])
@pytest.mark.asyncio
async def test_one_is_deleted_whatever_the_server_says_of_it(
    server: RestServer, characters: CharactersClient, status: int, content: object
) -> None:
    server.says(content, status=status)
    await characters.delete("c")
    assert server.last.call == ("DELETE", f"{BASE}/c", {}, None)


@pytest.mark.asyncio
async def test_what_cannot_be_asked_is_not_asked(server: RestServer, characters: CharactersClient) -> None:
    with pytest.raises(TypeError, match=r"create\(\) got an unexpected keyword argument 'tts_voise'"):
        await characters.create("Heron", tts_voise="x")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match=r"update\(\) got an unexpected keyword argument 'id'"):
        await characters.update("c", id="x")  # type: ignore[call-arg]
    with pytest.raises(ValueError, match="limit is 0"):
        await characters.list(limit=0)
    with pytest.raises(ValueError, match="offset is -1"):
        await characters.list(offset=-1)
    for call in (characters.get(""), characters.update(".."), characters.delete(" ")):
        with pytest.raises(ValueError, match="is no id"):
            await call
    assert server.asked == []


@pytest.mark.asyncio
async def test_a_player_with_a_line_break_makes_no_header(server: RestServer, rest: RestClient) -> None:
    with pytest.raises(ValueError, match="player_id holds a line break"):
        await CharactersClient(rest, "p\r\nX-Evil: 1").list()
    assert server.asked == []


@pytest.mark.asyncio
async def test_a_wrong_answer_is_an_error(server: RestServer, characters: CharactersClient) -> None:
    server.says({"characters": [C, {"id": "d", "vad_sensitivity": "high"}]})
    with pytest.raises(EstuaryError, match=r"characters\[1\]\.vad_sensitivity: Expected `float"):
        await characters.list()


CALLS: dict[str, Call] = {
    "list": lambda client: client.list(),
    "list a page": lambda client: client.list(5, 10),
    "get": lambda client: client.get("an id with ü"),
    "create": lambda client: client.create("Heron"),
    "create all": lambda client: client.create(
        "Heron",
        tagline="t",
        personality="p",
        background="b",
        system_prompt="s",
        llm_provider="lp",
        llm_model="lm",
        llm_temperature=0.5,
        llm_max_tokens=100,
        llm_verbosity="low",
        tts_provider="tp",
        tts_model="tm",
        tts_voice="tv",
        tts_speed=1.5,
        tts_delivery_mode="STABLE",
        stt_provider="sp",
        stt_language="en",
        vad_sensitivity=0.4,
        vad_min_speech_duration_ms=250,
        vlm_model="vm",
        avatar="a",
        text_only=True,
        verbose=True,
        actions=[{"name": "wave", "parameters": [{"name": "who", "description": None}]}],
        is_public=True,
    ),
    "create with nothing": lambda client: client.create("Heron", tagline=None, text_only=None, actions=None),
    "update": lambda client: client.update(
        "c", name="n", llm_model="m", tts_speed=2, stt_language="de", vad_sensitivity=1, vlm_model=None
    ),
    "update the rest": lambda client: client.update(
        "c", avatar="a", text_only=False, verbose=True, actions=[], is_public=False
    ),
    "update nothing": lambda client: client.update("c"),
    "delete": lambda client: client.delete("c"),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.asyncio
async def test_estuary_sdk_asks_the_same(server: RestServer, characters: CharactersClient, name: str) -> None:
    async with peer_client(server) as peer:
        mine, other = await asked_by_both(server, CALLS[name], characters, PeerCharacters(peer, "player-1"))
    assert mine == other
    for header in ("X-API-Key", "X-Player-Id", "Content-Type"):
        assert mine.headers.get(header) == other.headers.get(header)


@pytest.mark.asyncio
async def test_a_server_tells_what_it_makes_of_a_character(
    server: RestServer, characters: CharactersClient
) -> None:
    server.says({"honoured": ["name"], "languages": [{"id": "en", "name": "English"}]})
    told = await characters.capabilities()
    assert told == Capabilities(
        honoured=frozenset({"name"}), languages=(OfferedLanguage(id="en", name="English"),)
    )
    assert server.last.call == ("GET", "/api/v1/capabilities", {}, None)


@pytest.mark.asyncio
async def test_a_server_that_does_not_tell_is_no_failure(
    server: RestServer, characters: CharactersClient
) -> None:
    server.says({"detail": "Not Found"}, status=404)
    assert await characters.capabilities() is None


@pytest.mark.asyncio
async def test_a_refusal_to_tell_is_a_failure(server: RestServer, characters: CharactersClient) -> None:
    server.says({"detail": "no"}, status=403)
    with pytest.raises(EstuaryError):
        await characters.capabilities()
