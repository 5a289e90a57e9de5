"""Word errors: how far recognised words are from those that were said."""

from __future__ import annotations

from collections.abc import Iterable


def word_errors(said: str, heard: str) -> int:
    """Return the fewest substitutions, insertions and deletions of words that turn ``said`` into ``heard``.

    This is the Levenshtein distance over words.
    """
    target = heard.split()
    distances = list(range(len(target) + 1))
    for row, word in enumerate(said.split(), start=1):
        previous, distances[0] = distances[:], row
        for column, other in enumerate(target, start=1):
            distances[column] = min(
                previous[column] + 1, distances[column - 1] + 1, previous[column - 1] + (word != other)
            )
    return distances[-1]


def word_error_rate(pairs: Iterable[tuple[str, str]]) -> float:
    """Return the word error rate in percent over pairs of what was said and what was heard."""
    listed = list(pairs)
    words = sum(len(said.split()) for said, _ in listed)
    return 100 * sum(word_errors(said, heard) for said, heard in listed) / words
