"""Memories and what they are about, as a graph."""

from __future__ import annotations

from typing import Any

import msgspec


class GraphNode(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """A person, a group of memories, a memory, or something that memories are about; ``type`` says which.

    Attributes:
        id: Names the node.
        type: ``user``, ``cluster``, ``memory``, ``entity``, or what else the server knows.
        label: What to show for it.
        memory_count: Of a group: how many memories it has.
        level: Of a group: how many groups it lies in.
        parent_cluster_id: Of a group: the one it lies in.
        child_cluster_ids: Of a group: those that lie in it.
        pending_label: Of a group: whether its label is still to come.
        content: Of a memory: what it is, in words.
        memory_type: Of a memory: what kind it is.
        confidence: Of a memory: how sure the server is, in 0..1.
        created_at: Of a memory: when it was stored, ISO time.
        topic: Of a memory: what it is about.
        entity_type: Of a thing: what kind it is.
        name: Of a thing: what it is called.
        mention_count: Of a thing: how often it was spoken of.
        extra_data: What else the server tells.
    """

    id: str = ""
    type: str = ""
    label: str | None = None
    memory_count: int | None = None
    level: int | None = None
    parent_cluster_id: str | None = None
    child_cluster_ids: tuple[str, ...] = ()
    pending_label: bool = False
    content: str | None = None
    memory_type: str | None = None
    confidence: float | None = None
    created_at: str | None = None
    topic: str | None = None
    entity_type: str | None = None
    name: str | None = None
    mention_count: int | None = None
    extra_data: dict[str, Any] = msgspec.field(default_factory=dict)


class GraphEdge(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How two nodes belong together.

    Attributes:
        source: The node it leads from.
        target: The node it leads to.
        type: What kind of edge it is.
        relationship_type: Of two things: how they are related.
        label: What to show for it.
        confidence: How sure the server is, in 0..1.
    """

    source: str = ""
    target: str = ""
    type: str = ""
    relationship_type: str | None = None
    label: str | None = None
    confidence: float | None = None


class GraphStats(msgspec.Struct, frozen=True, kw_only=True, rename="camel"):
    """How much there is in a graph.

    Attributes:
        total_memories: Number of memories.
        total_entities: Number of things they are about.
        cluster_count: Number of groups.
        clusters: How many memories each group has.
    """

    total_memories: int = 0
    total_entities: int = 0
    cluster_count: int = 0
    clusters: dict[str, int] = msgspec.field(default_factory=dict)


class MemoryGraph(msgspec.Struct, frozen=True, kw_only=True):
    """Everything a character remembers of a player.

    Attributes:
        nodes: The people, groups, memories and things.
        edges: How they belong together.
        stats: How much there is.
        stale: Whether a newer one is being made.
    """

    nodes: tuple[GraphNode, ...] = ()
    edges: tuple[GraphEdge, ...] = ()
    stats: GraphStats = GraphStats()
    stale: bool = False
