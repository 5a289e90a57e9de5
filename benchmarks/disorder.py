"""Disorder: how far what was received is from what was sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def disorder(sent: Iterable[int], received: Sequence[int]) -> int:
    """Return how many numbers were lost, came twice or from nowhere, or came after a later one.

    Args:
        sent: The numbers that were sent, rising.
        received: The numbers as they came.
    """
    expected = set(sent)
    came = set(received)
    late = 0
    latest = -1
    for number in received:
        late += number < latest
        latest = max(latest, number)
    return len(expected - came) + len(came - expected) + (len(received) - len(came)) + late
