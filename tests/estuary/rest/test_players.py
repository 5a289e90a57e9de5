from __future__ import annotations

import pytest

from app.estuary.errors import EstuaryError
from app.estuary.rest import PlayersClient, RestClient
from tests.estuary.rest.peer_rest import Call, PeerPlayers, asked_by_both, peer_client
from tests.estuary.rest.rest_server import RestServer

BASE = "/api/v1/characters/character-1/players"


@pytest.fixture
def players(rest: RestClient) -> PlayersClient:
    return PlayersClient(rest, "character-1")


@pytest.mark.asyncio
async def test_conversations_are_listed(server: RestServer, players: PlayersClient) -> None:
    server.says({"conversations": [{"playerId": "p", "messageCount": None}], "total": 1})
    page = await players.list(5, 10, "message_count", "asc", player_search="p", min_messages=2)
    query = {
        "limit": "5",
        "offset": "10",
        "sortBy": "message_count",
        "sortOrder": "asc",
        "playerSearch": "p",
        "minMessages": "2",
    }
    assert server.last.call == ("GET", BASE, query, None)
    assert (page.conversations[0].player_id, page.conversations[0].message_count) == ("p", 0)


@pytest.mark.asyncio
async def test_one_conversation_is_read(server: RestServer, players: PlayersClient) -> None:
    server.says({"id": "k", "lastActivity": "now"})
    assert (await players.get("p/1")).last_activity == "now"
    assert server.last.call == ("GET", f"{BASE}/p%2F1", {}, None)


@pytest.mark.asyncio
async def test_numbers_are_read(server: RestServer, players: PlayersClient) -> None:
    server.says({"totalMessages": 7})
    assert (await players.get_stats()).total_messages == 7
    assert server.last.call == ("GET", f"{BASE}/stats", {}, None)


@pytest.mark.asyncio
async def test_a_page_of_messages_is_read(server: RestServer, players: PlayersClient) -> None:
    server.says(
        {"messages": [{"id": 1, "role": "user", "content": "Hello"}], "pagination": {"hasMore": True}}
    )
    page = await players.get_messages("p", limit=1, page=3)
    assert server.last.call == ("GET", f"{BASE}/p/messages", {"limit": "1", "page": "3"}, None)
    assert (page.messages[0].content, page.pagination.has_more) == ("Hello", True)


@pytest.mark.asyncio
async def test_all_messages_are_read_page_by_page(server: RestServer, players: PlayersClient) -> None:
    for number in (1, 2, 3):
        more = {"page": number, "hasMore": number < 3}
        server.says({"messages": [{"id": 2 * number}, {"id": 2 * number + 1}], "pagination": more})
    assert [each.id async for each in players.all_messages("p", page_size=2)] == [2, 3, 4, 5, 6, 7]
    assert [asked.query["page"] for asked in server.asked] == ["1", "2", "3"]
    assert {asked.query["limit"] for asked in server.asked} == {"2"}


@pytest.mark.asyncio
async def test_an_error_in_the_middle_comes_out_and_the_rest_can_still_be_read(
    server: RestServer, players: PlayersClient
) -> None:
    server.says({"messages": [{"id": 1}], "pagination": {"hasMore": True}}).says({}, status=404)
    server.says({"messages": [{"id": 2}]})
    messages = players.all_messages("p")
    assert (await anext(messages)).id == 1
    with pytest.raises(EstuaryError, match="HTTP 404"):
        await anext(messages)
    assert (await anext(messages)).id == 2
    with pytest.raises(StopAsyncIteration):
        await anext(messages)


@pytest.mark.asyncio
async def test_a_conversation_is_deleted(server: RestServer, players: PlayersClient) -> None:
    server.says(status=204)
    await players.delete("p")
    assert server.last.call == ("DELETE", f"{BASE}/p", {}, None)


@pytest.mark.asyncio
async def test_what_cannot_be_asked_is_not_asked(server: RestServer, players: PlayersClient) -> None:
    with pytest.raises(ValueError, match="limit is 0"):
        await players.list(limit=0)
    with pytest.raises(ValueError, match="page is 0"):
        await players.get_messages("p", page=0)
    with pytest.raises(ValueError, match="limit is 0"):
        await anext(players.all_messages("p", page_size=0))
    for call in (players.get(".."), players.delete(""), players.get_messages(".")):
        with pytest.raises(ValueError, match="is no id"):
            await call
    assert server.asked == []


def test_a_character_that_leads_elsewhere_is_refused(rest: RestClient) -> None:
    with pytest.raises(ValueError, match="is no id"):
        PlayersClient(rest, "..")


CALLS: dict[str, Call] = {
    "list": lambda client: client.list(),
    "list some": lambda client: client.list(5, 10, "created_at", "asc", "ä b", 3),
    "get": lambda client: client.get("player one"),
    "stats": lambda client: client.get_stats(),
    "messages": lambda client: client.get_messages("p"),
    "a page of messages": lambda client: client.get_messages("p", 20, 4),
    "delete": lambda client: client.delete("p"),
}


@pytest.mark.parametrize("name", CALLS)
@pytest.mark.asyncio
async def test_estuary_sdk_asks_the_same(server: RestServer, players: PlayersClient, name: str) -> None:
    async with peer_client(server) as peer:
        mine, other = await asked_by_both(server, CALLS[name], players, PeerPlayers(peer, "character-1"))
    assert mine == other
    assert mine.headers["X-API-Key"] == other.headers["X-API-Key"]
