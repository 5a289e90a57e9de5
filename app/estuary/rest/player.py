"""Who talks to a character, and what was said, as an Estuary server tells it."""

from __future__ import annotations

import msgspec


class Pagination(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """Where a page lies among the others.

    Attributes:
        page: Its number, from 1.
        limit: How many a page has at most.
        total: How many there are on all pages.
        has_more: Whether another page follows.
    """

    page: int = 1
    limit: int = 0
    total: int = 0
    has_more: bool = False


class PlayerConversation(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """The conversation of one player with one character.

    Attributes:
        id: Names the conversation.
        character_id: The character.
        player_id: The player.
        api_key_id: The key it was held with.
        created_at: When it began, ISO time.
        last_activity: When something was last said, ISO time.
        message_count: How much was said.
        last_memory_extraction_at: When it was last looked through for memories, ISO time.
    """

    id: str = ""
    character_id: str = ""
    player_id: str = ""
    api_key_id: str | None = None
    created_at: str | None = None
    last_activity: str | None = None
    message_count: int = 0
    last_memory_extraction_at: str | None = None


class PlayerConversationList(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A page of conversations.

    Attributes:
        conversations: Those of this page.
        total: How many there are on all pages.
        limit: How many a page has at most.
        offset: How many come before this page.
        sort_by: What they are sorted by.
        sort_order: ``asc`` or ``desc``.
    """

    conversations: tuple[PlayerConversation, ...] = ()
    total: int = 0
    limit: int = 0
    offset: int = 0
    sort_by: str | None = None
    sort_order: str | None = None


class PlayerStats(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How much players talk to a character.

    Attributes:
        total_conversations: How many conversations there are.
        total_messages: How much was said in them.
        first_activity: When something was first said, ISO time.
        last_activity: When something was last said, ISO time.
    """

    total_conversations: int = 0
    total_messages: int = 0
    first_activity: str | None = None
    last_activity: str | None = None


class PlayerMessage(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """One thing that was said.

    Attributes:
        id: Names the message.
        conversation_id: The conversation it belongs to.
        role: Who said it, such as ``user`` or ``assistant``.
        content: The words.
        timestamp: When, ISO time.
        image_url: Address of the picture that went with it.
    """

    id: int | str = 0
    conversation_id: str = ""
    role: str = ""
    content: str = ""
    timestamp: str | None = None
    image_url: str | None = None


class PlayerMessageList(msgspec.Struct, frozen=True, kw_only=True):
    """A page of what was said.

    Attributes:
        messages: Those of this page.
        pagination: Where the page lies.
    """

    messages: tuple[PlayerMessage, ...] = ()
    pagination: Pagination = Pagination()
