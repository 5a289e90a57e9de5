"""What a character remembers of a person, as an Estuary server tells it."""

from __future__ import annotations

import msgspec


class Memory(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One thing that a character remembers.

    Attributes:
        id: Names the memory.
        user_id: Whose account it belongs to.
        agent_id: Which character remembers.
        player_id: Whom it is about.
        content: The memory in words.
        memory_type: What kind of memory it is, in the server's words.
        confidence: How sure the server is, in 0..1.
        status: Whether it still holds, such as ``active``.
        source_conversation_id: Where it comes from.
        source_quote: The words it comes from.
        source: The kind of conversation it comes from.
        topic: What it is about.
        secondary_topics: What else it is about.
        last_accessed_at: When it was last used, ISO time.
        access_count: How often it was used.
        extracted_at: When it was understood, ISO time.
        created_at: When it was stored, ISO time.
        updated_at: When it was last changed, ISO time.
    """

    id: str = ""
    user_id: str | None = None
    agent_id: str | None = None
    player_id: str | None = None
    content: str = ""
    memory_type: str | None = None
    confidence: float | None = None
    status: str | None = None
    source_conversation_id: str | None = None
    source_quote: str | None = None
    source: str | None = None
    topic: str | None = None
    secondary_topics: tuple[str, ...] | None = None
    last_accessed_at: str | None = None
    access_count: int = 0
    extracted_at: str | None = None
    created_at: str | None = None
    updated_at: str | None = None
