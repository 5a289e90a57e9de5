"""Takes out of a text what nobody else may read: keys, passwords, tokens, and where a person's files are."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

HIDDEN: Final = "…"
"""What stands in the place of a secret."""

_LONGEST_TELLING: Final = 20
"""Letters and digits in one piece from which a word with both in it is taken for a token."""

_USER_INFO: Final = re.compile(r"(?<=://)[^/\s@]+@")
_NAMED: Final = re.compile(
    r"(?i)((?:api[-_ ]?key|token|secret|password|passwd|authorization|credential|key)"
    r"[\"']?\s*[=:]\s*[\"']?(?:bearer\s+|basic\s+)?)([^\s\"'&,;)}\]]+)"
)
_PREFIXED: Final = re.compile(r"\b(?:est|sk|pk|ghp|xox[a-z])[-_][A-Za-z0-9_\-]{4,}")
_TOKEN: Final = re.compile(rf"[A-Za-z0-9_\-+/=.]{{{_LONGEST_TELLING},}}")


def redacted(text: str) -> str:
    """Return the text without what looks like a secret, and with the home folder as ``~``.

    A key is known by its name (``api_key=...``), by its prefix (``est_...``), by its place in an address, or
    by being a long piece of letters and digits mixed; paths and names of several words stay as they are.
    """
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")
    text = _USER_INFO.sub("", text)
    text = _NAMED.sub(lambda found: found[1] + HIDDEN, text)
    text = _PREFIXED.sub(HIDDEN, text)
    return _TOKEN.sub(_hidden_token, text)


def _hidden_token(found: re.Match[str]) -> str:
    word = found[0]
    parts = re.split(r"[/._-]", word)
    longest = max(parts, key=len)
    is_mixed = any(c.isdigit() for c in longest) and any(c.isalpha() for c in longest)
    return HIDDEN if len(longest) >= _LONGEST_TELLING and is_mixed else word
