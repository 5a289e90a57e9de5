from __future__ import annotations

from app.estuary.tombstones import MEMORY, Tombstones


def test_the_latest_messages_are_remembered() -> None:
    tombstones = Tombstones()
    assert "m0" not in tombstones
    for number in range(MEMORY + 1):
        tombstones.add(f"m{number}")
    assert "m0" not in tombstones
    assert "m1" in tombstones
    assert f"m{MEMORY}" in tombstones
