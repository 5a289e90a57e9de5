"""A memory as servers tell it: camelCase on the wire, and most of it may be missing."""

from __future__ import annotations

import json

import msgspec
import pytest

from app.protocol.memory import Memory

WIRE = {
    "id": "m1",
    "userId": "u",
    "agentId": "a",
    "playerId": "p",
    "content": "likes tea",
    "memoryType": "preference",
    "confidence": 0.9,
    "status": "active",
    "sourceConversationId": "n",
    "sourceQuote": "I like tea",
    "source": "conversation",
    "topic": "drinks",
    "secondaryTopics": ["tea", "morning"],
    "lastAccessedAt": "2026-01-02T00:00:00Z",
    "accessCount": 3,
    "extractedAt": "2026-01-01T00:00:01Z",
    "createdAt": "2026-01-01T00:00:02Z",
    "updatedAt": "2026-01-01T00:00:03Z",
}


def test_a_whole_memory_is_read_and_written() -> None:
    memory = msgspec.json.decode(json.dumps({**WIRE, "newField": 1}), type=Memory)
    assert (memory.user_id, memory.secondary_topics, memory.access_count) == ("u", ("tea", "morning"), 3)
    assert json.loads(msgspec.json.encode(memory)) == WIRE


def test_what_is_missing_or_null_is_none() -> None:
    memory = msgspec.json.decode(b'{"id":"m1","topic":null,"secondaryTopics":null}', type=Memory)
    assert memory == Memory(id="m1")
    assert (memory.topic, memory.secondary_topics, memory.content) == (None, None, "")


def test_a_wrong_type_names_the_field() -> None:
    with pytest.raises(msgspec.ValidationError, match="accessCount"):
        msgspec.json.decode(b'{"accessCount":"many"}', type=Memory)
