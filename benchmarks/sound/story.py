"""What the character tells: plain sentences without end, never the same twice in a row."""

from __future__ import annotations

import random
from typing import Final

LONGEST: Final = 5_000
"""Characters that the server takes of one line."""

_PER_SECOND: Final = 14.0
"""Characters that the voice says in a second, about."""

_WHO: Final = (
    "The old lighthouse keeper", "My neighbour's daughter", "A travelling clockmaker", "The young librarian",
    "Nobody in the village", "An engineer from the north", "The captain of the ferry", "Our music teacher",
)  # fmt: skip
_DID: Final = (
    "walked along the river", "counted the boats in the harbour", "painted every window of the house",
    "read about the history of bridges", "waited for the morning train", "carried a basket of green apples",
    "repaired the broken garden gate", "wrote a long letter to the mayor",
)  # fmt: skip
_WHEN: Final = (
    "before the sun came up", "while the bells were ringing", "on a cold evening in March",
    "although it had been raining since noon", "because the road was closed", "as if nothing had happened",
    "in the middle of the harvest", "after the market had ended",
)  # fmt: skip
_THEN: Final = (
    "and then everybody went home", "and the dog slept under the table", "but the door was never locked",
    "so they lit a fire and made some tea", "and that was the end of it", "which surprised even the baker",
)  # fmt: skip


def story(dice: random.Random, seconds: float) -> str:
    """Return a story that takes about ``seconds`` to tell, or as much of it as fits into a line."""
    told = ""
    while len(told) < min(seconds * _PER_SECOND, LONGEST - 200):
        told += f"{dice.choice(_WHO)} {dice.choice(_DID)} {dice.choice(_WHEN)}, {dice.choice(_THEN)}. "
    return told.strip()
