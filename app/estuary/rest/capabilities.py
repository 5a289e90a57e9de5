"""What a server makes of the fields of a character. Heron's own server tells; Estuary's cloud does not."""

from __future__ import annotations

import msgspec


class OfferedVoice(msgspec.Struct, frozen=True, kw_only=True):
    """A voice that a character can have.

    Attributes:
        id: What ``tts_voice`` is then.
        name: What it is called.
        language: Whose sounds it makes, as a BCP 47 tag.
    """

    id: str = ""
    name: str = ""
    language: str = ""


class OfferedLanguage(msgspec.Struct, frozen=True, kw_only=True):
    """A language that is recognised.

    Attributes:
        id: What ``stt_language`` is then.
        name: What it is called.
    """

    id: str = ""
    name: str = ""


class Capabilities(msgspec.Struct, frozen=True, kw_only=True):
    """Which fields take effect, and what there is to choose from.

    Attributes:
        honoured: Names of the fields that take effect.
        notes: What a person should know about a field, a sentence by its name.
        voices: The voices, the most fitting first.
        languages: The languages.
        limits: The least and the most of a number by its field's name; of ``avatar``, its length.
    """

    honoured: frozenset[str] = frozenset()
    notes: dict[str, str] = {}
    voices: tuple[OfferedVoice, ...] = ()
    languages: tuple[OfferedLanguage, ...] = ()
    limits: dict[str, tuple[float, float]] = {}
