from __future__ import annotations

import msgspec
import pytest

from app.estuary.rest import (
    Pagination,
    PlayerConversation,
    PlayerConversationList,
    PlayerMessage,
    PlayerMessageList,
    PlayerStats,
)


def test_a_conversation_is_read() -> None:
    wire = {
        "id": "k",
        "characterId": "c",
        "playerId": "p",
        "apiKeyId": "a",
        "createdAt": "then",
        "lastActivity": "now",
        "messageCount": 7,
        "lastMemoryExtractionAt": "later",
    }
    told = PlayerConversation(
        id="k",
        character_id="c",
        player_id="p",
        api_key_id="a",
        created_at="then",
        last_activity="now",
        message_count=7,
        last_memory_extraction_at="later",
    )
    page = {"conversations": [wire], "total": 1, "limit": 50, "offset": 0, "sortBy": "x", "sortOrder": "asc"}
    assert msgspec.convert(page, PlayerConversationList) == PlayerConversationList(
        conversations=(told,), total=1, limit=50, offset=0, sort_by="x", sort_order="asc"
    )


@pytest.mark.parametrize("identifier", [7, "seven"])
def test_messages_are_read(identifier: int | str) -> None:
    wire = {
        "id": identifier,
        "conversationId": "k",
        "role": "user",
        "content": "Hello",
        "timestamp": "then",
        "imageUrl": "https://x.test/1.png",
    }
    said = PlayerMessage(
        id=identifier,
        conversation_id="k",
        role="user",
        content="Hello",
        timestamp="then",
        image_url="https://x.test/1.png",
    )
    page = {"messages": [wire], "pagination": {"page": 2, "limit": 1, "total": 3, "hasMore": True}}
    assert msgspec.convert(page, PlayerMessageList) == PlayerMessageList(
        messages=(said,), pagination=Pagination(page=2, limit=1, total=3, has_more=True)
    )


def test_numbers_are_read() -> None:
    wire = {"totalConversations": 1, "totalMessages": 2, "firstActivity": "a", "lastActivity": "b"}
    assert msgspec.convert(wire, PlayerStats) == PlayerStats(
        total_conversations=1, total_messages=2, first_activity="a", last_activity="b"
    )


def test_everything_may_be_left_out() -> None:
    for kind in (PlayerConversationList, PlayerMessageList, PlayerStats, PlayerConversation, PlayerMessage):
        assert msgspec.convert({}, kind) == kind()
