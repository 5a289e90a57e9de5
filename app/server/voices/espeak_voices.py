"""The voices of espeak-ng: which there are, what they are called, and which file each is."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from app.server.voices.voice import VoiceChoice

DEFAULT: Final = "en-us+f3"
"""The voice of a character that has no other."""

_TIMBRES: Final = {
    **{f"f{number}": f"female {number}" for number in range(1, 6)},
    **{f"m{number}": f"male {number}" for number in range(1, 9)},
}
"""Variants that sound like persons; espeak-ng has about ninety others, robots and whispers among them."""

_CONSTRUCTED: Final = "art/"
"""Folder of the languages that somebody made up."""

_ALPHABETS: Final = frozenset({"en-shaw"})
"""Voices that read another alphabet than the one the character writes."""

_DICTIONARIES: Final = {"hyw": "hy", "ltg": "lv", "nb": "no"}
"""Languages that are read with the dictionary of another; some have none at all, and would be silent."""


class _Voice(ctypes.Structure):
    """``espeak_VOICE`` of ``speak_lib.h`` (1.52)."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("languages", ctypes.c_void_p),
        ("identifier", ctypes.c_char_p),
        ("gender", ctypes.c_ubyte),
        ("age", ctypes.c_ubyte),
        ("variant", ctypes.c_ubyte),
        ("xx1", ctypes.c_ubyte),
        ("score", ctypes.c_int),
        ("spare", ctypes.c_void_p),
    )


@dataclass(frozen=True, slots=True)
class EspeakVoices:
    """What an engine has.

    Attributes:
        choices: Everything to choose from, English first.
        files: What the engine calls each choice.
    """

    choices: tuple[VoiceChoice, ...]
    files: dict[str, str]

    @classmethod
    def of(cls, library: Any, data: Path) -> EspeakVoices:
        """Return the voices of an engine that has been initialized with a data folder; takes about 20 ms."""
        found = sorted(_listed(library, data), key=lambda each: (_rank(each[0].language), each[0].name))
        files: dict[str, str] = {}
        choices = []
        for choice, file in found:
            if choice.id not in files:  # Cantonese comes twice
                files[choice.id] = file
                choices.append(choice)
        return cls(tuple(choices), files)


def _listed(library: Any, data: Path) -> Iterator[tuple[VoiceChoice, str]]:
    for name, language, file in _voices(library):
        spoken = language.split("-")[0]
        has_words = (data / f"{_DICTIONARIES.get(spoken, spoken)}_dict").exists()
        if file.startswith(_CONSTRUCTED) or language in _ALPHABETS or not has_words:
            continue
        if spoken == "en":
            for timbre, title in _TIMBRES.items():
                yield VoiceChoice(f"{language}+{timbre}", f"{name}, {title}", language), f"{file}+{timbre}"
        else:
            yield VoiceChoice(language, name, language), file


def _voices(library: Any) -> Iterable[tuple[str, str, str]]:
    """Return name, language and file of every voice, without the variants."""
    library.espeak_ListVoices.restype = ctypes.POINTER(ctypes.POINTER(_Voice))
    found = library.espeak_ListVoices(None)
    at = 0
    while found[at]:
        voice = found[at].contents
        language = ctypes.string_at(voice.languages + 1)  # behind its priority, one byte
        yield voice.name.decode().strip(), language.decode().lower(), voice.identifier.decode()
        at += 1


def _rank(language: str) -> int:
    """Return where a language comes: first the one that the character writes."""
    return {"en-us": 0, "en-gb": 1}.get(language, 2 if language.startswith("en-") else 3)
