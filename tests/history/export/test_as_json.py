from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from app.history import ConversationRecord, Message, MessageState, Partner, Who
from app.history.export.as_json import AsJson
from app.history.message import from_ms
from tests.history.samples import BEGIN_MS, conversation

MESSAGES = st.builds(
    Message,
    id=st.integers(1, (1 << 63) - 1),
    conversation_id=st.just(0),
    who=st.sampled_from(Who),
    text=st.text(max_size=30),
    created_at=st.integers(0, 4_000_000_000_000).map(from_ms),
    state=st.sampled_from(MessageState),
    heard_chars=st.none() | st.integers(0, 30),
    turn_id=st.text(max_size=5),
    clip=st.text(max_size=5),
)
CONVERSATIONS = st.builds(
    ConversationRecord,
    id=st.integers(1, (1 << 63) - 1),
    partner=st.builds(Partner, st.text(max_size=5), st.text(max_size=5)),
    character_name=st.text(max_size=9),
    started_at=st.integers(0, 4_000_000_000_000).map(from_ms),
    title=st.text(max_size=9),
)


def read(content: str) -> list[tuple[ConversationRecord, list[Message]]]:
    """Make of an export what it was made of."""
    document = json.loads(content)
    assert (document["format"], document["version"]) == ("heron-history", 1)
    assert datetime.fromisoformat(document["exported_at"]) == from_ms(BEGIN_MS)
    return [
        (_conversation(told), [_message(each) for each in told["messages"]])
        for told in document["conversations"]
    ]


def _conversation(told: dict[str, Any]) -> ConversationRecord:
    partner = Partner(told["character_id"], told["player_id"])
    started = datetime.fromisoformat(told["started_at"])
    return ConversationRecord(int(told["id"]), partner, told["character_name"], started, told["title"])


def _message(told: dict[str, Any]) -> Message:
    return Message(
        int(told["id"]),
        0,
        Who(told["who"]),
        told["text"],
        datetime.fromisoformat(told["created_at"]),
        MessageState(told["state"]),
        told["heard_chars"],
        told["turn_id"],
        told["clip"],
    )


def written(history: list[tuple[ConversationRecord, list[Message]]]) -> str:
    style = AsJson()
    parts = [style.begin(from_ms(BEGIN_MS))]
    for conversation_, messages in history:
        parts += [style.conversation(conversation_), *(style.message(each) for each in messages)]
    return "".join([*parts, style.end()])


@given(st.lists(st.tuples(CONVERSATIONS, st.lists(MESSAGES, max_size=4)), max_size=4))
def test_what_is_read_is_what_was_written(history: list[tuple[ConversationRecord, list[Message]]]) -> None:
    assert read(written(history)) == history


def test_a_message_is_a_line_and_ids_are_text() -> None:
    content = written([(conversation(1 << 60), [])])
    assert json.loads(content)["conversations"][0]["id"] == str(1 << 60)
    assert content.isascii()
    assert written([]).count("\n") == 2
