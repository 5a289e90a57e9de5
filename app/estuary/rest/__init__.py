"""The REST interface of an Estuary server: characters, memories, players.

    rest = RestClient(config, credentials.headers)
    characters = CharactersClient(rest, config.player_id)
    page = await characters.list()
    await rest.close()

Its HTTP library is imported with the first call.
"""

from app.estuary.rest.capabilities import Capabilities, OfferedLanguage, OfferedVoice
from app.estuary.rest.character import ActionParameter, AgentAction, Character, CharacterListResponse
from app.estuary.rest.character_fields import CharacterChanges, CharacterFields
from app.estuary.rest.characters import CharactersClient
from app.estuary.rest.memories import MemoryClient
from app.estuary.rest.memory_answers import (
    CoreFact,
    CoreFactsResponse,
    MemoryDeleteResponse,
    MemoryListResponse,
    MemorySearchResponse,
    MemorySearchResult,
    MemoryStats,
    MemoryTimeline,
    TimelineEntry,
)
from app.estuary.rest.memory_graph import GraphEdge, GraphNode, GraphStats, MemoryGraph
from app.estuary.rest.player import (
    Pagination,
    PlayerConversation,
    PlayerConversationList,
    PlayerMessage,
    PlayerMessageList,
    PlayerStats,
)
from app.estuary.rest.players import PlayersClient
from app.estuary.rest.rest_client import RestClient

__all__ = [
    "ActionParameter",
    "AgentAction",
    "Capabilities",
    "Character",
    "CharacterChanges",
    "CharacterFields",
    "CharacterListResponse",
    "CharactersClient",
    "CoreFact",
    "CoreFactsResponse",
    "GraphEdge",
    "GraphNode",
    "GraphStats",
    "MemoryClient",
    "MemoryDeleteResponse",
    "MemoryGraph",
    "MemoryListResponse",
    "MemorySearchResponse",
    "MemorySearchResult",
    "MemoryStats",
    "MemoryTimeline",
    "OfferedLanguage",
    "OfferedVoice",
    "Pagination",
    "PlayerConversation",
    "PlayerConversationList",
    "PlayerMessage",
    "PlayerMessageList",
    "PlayerStats",
    "PlayersClient",
    "RestClient",
    "TimelineEntry",
]
