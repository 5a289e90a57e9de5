"""Names in one line of text, as a person writes them: ``USB Headset, "Left, and right"``.

A comma inside parentheses separates nothing: ALSA's devices are called ``Analog (hw:0,0)``. Any other comma
in a name needs double quotes around it; a double quote inside those is written twice.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

_QUOTED: Final = re.compile(r'\s*"((?:[^"]|"")*)"\s*')
_PART: Final = re.compile(rf"{_QUOTED.pattern}(?=,|$)|((?:\([^()]*\)|[^,])+)")
_PARENTHESES: Final = re.compile(r"\([^()]*\)")


def split_names(text: str) -> tuple[str, ...]:
    """Return the names in ``text``, none for an empty one."""
    names = (quoted.replace('""', '"') or bare.strip() for quoted, bare in _PART.findall(text))
    return tuple(filter(None, names))


def join_names(names: Iterable[str]) -> str:
    """Return ``names`` as `split_names` reads them."""
    return ", ".join(_in_quotes(name) if _needs_quotes(name) else name for name in names)


def _needs_quotes(name: str) -> bool:
    return bool(re.search(r'[,(]|^"|^\s|\s$', _PARENTHESES.sub("-", name)))


def _in_quotes(name: str) -> str:
    return '"{}"'.format(name.replace('"', '""'))
