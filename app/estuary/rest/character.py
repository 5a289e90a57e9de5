"""A character, as an Estuary server tells it."""

from __future__ import annotations

import msgspec


class ActionParameter(msgspec.Struct, frozen=True, kw_only=True):
    """What an action is told.

    Attributes:
        name: Names the parameter.
        type: What it takes, such as ``string`` or ``number``.
        required: Whether the action needs it.
        description: What it means, for the character.
    """

    name: str = ""
    type: str = "string"
    required: bool = False
    description: str | None = None


class AgentAction(msgspec.Struct, frozen=True, kw_only=True):
    """Something a character can ask a client to do; it comes as the event ``client_action``.

    Attributes:
        name: Names the action.
        description: When to use it, for the character.
        parameters: What it is told.
    """

    name: str = ""
    description: str | None = None
    parameters: tuple[ActionParameter, ...] = ()


class Character(msgspec.Struct, frozen=True, kw_only=True):
    """Someone to talk to. What the server did not tell is None.

    Attributes:
        id: Names the character.
        name: What it is called.
        tagline: One line about it.
        personality: What it is like.
        background: Where it comes from.
        avatar: Address of its picture, or the picture itself as a ``data:`` address.
        system_prompt: What the language model is told besides.
        tts_provider: Who makes its voice.
        tts_model: With which model.
        tts_voice: Which voice it is.
        tts_speed: How fast it speaks; 1 is normal.
        tts_delivery_mode: How lively it speaks, such as ``STABLE``, ``BALANCED`` or ``CREATIVE``.
        vlm_model: The model that looks at pictures.
        llm_provider: Who makes its words.
        llm_model: With which model.
        llm_temperature: How freely it picks them.
        llm_max_tokens: How long an answer may be, in tokens.
        llm_verbosity: How much it says, such as ``medium``.
        stt_provider: Who hears the person.
        stt_language: In which language.
        vad_sensitivity: How easily a sound counts as speech, in 0..1.
        vad_min_speech_duration_ms: How long it has to last for that, in milliseconds.
        text_only: Whether it has no voice.
        verbose: Whether the server tells more than is needed.
        actions: What it can ask a client to do.
        player_id: Who made it.
        is_public: Whether others may talk to it.
        is_active: Whether it can be talked to.
        launch_status: How far its start has come, such as ``stopped``.
        greeting: What it says at the first meeting; only servers of Heron's own kind have it.
        greets: Whether it does; the same.
        created_at: When it was made, ISO time.
        updated_at: When it was last changed, ISO time.
    """

    id: str = ""
    name: str = ""
    tagline: str | None = None
    personality: str | None = None
    background: str | None = None
    avatar: str | None = None
    system_prompt: str | None = None
    tts_provider: str | None = None
    tts_model: str | None = None
    tts_voice: str | None = None
    tts_speed: float | None = None
    tts_delivery_mode: str | None = None
    vlm_model: str | None = None
    llm_provider: str | None = None
    llm_model: str | None = None
    llm_temperature: float | None = None
    llm_max_tokens: int | None = None
    llm_verbosity: str | None = None
    stt_provider: str | None = None
    stt_language: str | None = None
    vad_sensitivity: float | None = None
    vad_min_speech_duration_ms: int | None = None
    text_only: bool | None = None
    verbose: bool | None = None
    actions: tuple[AgentAction, ...] = ()
    player_id: str | None = None
    is_public: bool | None = None
    is_active: bool | None = None
    launch_status: str | None = None
    greeting: str | None = None
    greets: bool | None = None
    created_at: str | None = None
    updated_at: str | None = None


class CharacterListResponse(msgspec.Struct, frozen=True, kw_only=True):
    """A page of characters.

    Attributes:
        characters: Those of this page.
        total: How many there are on all pages.
        limit: How many a page has at most.
        offset: How many come before this page.
    """

    characters: tuple[Character, ...] = ()
    total: int = 0
    limit: int = 0
    offset: int = 0
