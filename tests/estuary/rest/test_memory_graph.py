from __future__ import annotations

import msgspec

from app.estuary.rest import GraphEdge, GraphNode, GraphStats, MemoryGraph

WIRE = {
    "nodes": [
        {"id": "u", "type": "user", "label": "Ada"},
        {
            "id": "k",
            "type": "cluster",
            "memoryCount": 2,
            "level": 0,
            "parentClusterId": None,
            "childClusterIds": ["k2"],
            "pendingLabel": True,
        },
        {
            "id": "m",
            "type": "memory",
            "content": "likes tea",
            "memoryType": "preference",
            "confidence": 1,
            "createdAt": "then",
            "topic": "drinks",
        },
        {
            "id": "e",
            "type": "entity",
            "entityType": "thing",
            "name": "tea",
            "mentionCount": 3,
            "extraData": {"colour": None, "hot": True},
        },
    ],
    "edges": [
        {
            "source": "m",
            "target": "e",
            "type": "relationship",
            "relationshipType": "about",
            "label": "is about",
            "confidence": 0.5,
        }
    ],
    "stats": {"totalMemories": 1, "totalEntities": 1, "clusterCount": 1, "clusters": {"k": 2}},
    "stale": True,
}


def test_a_graph_is_read() -> None:
    graph = msgspec.convert(WIRE, MemoryGraph)
    assert graph.nodes == (
        GraphNode(id="u", type="user", label="Ada"),
        GraphNode(
            id="k", type="cluster", memory_count=2, level=0, child_cluster_ids=("k2",), pending_label=True
        ),
        GraphNode(
            id="m",
            type="memory",
            content="likes tea",
            memory_type="preference",
            confidence=1.0,
            created_at="then",
            topic="drinks",
        ),
        GraphNode(
            id="e",
            type="entity",
            entity_type="thing",
            name="tea",
            mention_count=3,
            extra_data={"colour": None, "hot": True},
        ),
    )
    assert graph.edges == (
        GraphEdge(
            source="m",
            target="e",
            type="relationship",
            relationship_type="about",
            label="is about",
            confidence=0.5,
        ),
    )
    assert graph.stats == GraphStats(total_memories=1, total_entities=1, cluster_count=1, clusters={"k": 2})
    assert graph.stale


def test_an_empty_graph_is_a_graph() -> None:
    assert msgspec.convert({}, MemoryGraph) == MemoryGraph(
        nodes=(), edges=(), stats=GraphStats(), stale=False
    )
