"""What a server says, read from the wire."""

from __future__ import annotations

import json
from typing import Any

import pytest

from app.protocol.memory import Memory
from app.protocol.message import MalformedPayload, Message
from app.protocol.server_messages import (
    HIGHEST_RATE,
    LOWEST_RATE,
    SERVER_MESSAGES,
    AgentConversationComplete,
    AgentTurnComplete,
    AgentTurnText,
    AgentTurnVoice,
    BotVoice,
    CameraCapture,
    MemoryUpdated,
    ModerationFlag,
    ModerationWarning,
    QuotaExceeded,
    ServerError,
    SessionInfo,
    SessionRejected,
    SessionTimeout,
)


@pytest.mark.parametrize(
    ("payload", "message"),
    [
        (
            {"session_id": "s", "conversation_id": "n", "character_id": "c", "player_id": "p"},
            SessionInfo(session_id="s", conversation_id="n", character_id="c", player_id="p"),
        ),
        ({"session_id": "s", "exactly_once": True}, SessionInfo(session_id="s", exactly_once=True)),
        (
            {"reason": "concurrent_limit", "cap": 2, "share_token_id": "x"},
            SessionRejected(reason="concurrent_limit", cap=2),
        ),
        (
            {"audio": "AAE=", "message_id": "m", "chunk_index": 3, "is_final": True, "sample_rate": 24_000},
            BotVoice(audio=b"\0\1", message_id="m", chunk_index=3, is_final=True, sample_rate=24_000),
        ),
        (
            {"reason": "inactivity", "idle_seconds": 60, "timeout_seconds": 59.5},
            SessionTimeout(idle_seconds=60, timeout_seconds=59.5),
        ),
        (
            {"message": "no more", "current": 9, "limit": 8, "remaining": 0, "tier": "free"},
            QuotaExceeded(message="no more", current=9, limit=8, remaining=0, tier="free"),
        ),
        ({"message": "slow", "error": "rate_limited"}, ServerError(message="slow", error="rate_limited")),
        ({"request_id": "r", "text": "show me"}, CameraCapture(request_id="r", text="show me")),
        (
            {
                "agent_id": "a",
                "player_id": "p",
                "memories_extracted": 1,
                "facts_extracted": 2,
                "conversation_id": "n",
                "new_memories": [{"id": "m", "content": "likes tea", "memoryType": "fact"}],
                "timestamp": "2026-01-01T00:00:00Z",
            },
            MemoryUpdated(
                agent_id="a",
                player_id="p",
                memories_extracted=1,
                facts_extracted=2,
                conversation_id="n",
                new_memories=(Memory(id="m", content="likes tea", memory_type="fact"),),
                timestamp="2026-01-01T00:00:00Z",
            ),
        ),
        ({"level": "warning", "message": "please"}, ModerationWarning(level="warning", message="please")),
        (
            {"message_id": "m", "action": "redacted", "message": "no"},
            ModerationFlag(message_id="m", action="redacted", message="no"),
        ),
        (
            {"agent_id": "a", "text": "hi", "chunk_index": 1, "turn_number": 2, "is_final": True},
            AgentTurnText(agent_id="a", text="hi", chunk_index=1, turn_number=2, is_final=True),
        ),
        ({"agent_id": "a", "audio": "AAE="}, AgentTurnVoice(agent_id="a", audio=b"\0\1")),
        ({"agent_id": "a", "text": "hi"}, AgentTurnComplete(agent_id="a", text="hi")),
        (
            {"winner_agent_id": "a", "reason": "done", "total_turns": 8},
            AgentConversationComplete(winner_agent_id="a", reason="done", total_turns=8),
        ),
    ],
)
def test_a_payload_becomes_its_message(payload: dict[str, Any], message: Message) -> None:
    assert type(message).from_json(json.dumps(payload).encode()) == message


@pytest.mark.parametrize("rate", [LOWEST_RATE, 16_000, HIGHEST_RATE])
def test_a_rate_that_is_sound_is_taken(rate: int) -> None:
    assert BotVoice.from_json(json.dumps({"sample_rate": rate}).encode()) == BotVoice(sample_rate=rate)


@pytest.mark.parametrize("rate", [0, LOWEST_RATE - 1, HIGHEST_RATE + 1])
def test_a_rate_that_is_none_is_malformed(rate: int) -> None:
    with pytest.raises(MalformedPayload, match="sample_rate"):
        BotVoice.from_json(json.dumps({"sample_rate": rate}).encode())


def test_only_the_last_level_of_a_warning_ends_the_session() -> None:
    assert ModerationWarning(level="terminated").is_terminal
    assert not ModerationWarning(level="warning").is_terminal
    assert not ModerationWarning().is_terminal


def test_every_event_has_a_name_of_its_own() -> None:
    names = [kind.event for kind in SERVER_MESSAGES]
    assert len(set(names)) == len(names) == 23
